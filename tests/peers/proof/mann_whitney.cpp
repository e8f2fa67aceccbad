#include "mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace proof {

namespace {

constexpr std::size_t kExactMax = 8; // scipy: exact unless both sides have more

struct Ranked {
    double u = 0;        // the larger of both U
    double tie_term = 0; // sum over groups of equal values of t^3 - t
};

Ranked rank(std::span<const double> a, std::span<const double> b) {
    struct Value {
        double x;
        bool of_a;
    };

    std::vector<Value> all;
    for (const double x : a) {
        all.push_back({x, true});
    }
    for (const double x : b) {
        all.push_back({x, false});
    }
    std::ranges::sort(all, {}, &Value::x);
    Ranked ranked;
    double rank_sum = 0; // of a
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        while (end < all.size() && all[end].x == all[begin].x) {
            ++end;
        }
        const double mid_rank = (static_cast<double>(begin + end) + 1) / 2;
        for (std::size_t i = begin; i < end; ++i) {
            rank_sum += all[i].of_a ? mid_rank : 0;
        }
        const auto tied = static_cast<double>(end - begin);
        ranked.tie_term += tied * tied * tied - tied;
        begin = end;
    }
    const auto n = static_cast<double>(a.size());
    const double u = rank_sum - n * (n + 1) / 2;
    ranked.u = std::max(u, n * static_cast<double>(b.size()) - u);
    return ranked;
}

// P(U >= u) under exchangeability: ways[j][v] counts the arrangements of i values of one side and j
// of the other whose U is v, i growing (Mann & Whitney's recursion, the last value from either
// side).
double exact_upper_tail(std::size_t n, std::size_t m, double u) {
    const std::size_t most = n * m;
    std::vector<std::vector<double>> ways(m + 1, std::vector<double>(most + 1, 0.0));
    for (auto& row : ways) {
        row[0] = 1; // no value of the first side yet: one arrangement
    }
    for (std::size_t i = 1; i <= n; ++i) {
        for (std::size_t j = 1; j <= m; ++j) {
            // The largest value is of the first side: it is above all j of the other.
            for (std::size_t v = most + 1; v-- > 0;) {
                ways[j][v] = (v >= j ? ways[j][v - j] : 0) + ways[j - 1][v];
            }
        }
    }
    double all = 0;
    double tail = 0;
    for (std::size_t v = 0; v <= most; ++v) {
        all += ways[m][v];
        tail += static_cast<double>(v) >= u ? ways[m][v] : 0;
    }
    return tail / all;
}

double normal_upper_tail(const Ranked& ranked, double n, double m) {
    const double all = n + m;
    const double variance = n * m / 12 * ((all + 1) - ranked.tie_term / (all * (all - 1)));
    if (!(variance > 0)) {
        return 0.5; // all values are equal
    }
    const double z = (ranked.u - n * m / 2 - 0.5) / std::sqrt(variance);
    return std::erfc(z / std::numbers::sqrt2) / 2;
}

bool has_nan(std::span<const double> values) {
    return std::ranges::any_of(values, [](double x) { return std::isnan(x); });
}

} // namespace

std::optional<double> two_sided_p(std::span<const double> a, std::span<const double> b, UTest how) {
    if (a.empty() || b.empty() || has_nan(a) || has_nan(b)) {
        return std::nullopt;
    }
    const Ranked ranked = rank(a, b);
    const bool small = a.size() <= kExactMax || b.size() <= kExactMax;
    const bool exact =
        how == UTest::exact || (how == UTest::as_scipy_chooses && small && !(ranked.tie_term > 0));
    const double tail = exact ? exact_upper_tail(a.size(), b.size(), ranked.u)
                              : normal_upper_tail(ranked,
                                                  static_cast<double>(a.size()),
                                                  static_cast<double>(b.size()));
    return std::min(1.0, 2 * tail);
}

} // namespace proof
