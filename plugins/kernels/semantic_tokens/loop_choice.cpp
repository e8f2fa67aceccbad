#include "isa_level/isa_level.hpp"
#include "semantic_tokens/token_loops.hpp"

namespace assay::semantic_tokens {
namespace {

template <class Loops>
const Loops& chosen() noexcept {
    static const Loops* const loops = [] {
        const Loops* found = nullptr;
#if defined(__x86_64__)
        for_level<void(const Loops*&) noexcept>({v1::choose, v3::choose, v4::choose})(found);
#else
        v1::choose(found);
#endif
        return found;
    }();
    return *loops;
}

} // namespace

template <>
const TokenLoops<float>& token_loops<float>() noexcept {
    return chosen<TokenLoops<float>>();
}

template <>
const TokenLoops<double>& token_loops<double>() noexcept {
    return chosen<TokenLoops<double>>();
}

template <>
const ProjectionLoops<float>& projection_loops<float>() noexcept {
    return chosen<ProjectionLoops<float>>();
}

template <>
const ProjectionLoops<double>& projection_loops<double>() noexcept {
    return chosen<ProjectionLoops<double>>();
}

} // namespace assay::semantic_tokens
