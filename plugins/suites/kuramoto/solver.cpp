#include "solver.hpp"

#include "kuramoto/dopri5.hpp"
#include "kuramoto/rk4.hpp"

namespace assay::kuramoto_suite {
namespace {

using kuramoto::Way;

class FixedStep final : public Solver {
public:
    FixedStep(const kuramoto::Problem& problem,
              const std::vector<double>& start,
              double dt,
              Way way)
        : solver_(problem, start, dt, way) {}

    void step() override {
        solver_.step();
        stages_ += kuramoto::Rk4::kStages;
    }

    void restart(std::span<const double> phases) override { solver_.restart(phases); }

    [[nodiscard]] std::span<const double> phases() const override { return solver_.phases(); }

    [[nodiscard]] double time() const override { return solver_.time(); }

    [[nodiscard]] std::uint64_t stages() const override { return stages_; }

private:
    kuramoto::Rk4 solver_;
    std::uint64_t stages_ = 0;
};

class AdaptiveStep final : public Solver {
public:
    AdaptiveStep(const kuramoto::Problem& problem,
                 const std::vector<double>& start,
                 const SolverChoice& choice,
                 Way way)
        : solver_(problem, start, {.tolerance = choice.tolerance, .first_step = choice.dt}, way) {}

    void step() override { solver_.step(); }

    void restart(std::span<const double> phases) override { solver_.restart(phases); }

    [[nodiscard]] std::span<const double> phases() const override { return solver_.phases(); }

    [[nodiscard]] double time() const override { return solver_.time(); }

    [[nodiscard]] std::uint64_t stages() const override { return solver_.stages(); }

private:
    kuramoto::Dopri5 solver_;
};

} // namespace

std::unique_ptr<Solver> make_solver(const kuramoto::Problem& problem,
                                    const std::vector<double>& start,
                                    const SolverChoice& choice) {
    if (choice.impl == Implementation::odeint) {
        return make_odeint_solver(problem, start, choice);
    }
    const Way way = choice.impl == Implementation::naive_n2 ? Way::naive_n2 : Way::fast;
    if (choice.method == Method::rk4) {
        return std::make_unique<FixedStep>(problem, start, choice.dt, way);
    }
    return std::make_unique<AdaptiveStep>(problem, start, choice, way);
}

} // namespace assay::kuramoto_suite
