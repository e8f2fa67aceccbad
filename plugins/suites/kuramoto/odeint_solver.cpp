// The peer: steps of Boost.Odeint over this library's right-hand sides. The only file with its
// headers.
#include "kuramoto/right_hand_side.hpp"
#include "solver.hpp"

#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation/generation_controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation/generation_runge_kutta_dopri5.hpp>
#include <boost/numeric/odeint/stepper/generation/make_controlled.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta4.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <boost/version.hpp>

#include <algorithm>
#include <limits>

namespace assay::kuramoto_suite {
namespace {

namespace odeint = boost::numeric::odeint;
using kuramoto::RightHandSide;
// As long as the right-hand side writes: padded to whole vectors.
using State = std::vector<double, kuramoto::VectorAllocator<double>>;

// What odeint calls; it copies such objects, so that this one only refers.
struct Rates {
    RightHandSide* right;
    std::uint64_t* stages;

    void operator()(const State& theta, State& rate, double) const {
        (*right)(theta.data(), rate.data());
        ++*stages;
    }
};

class OdeintSolver : public Solver {
public:
    OdeintSolver(const kuramoto::Problem& problem, const std::vector<double>& start)
        : right_(problem)
        , theta_(kuramoto::padded(start.size()), 0.0) {
        kuramoto::require_sound(kuramoto::first_fault(right_.size(), start));
        std::copy(start.begin(), start.end(), theta_.begin());
    }

    void restart(std::span<const double> phases) override {
        std::fill(theta_.begin(), theta_.end(), 0.0);
        std::copy(phases.begin(), phases.end(), theta_.begin());
        time_ = 0;
    }

    [[nodiscard]] std::span<const double> phases() const override {
        return {theta_.data(), right_.size()};
    }

    [[nodiscard]] double time() const override { return time_; }

    [[nodiscard]] std::uint64_t stages() const override { return stages_; }

protected:
    Rates rates() { return {&right_, &stages_}; }

    RightHandSide right_;
    State theta_;
    double time_ = 0;
    std::uint64_t stages_ = 0;
};

class OdeintRk4 final : public OdeintSolver {
public:
    OdeintRk4(const kuramoto::Problem& problem, const std::vector<double>& start, double dt)
        : OdeintSolver(problem, start)
        , dt_(dt) {
        kuramoto::require_sound(kuramoto::first_step_fault(dt));
    }

    void step() override {
        stepper_.do_step(rates(), theta_, time_, dt_);
        time_ += dt_;
    }

private:
    odeint::runge_kutta4<State> stepper_;
    double dt_;
};

class OdeintDopri5 final : public OdeintSolver {
public:
    OdeintDopri5(const kuramoto::Problem& problem,
                 const std::vector<double>& start,
                 const SolverChoice& choice)
        : OdeintSolver(problem, start)
        , first_step_(choice.dt)
        , dt_(choice.dt)
        , stepper_(
              odeint::make_controlled(choice.tolerance, 0.0, odeint::runge_kutta_dopri5<State>())) {
        kuramoto::require_sound(kuramoto::first_step_fault(choice.dt));
    }

    void step() override {
        while (stepper_.try_step(rates(), theta_, time_, dt_) == odeint::fail) {
            if (!(dt_ > 16 * std::numeric_limits<double>::epsilon())) {
                throw std::runtime_error(
                    "Boost.Odeint: the step fell to 0 at t = " + std::to_string(time_) + " s");
            }
        }
    }

    void restart(std::span<const double> phases) override {
        OdeintSolver::restart(phases);
        dt_ = first_step_;
        stepper_.reset();
    }

private:
    double first_step_, dt_;
    odeint::controlled_runge_kutta<odeint::runge_kutta_dopri5<State>> stepper_;
};

} // namespace

std::unique_ptr<Solver> make_odeint_solver(const kuramoto::Problem& problem,
                                           const std::vector<double>& start,
                                           const SolverChoice& choice) {
    if (choice.method == Method::rk4) {
        return std::make_unique<OdeintRk4>(problem, start, choice.dt);
    }
    return std::make_unique<OdeintDopri5>(problem, start, choice);
}

const char* odeint_version() noexcept {
    return BOOST_LIB_VERSION;
}

} // namespace assay::kuramoto_suite
