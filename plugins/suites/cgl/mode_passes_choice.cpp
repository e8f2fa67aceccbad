#include "isa_level/isa_level.hpp"
#include "mode_passes.hpp"

namespace assay::cgl {

template <class Real>
const ModePasses<Real>& mode_passes() noexcept {
    using Passes = const ModePasses<Real>&() noexcept;
    static const ModePasses<Real>& chosen = for_level<Passes>({
        .v1 = v1::mode_passes_of_level<Real>,
#if defined(__x86_64__)
        .v3 = v3::mode_passes_of_level<Real>, .v4 = v4::mode_passes_of_level<Real>
#else
        .v3 = nullptr, .v4 = nullptr
#endif
    })();
    return chosen;
}

template const ModePasses<double>& mode_passes<double>() noexcept;
template const ModePasses<float>& mode_passes<float>() noexcept;

} // namespace assay::cgl
