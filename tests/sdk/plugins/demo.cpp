// The example of the SDK's documentation: the three ways a plain class becomes a case.
#include <assay/suite.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace {

struct dot { // constructor = set-up, destructor = tear-down
    std::vector<double> a, b;

    explicit dot(const assay::params& p)
        : a(p.size("n"), 1.0)
        , b(p.size("n"), 2.0) {
        if (a.size() > (1u << 26)) {
            throw assay::skip{"needs more memory"};
        }
    }

    double operator()() const { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

    bool verify() const { return std::abs((*this)() - 2.0 * static_cast<double>(a.size())) < 1e-9; }
};

struct mul_chain { // chain: each call needs the one before

    explicit mul_chain(const assay::params&) {}

    std::uint64_t start(std::uint64_t seed) const { return seed | 1; }

    std::uint64_t operator()(std::uint64_t x) const { return x * 0x9E3779B97F4A7C15ull; }
};

struct sort_ints { // its own untimed input per iteration
    using input = std::vector<int>;
    std::size_t n;

    explicit sort_ints(const assay::params& p)
        : n(p.size("n")) {}

    input make(std::mt19937_64& random) const {
        input v(n);
        for (auto& x : v) {
            x = static_cast<int>(random());
        }
        return v;
    }

    void operator()(input& v) const { std::ranges::sort(v); }

    std::uint64_t digest(const input& v) const {
        if (!std::ranges::is_sorted(v)) {
            throw assay::wrong_result{"not sorted"};
        }
        return static_cast<std::uint64_t>(v.front()) ^ static_cast<std::uint64_t>(v.back());
    }
};

} // namespace

ASSAY_SUITE("org.example.demo", "demo", "1.0.0", R"("license":"Apache-2.0")") {
    s.independent<dot>("inner_product").axis("n", {64, 4096, 1 << 20});
    s.chain<mul_chain>("multiply");
    s.independent<sort_ints>("sort").axis("n", {16, 1024});
}
