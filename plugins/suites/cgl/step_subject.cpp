#include "step_subject.hpp"

#include "euler_splitting.hpp"
#include "field_values.hpp"
#include "observables.hpp"
#include "solver.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <type_traits>

namespace assay::cgl {
namespace {

constexpr std::array<std::string_view, 3> kImplementations{"assay", "fft_only", "euler_ref"};
constexpr std::size_t kWaveSteps = 20;

std::string short_number(double value) {
    std::array<char, 32> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 3);
    return {text.data(), error == std::errc() ? end : text.data()};
}

// What a plane wave may be off after 20 steps: the order in dt, and the digits.
template <class Real>
double wave_tolerance(const SubjectOptions& options) {
    const double dt = std::abs(options.stepping.dt);
    const Method method = options.stepping.method;
    const bool second = method == Method::strang || method == Method::etd2rk;
    double of_step = second ? 5 * dt * dt * dt : 5 * dt * dt * dt * dt * dt;
    if (options.impl == Implementation::euler_ref) {
        of_step = 2 * dt * dt;
    }
    const double of_digits = std::is_same_v<Real, float> ? 2e-5 : 1e-12;
    return kWaveSteps * of_step + of_digits;
}

// Mode 2, or 1 of a box that is too small for it.
double wave_mode(const Grid& grid) {
    return grid.length > 4 * std::numbers::pi ? 2 : 1;
}

template <class Real>
Solver<Real> solver_of(const SubjectOptions& options) {
    if (options.impl == Implementation::euler_ref) {
        return Solver<Real>(options.grid,
                            std::make_unique<EulerSplitting<Real>>(
                                options.grid, options.equation, options.stepping, options.plans));
    }
    return Solver<Real>(options.grid, options.equation, options.stepping, options.plans);
}

// The exponential integrators keep modes: a transform each as they start and are read.
std::size_t pairs_around(const SubjectOptions& options) {
    return options.stepping.method == Method::strang ? 0 : 1;
}

template <class Real>
class Transforms {
public:
    explicit Transforms(const SubjectOptions& options)
        : fft_(options.grid.n, options.plans)
        , field_(options.grid.points())
        , modes_(options.grid.points()) {}

    void begin(const ComplexField& field) { copy_values(std::span(field), field_.values()); }

    // Not normalised: a field that is not zero grows by n^2 each.
    void pairs(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            fft_.forward(field_.data(), modes_.data());
            fft_.backward(modes_.data(), field_.data());
        }
    }

    [[nodiscard]] std::span<std::complex<Real>> field() const { return field_.values(); }

private:
    FourierPair<Real> fft_;
    FieldBuffer<Real> field_, modes_;
};

template <class Real>
class SolverSubject final : public StepSubject {
public:
    explicit SolverSubject(const SubjectOptions& options)
        : options_(options)
        , solver_(solver_of<Real>(options))
        , transforms_(options)
        , warm_(initial_field(options.begin, options.grid, options.seed)) {
        solver_.set_field(warm_);
        solver_.advance(options.warm_steps);
        solver_.read_field(warm_);
    }

    void restart() override { solver_.set_field(warm_); }

    void steps(std::size_t count) override { solver_.advance_unchecked(count); }

    void evolve(std::size_t count, ComplexField& end) override {
        solver_.set_field(warm_);
        solver_.advance_unchecked(count);
        read(end);
    }

    void read(ComplexField& field) override {
        field.resize(warm_.size());
        solver_.read_field(field);
    }

    void pairs(std::size_t count) override { transforms_.pairs(count); }

    [[nodiscard]] std::size_t pairs_of_step() const override {
        return options_.impl == Implementation::euler_ref ? EulerSplitting<Real>::kPairs
                                                          : fft_pairs(options_.stepping.method);
    }

    [[nodiscard]] std::size_t pairs_at_ends() const override { return pairs_around(options_); }

    void check_finite() const override { solver_.check_finite(); }

    double mean_norm() override {
        ComplexField now(warm_.size());
        solver_.read_field(now);
        return field_means(now).norm;
    }

