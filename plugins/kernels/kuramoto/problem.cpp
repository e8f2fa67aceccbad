#include "kuramoto/problem.hpp"

#include "kuramoto/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::kuramoto {
namespace {

std::string place(const std::string& name, std::size_t at) {
    return name + "[" + std::to_string(at) + "]";
}

std::optional<std::string> not_finite(const std::string& name, const std::vector<double>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            return place(name, i) + " is " + number_text(values[i]) + ": expected a finite number";
        }
    }
    return std::nullopt;
}

std::optional<std::string>
matrix_fault(const std::string& name, const std::vector<double>& values, std::size_t n) {
    if (values.size() != n * n) {
        return name + " has " + std::to_string(values.size()) + " entries: expected " +
               std::to_string(n) + " x " + std::to_string(n) +
               ", a row and a column for each of the " + std::to_string(n) + " oscillators";
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            return name + "[" + std::to_string(i / n) + "][" + std::to_string(i % n) + "] is " +
                   number_text(values[i]) + ": expected a finite number";
        }
    }
    return std::nullopt;
}

std::optional<std::string> fault_of(const MeanField& field, std::size_t) {
    if (!std::isfinite(field.strength)) {
        return "K is " + number_text(field.strength) + ": expected a finite number";
    }
    if (!std::isfinite(field.lag)) {
        return "alpha is " + number_text(field.lag) + ": expected a finite number";
    }
    return std::nullopt;
}

std::optional<std::string> fault_of(const DenseCoupling& dense, std::size_t n) {
    return matrix_fault("K", dense.strengths, n);
}

std::optional<std::string> fault_of(const LaggedCoupling& lagged, std::size_t n) {
    auto fault = matrix_fault("K", lagged.strengths, n);
    return fault ? fault : matrix_fault("alpha", lagged.lags, n);
}

std::optional<std::string> fault_of(const SparseCoupling& sparse, std::size_t n) {
    if (sparse.rows() != n) {
        return "K has " + std::to_string(sparse.rows()) + " rows: expected one for each of the " +
               std::to_string(n) + " oscillators";
    }
    if (sparse.row_begin.front() != 0 || sparse.row_begin.back() != sparse.columns.size() ||
        !std::is_sorted(sparse.row_begin.begin(), sparse.row_begin.end()) ||
        sparse.weights.size() != sparse.columns.size()) {
        return "the rows of K do not add up to its " + std::to_string(sparse.columns.size()) +
               " columns and " + std::to_string(sparse.weights.size()) + " weights";
    }
    for (std::size_t e = 0; e < sparse.columns.size(); ++e) {
        if (sparse.columns[e] >= n) {
            return place("column", e) + " of K is " + std::to_string(sparse.columns[e]) +
                   ": expected less than " + std::to_string(n);
        }
    }
    return not_finite("weight of K", sparse.weights);
}

double pull_of_rows(const std::vector<double>& strengths, std::size_t n) {
    double most = 0;
    for (std::size_t row = 0; row < n; ++row) {
        double sum = 0;
        for (std::size_t j = 0; j < n; ++j) {
            sum += std::abs(strengths[row * n + j]);
        }
        most = std::max(most, sum);
    }
    return most;
}

double pull_of(const MeanField& field, std::size_t) {
    return std::abs(field.strength);
}

double pull_of(const DenseCoupling& dense, std::size_t n) {
    return pull_of_rows(dense.strengths, n);
}

double pull_of(const LaggedCoupling& lagged, std::size_t n) {
    return pull_of_rows(lagged.strengths, n);
}

double pull_of(const SparseCoupling& sparse, std::size_t n) {
    double most = 0;
    for (std::size_t row = 0; row < n; ++row) {
        double sum = 0;
        for (std::uint64_t e = sparse.row_begin[row]; e < sparse.row_begin[row + 1]; ++e) {
            sum += std::abs(sparse.weights[e]);
        }
        most = std::max(most, sum);
    }
    return most;
}

} // namespace

std::optional<std::string> first_fault(const Problem& problem) {
    const std::size_t n = problem.omega.size();
    if (n < 2) {
        return "there are " + std::to_string(n) + " oscillators: expected at least 2";
    }
    if (auto fault = not_finite("omega", problem.omega)) {
        return fault;
    }
    return std::visit([&](const auto& coupling) { return fault_of(coupling, n); },
                      problem.coupling);
}

std::optional<std::string> first_fault(std::size_t oscillators, const std::vector<double>& phases) {
    if (phases.size() != oscillators) {
        return "there are " + std::to_string(phases.size()) +
               " phases: expected one for each of the " + std::to_string(oscillators) +
               " oscillators";
    }
    return not_finite("theta", phases);
}

std::optional<std::string> first_step_fault(double dt) {
    if (std::isfinite(dt) && dt > 0) {
        return std::nullopt;
    }
    return "dt is " + number_text(dt) + ": expected a finite number above 0";
}

double strongest_pull(const Problem& problem) {
    return std::visit([&](const auto& coupling) { return pull_of(coupling, problem.omega.size()); },
                      problem.coupling);
}

std::optional<std::string> coarse_step_warning(const Problem& problem, double dt) {
    const double turn = strongest_pull(problem) * std::abs(dt);
    if (turn <= kPullPerStepMax) {
        return std::nullopt;
    }
    return "K dt = " + number_text(turn) + " is above " + number_text(kPullPerStepMax) +
           ": the step is too coarse to follow the coupling; take dt below " +
           number_text(kPullPerStepMax / strongest_pull(problem));
}

void require_sound(const std::optional<std::string>& fault) {
    if (fault) {
        throw std::invalid_argument(*fault);
    }
}

} // namespace assay::kuramoto
