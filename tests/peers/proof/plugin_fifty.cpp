// Fifty cases of one body that are all alike, of which one carries the regression it was compiled
// with: what a change to one function looks like to a suite.
#include "body.hpp"
#include "fifty.hpp"

#include <assay/suite.hpp>

#include <ranges>

namespace {

struct Body {
    std::uint64_t links;

    explicit Body(const assay::params& p)
        : links(p.i64("part") == proof::kSlowerPart ? proof::appended_links() : 0) {}

    std::uint64_t operator()() const { return proof::ASSAY_PROOF_BODY(links); }
};

} // namespace

ASSAY_SUITE("org.assay.proof", "proof", "1.0.0") {
    s.independent<Body>("fifty").axis("part", std::views::iota(std::int64_t{0}, proof::kParts));
}
