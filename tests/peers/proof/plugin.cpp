// A plugin with one body and the regression it was compiled with. Every build of a body has the
// same plugin id, suite and case id, so that `assay compare` holds them against each other.
#include "body.hpp"

#include <assay/suite.hpp>

// The body's name comes from the build: -DASSAY_PROOF_BODY=alu or allocating.
#define ASSAY_PROOF_TEXT_OF(word) #word
#define ASSAY_PROOF_TEXT(word) ASSAY_PROOF_TEXT_OF(word)

namespace {

struct Body {
    explicit Body(const assay::params&) {}

    std::uint64_t operator()() const { return proof::ASSAY_PROOF_BODY(proof::appended_links()); }
};

} // namespace

ASSAY_SUITE("org.assay.proof", "proof", "1.0.0") {
    s.independent<Body>(ASSAY_PROOF_TEXT(ASSAY_PROOF_BODY));
}
