// The suite "@NAME@". A case is a plain class: constructor = set-up, operator() = one iteration,
// verify() = correctness before anything is timed. See assay/suite.hpp for everything else it may have.
#include <assay/suite.hpp>

#include <cstdint>
#include <numeric>
#include <vector>

namespace {

// Replace this by what you want to measure.
struct sum {
    std::vector<std::uint64_t> values;

    explicit sum(assay::params const& p)
        : values(p.size("n")) {
        std::iota(values.begin(), values.end(), std::uint64_t{1});
    }

    std::uint64_t operator()() const {
        return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
    }

    bool verify() const {
        std::uint64_t const n = values.size();
        return (*this)() == n * (n + 1) / 2;
    }

    double items() const { return static_cast<double>(values.size()); }
};

} // namespace

ASSAY_SUITE("@ID@", "@NAME@", "0.1.0") {
    s.independent<sum>("sum")
        .help("sum of n numbers")
        .axis("n", {64, 4096, 1 << 20})
        .unit("{number}")
        .quick({4096});
}
