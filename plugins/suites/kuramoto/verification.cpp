#include "verification.hpp"

#include "kuramoto/known_solutions.hpp"
#include "kuramoto/number_text.hpp"
#include "kuramoto/rk4.hpp"

#include <algorithm>
#include <cmath>

namespace assay::kuramoto_suite {
namespace {

using kuramoto::number_text;

constexpr std::size_t kRatesSampled = 16;
constexpr std::size_t kPairedMost = 200; // oscillators whose path is computed by sines of pairs
constexpr int kPathSteps = 10;
// Sums over a million sines in another order.
constexpr double kRateBound = 1e-11, kPathBound = 1e-11, kMeanBound = 1e-11;
constexpr double kFineStep = 1e-3; // s: far finer than an adaptive step

double rate_by_pairs(const Inputs& inputs, std::size_t i) {
    const auto& theta = inputs.start;
    const std::size_t n = theta.size();
    double sum = 0;
    if (const auto* field = std::get_if<kuramoto::MeanField>(&inputs.problem.coupling)) {
        for (std::size_t j = 0; j < n; ++j) {
            sum += std::sin(theta[j] - theta[i] - field->lag);
        }
        sum *= field->strength / static_cast<double>(n);
    } else if (const auto* dense = std::get_if<kuramoto::DenseCoupling>(&inputs.problem.coupling)) {
        for (std::size_t j = 0; j < n; ++j) {
            sum += dense->strengths[i * n + j] * std::sin(theta[j] - theta[i]);
        }
    } else if (const auto* lagged =
                   std::get_if<kuramoto::LaggedCoupling>(&inputs.problem.coupling)) {
        for (std::size_t j = 0; j < n; ++j) {
            sum += lagged->strengths[i * n + j] *
                   std::sin(theta[j] - theta[i] - lagged->lags[i * n + j]);
        }
    } else {
        const auto& sparse = std::get<kuramoto::SparseCoupling>(inputs.problem.coupling);
        for (auto e = sparse.row_begin[i]; e < sparse.row_begin[i + 1]; ++e) {
            sum += sparse.weights[e] * std::sin(theta[sparse.columns[e]] - theta[i]);
        }
    }
    return inputs.problem.omega[i] + sum;
}

void verify_rates(Verified& found, const Inputs& inputs) {
    kuramoto::Rk4 solver(inputs.problem, inputs.start, kStep);
    const auto rates = solver.rates();
    const std::size_t stride = std::max<std::size_t>(1, rates.size() / kRatesSampled);
    for (std::size_t i = 0; i < rates.size(); i += stride) {
        hold(found,
             "rate of oscillator " + std::to_string(i),
             rates[i],
             rate_by_pairs(inputs, i),
             kRateBound);
    }
}

void verify_path(Verified& found, const Inputs& inputs, const SolverChoice& choice) {
    const auto solver = make_solver(inputs.problem, inputs.start, choice);
    for (int step = 0; step < kPathSteps; ++step) {
        solver->step();
    }
    const bool adaptive = choice.method == Method::dopri5;
    const double dt = adaptive ? std::min(kFineStep, choice.dt) : choice.dt;
    const auto steps = static_cast<std::uint64_t>(std::ceil(solver->time() / dt - 1e-6));
    const auto way =
        inputs.start.size() <= kPairedMost ? kuramoto::Way::naive_n2 : kuramoto::Way::fast;
    kuramoto::Rk4 textbook(
        inputs.problem, inputs.start, solver->time() / static_cast<double>(steps), way);
    textbook.steps(steps);
    // Errors of ten steps add up, each within the tolerance of the mean square.
    const double bound =
        adaptive ? 10 * choice.tolerance * std::sqrt(static_cast<double>(inputs.start.size()))
                 : kPathBound;
    for (std::size_t i = 0; i < inputs.start.size(); ++i) {
        hold(found,
             "phase of oscillator " + std::to_string(i),
             solver->phases()[i],
             textbook.phases()[i],
             bound);
    }
}

bool is_symmetric(const kuramoto::Coupling& coupling) {
    const auto* field = std::get_if<kuramoto::MeanField>(&coupling);
    return (field != nullptr && field->lag == 0) ||
           std::holds_alternative<kuramoto::SparseCoupling>(coupling);
}

double mean_of(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

void verify_mean(Verified& found, const Inputs& inputs, const SolverChoice& choice) {
    if (!is_symmetric(inputs.problem.coupling)) {
        return;
    }
    const auto solver = make_solver(inputs.problem, inputs.start, choice);
    for (int step = 0; step < kPathSteps; ++step) {
        solver->step();
    }
    hold(found,
         "mean phase",
         mean_of(solver->phases()),
         mean_of(inputs.start) + solver->time() * mean_of(inputs.problem.omega),
         kMeanBound);
}

void verify_pair(Verified& found, const SolverChoice& choice) {
    constexpr double difference = 0.8, strength = 1, settled = 60;
    const auto solver = make_solver(
        {{-difference / 2, difference / 2}, kuramoto::MeanField{strength}}, {0.1, 0.3}, choice);
    while (solver->time() < settled) {
        solver->step();
    }
    hold(found,
         "angle between two locked oscillators",
         solver->phases()[1] - solver->phases()[0],
         kuramoto::locking_angle(difference, strength),
         choice.method == Method::rk4 ? 1e-9 : 100 * choice.tolerance);
}

} // namespace

void hold(Verified& found, const std::string& what, double actual, double expected, double bound) {
    const double off = std::abs(actual - expected);
    if (!(off <= bound)) {
        throw assay::wrong_result(what + " is " + number_text(actual) + ", expected " +
                                  number_text(expected) + ", off by " + number_text(off) +
                                  ", at most " + number_text(bound));
    }
    found.largest = std::max(found.largest, off);
    ++found.values;
}

Verified verify_solver(const Inputs& inputs, const SolverChoice& choice) {
    Verified found;
    verify_rates(found, inputs);
    verify_path(found, inputs, choice);
    verify_mean(found, inputs, choice);
    verify_pair(found, choice);
    return found;
}

void add_verified_metrics(assay::family_builder family) {
    family.metric("max_abs_error", "1", assay::lower, assay::max)
        .help("largest difference that verification found, rad or rad/s");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("numbers that verification compared");
}

void report_verified(assay::context& host, const Verified& found) {
    host.metric("max_abs_error", found.largest);
    host.metric("values_verified", static_cast<double>(found.values));
}

} // namespace assay::kuramoto_suite