    void verify() override {
        const Grid& grid = options_.grid;
        solver_.set_field(plane_wave(grid, options_.equation, wave_mode(grid), 0));
        solver_.advance(kWaveSteps);
        ComplexField now(warm_.size());
        solver_.read_field(now);
        const double until = options_.stepping.dt * static_cast<double>(kWaveSteps);
        const double error =
            largest_difference(now, plane_wave(grid, options_.equation, wave_mode(grid), until));
        const double allowed = wave_tolerance<Real>(options_);
        if (!(error <= allowed)) {
            throw assay::wrong_result("a plane wave is off by " + short_number(error) + " after " +
                                      std::to_string(kWaveSteps) + " steps, expected at most " +
                                      short_number(allowed));
        }
    }

private:
    SubjectOptions options_;
    Solver<Real> solver_;
    Transforms<Real> transforms_;
    ComplexField warm_;
};

// The transforms of so many steps and nothing else.
template <class Real>
class TransformSubject final : public StepSubject {
public:
    explicit TransformSubject(const SubjectOptions& options)
        : options_(options)
        , transforms_(options) {
        check(options.grid);
    }

    // Of a field of zeros: any other grows by n^2 a pair, and denormals or infinities cost more.
    void restart() override { transforms_.begin(ComplexField(options_.grid.points())); }

    void steps(std::size_t count) override { transforms_.pairs(count * pairs_of_step()); }

    void evolve(std::size_t count, ComplexField&) override {
        transforms_.pairs(count * pairs_of_step() + pairs_at_ends());
    }

    void read(ComplexField& field) override { field.assign(options_.grid.points(), 0); }

    void pairs(std::size_t count) override { transforms_.pairs(count); }

    [[nodiscard]] std::size_t pairs_of_step() const override {
        return fft_pairs(options_.stepping.method);
    }

    [[nodiscard]] std::size_t pairs_at_ends() const override { return pairs_around(options_); }

    void check_finite() const override {
        if (!all_finite(std::span<const std::complex<Real>>(transforms_.field()))) {
            throw assay::failure(ASSAY_E_FAIL, "a transform of zeros is not finite");
        }
    }

    double mean_norm() override { return 0; }

    void verify() override {
        const ComplexField begin = initial_field(InitialField::smooth, options_.grid, 0);
        transforms_.begin(begin);
        transforms_.pairs(1);
        double error = 0;
        for (std::size_t i = 0; i < begin.size(); ++i) {
            const std::complex<double> back(transforms_.field()[i]);
            error = std::max(
                error, std::abs(back / static_cast<double>(options_.grid.points()) - begin[i]));
        }
        if (!(error <= (std::is_same_v<Real, float> ? 1e-5 : 1e-13))) {
            throw assay::wrong_result("forward and backward are off by " + short_number(error) +
                                      ", expected the field times n^2");
        }
    }

private:
    SubjectOptions options_;
    Transforms<Real> transforms_;
};

template <class Real>
std::unique_ptr<StepSubject> subject_in(const SubjectOptions& options) {
    if (options.impl == Implementation::fft_only) {
        return std::make_unique<TransformSubject<Real>>(options);
    }
    return std::make_unique<SolverSubject<Real>>(options);
}

} // namespace

std::string_view name_of(Implementation impl) noexcept {
    return kImplementations.at(static_cast<std::size_t>(impl));
}

Implementation implementation_from(std::string_view name) {
    const auto found = std::ranges::find(kImplementations, name);
    if (found == kImplementations.end()) {
        throw assay::config_error("impl is '" + std::string(name) +
                                  "', expected assay, fft_only or euler_ref");
    }
    return static_cast<Implementation>(found - kImplementations.begin());
}

std::unique_ptr<StepSubject> make_subject(const SubjectOptions& options) {
    check(options.grid);
    check(options.equation, options.grid);
    check(options.stepping);
    if (options.impl == Implementation::euler_ref && options.stepping.method != Method::strang) {
        throw assay::skip("euler_ref is one solver whatever the method: it stands beside strang");
    }
    return options.single_precision ? subject_in<float>(options) : subject_in<double>(options);
}

} // namespace assay::cgl
