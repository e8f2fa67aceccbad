// Assay's side: both bodies in the loops that suite.hpp makes, behind the C ABI.
#include "body.hpp"

#include <assay/suite.hpp>

namespace {

struct Empty {
    explicit Empty(const assay::params&) {}

    void operator()() const {}
};

struct Chain {
    explicit Chain(const assay::params&) {}

    std::uint64_t start(std::uint64_t seed) const { return seed | 1; }

    std::uint64_t operator()(std::uint64_t x) const { return overhead::multiply_chain(x); }
};

} // namespace

ASSAY_SUITE("org.assay.peer_overhead", "overhead", "1.0.0") {
    s.independent<Empty>("empty");
    s.chain<Chain>("chain");
}
