#include "scan_loops.hpp"

namespace assay::retrieval {

const ScanLoops& scan_loops(IsaLevel level) noexcept {
#if defined(__x86_64__)
    switch (level) {
    case IsaLevel::v4:
        return v4::scan_loops();
    case IsaLevel::v3:
        return v3::scan_loops();
    case IsaLevel::v1:
        break;
    }
#endif
    (void)level;
    return v1::scan_loops();
}

const ScanLoops& scan_loops() noexcept {
    static const ScanLoops& chosen = scan_loops(isa_level());
    return chosen;
}

} // namespace assay::retrieval
