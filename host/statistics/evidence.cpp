#include "statistics/evidence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace assay::statistics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// log(sum of exp(terms)), without overflow.
double log_sum_exp(std::span<const double> terms) {
    const double largest = *std::ranges::max_element(terms);
    double sum = 0;
    for (const double term : terms) {
        sum += std::exp(term - largest);
    }
    return largest + std::log(sum);
}

// The thread-safe one: std::lgamma writes a global.
double log_gamma(double x) {
    int ignored = 0;
    return ::lgamma_r(x, &ignored);
}

double log_beta(double a, double b) {
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

// log I_{1/2}(a, b) for a >= b, by the hypergeometric series (DLMF 8.17.8), whose terms are all
// positive and whose ratio tends to 1/2. No underflow, unlike the function itself.
double log_half_beta_of_larger(double a, double b) {
    double term = 1;
    double sum = 1;
    for (double i = 0; term > sum * 1e-17; ++i) {
        term *= 0.5 * (a + b + i) / (a + 1 + i);
        sum += term;
    }
    return -(a + b) * std::numbers::ln2 - std::log(a) - log_beta(a, b) + std::log(sum);
}

double log_half_beta(double a, double b) {
    // I_x(a, b) = 1 - I_{1-x}(b, a)
    return a >= b ? log_half_beta_of_larger(a, b)
                  : std::log1p(-std::exp(log_half_beta_of_larger(b, a)));
}

double log_signs(std::size_t positive, std::size_t count) {
    const auto n = static_cast<double>(count);
    const auto k = static_cast<double>(positive);
    return (n + 1) * std::numbers::ln2 + log_beta(k + 0.5, n - k + 0.5) +
           log_half_beta(n - k + 0.5, k + 0.5) - std::log(std::numbers::pi);
}

// y_i = direction * (x_i - mu)
std::vector<double> shifted(std::span<const double> x, double mu, double direction) {
    std::vector<double> y(x.size());
    std::ranges::transform(x, y.begin(), [=](double value) { return direction * (value - mu); });
    return y;
}

// The mean of two e-values.
double log_mean(double a, double b) {
    return log_sum_exp(std::array{a, b}) - std::numbers::ln2;
}

// The outermost mu on one side of the data that the e-process still rejects: from `reject`, which
// lies far outside, towards `keep`, the other end of the data.
double bound(std::span<const std::span<const double>> figures,
             double direction,
             double log_threshold,
             EvidenceMethod method) {
    double lowest = kInfinity;
    double highest = -kInfinity;
    for (const std::span<const double> x : figures) {
        lowest = std::min(lowest, std::ranges::min(x));
        highest = std::max(highest, std::ranges::max(x));
    }
    const auto rejects = [&](double mu) {
        const auto log_e = [&](std::span<const double> x) {
            return log_e_value(shifted(x, mu, direction), method);
        };
        return log_mean(log_e(figures.front()), log_e(figures.back())) >= log_threshold;
    };
    double outside = direction > 0 ? lowest - 1 : highest + 1;
    double inside = direction > 0 ? highest : lowest;
    if (!rejects(outside)) {
        return -direction * kInfinity;
    }
    while (std::abs(outside - inside) > 1e-12 * (1 + std::abs(inside))) {
        const double middle = std::midpoint(outside, inside);
        (rejects(middle) ? outside : inside) = middle;
    }
    return outside;
}

} // namespace

std::string_view name_of(EvidenceMethod method) noexcept {
    return method == EvidenceMethod::mixture ? "mixture" : "signs";
}

std::optional<EvidenceMethod> evidence_method_from(std::string_view name) noexcept {
    for (const EvidenceMethod method : {EvidenceMethod::mixture, EvidenceMethod::signs}) {
        if (name == name_of(method)) {
            return method;
        }
    }
    return std::nullopt;
}

void EProcess::add(double y) noexcept {
    constexpr std::array<double, 2> kStakes{0.4, 0.9};
    ++n_;
    positive_ += y > 0 ? 1 : 0;
    if (method_ == EvidenceMethod::mixture) {
        const std::array<double, 3> h{y > 0 ? 1.0 : -1.0, std::tanh(300 * y), std::tanh(60 * y)};
        for (std::size_t i = 0; i < log_products_.size(); ++i) {
            log_products_[i] += std::log1p(kStakes[i / h.size()] * h[i % h.size()]);
        }
    }
}

double EProcess::log_e() const noexcept {
    if (n_ == 0) {
        return 0;
    }
    return method_ == EvidenceMethod::signs
               ? log_signs(positive_, n_)
               : log_sum_exp(log_products_) - std::log(static_cast<double>(log_products_.size()));
}

double log_e_value(std::span<const double> y, EvidenceMethod method) {
    EProcess process(method);
    for (const double value : y) {
        process.add(value);
    }
    return process.log_e();
}

Evidence evidence(std::span<const double> x, double d, EvidenceMethod method) {
    return {.log_e_slower = log_e_value(shifted(x, d, 1), method),
            .log_e_faster = log_e_value(shifted(x, -d, -1), method),
            .log_e_below = log_e_value(shifted(x, d, -1), method),
            .log_e_above = log_e_value(shifted(x, -d, 1), method)};
}

Evidence together(const Evidence& a, const Evidence& b) noexcept {
    return {.log_e_slower = log_mean(a.log_e_slower, b.log_e_slower),
            .log_e_faster = log_mean(a.log_e_faster, b.log_e_faster),
            .log_e_below = std::min(a.log_e_below, b.log_e_below),
            .log_e_above = std::min(a.log_e_above, b.log_e_above)};
}

ValidInterval
always_valid_interval(std::span<const double> x, double alpha, EvidenceMethod method) {
    return always_valid_interval(x, x, alpha, method);
}

ValidInterval always_valid_interval(std::span<const double> x,
                                    std::span<const double> other,
                                    double alpha,
                                    EvidenceMethod method) {
    if (x.empty() || other.empty()) {
        return {-kInfinity, kInfinity};
    }
    const double log_threshold = std::log(2 / alpha);
    const std::array figures{x, other};
    const double low = bound(figures, 1, log_threshold, method);
    const double high = bound(figures, -1, log_threshold, method);
    return {std::min(low, high), std::max(low, high)};
}

std::vector<std::size_t> e_bh(std::span<const double> log_e, std::size_t m, double alpha) {
    // Whatever the others do, less than 1 / alpha is never enough.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < log_e.size(); ++i) {
        if (log_e[i] >= -std::log(alpha)) {
            order.push_back(i);
        }
    }
    std::ranges::stable_sort(order, [&](auto a, auto b) { return log_e[a] > log_e[b]; });
    std::size_t rejected = 0;
    for (std::size_t k = 1; k <= order.size(); ++k) {
        const double threshold =
            std::log(static_cast<double>(m)) - std::log(alpha * static_cast<double>(k));
        if (log_e[order[k - 1]] >= threshold) {
            rejected = k;
        }
    }
    order.resize(rejected);
    std::ranges::sort(order);
    return order;
}

} // namespace assay::statistics
