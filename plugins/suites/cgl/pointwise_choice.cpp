#include "isa_level/isa_level.hpp"
#include "pointwise.hpp"

namespace assay::cgl {

template <class Real>
const PointwisePasses<Real>& pointwise_passes() noexcept {
    using Passes = const PointwisePasses<Real>&() noexcept;
    static const PointwisePasses<Real>& chosen = for_level<Passes>({
        .v1 = v1::passes_of_level<Real>,
#if defined(__x86_64__)
        .v3 = v3::passes_of_level<Real>, .v4 = v4::passes_of_level<Real>
#else
        .v3 = nullptr, .v4 = nullptr
#endif
    })();
    return chosen;
}

template const PointwisePasses<double>& pointwise_passes<double>() noexcept;
template const PointwisePasses<float>& pointwise_passes<float>() noexcept;

} // namespace assay::cgl
