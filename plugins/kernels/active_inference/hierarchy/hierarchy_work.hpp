// How much of a hierarchy was computed: matrix-vector products, and on the selective path the
// divergences that decide what is sent, which the full path does not take. Skipped is negative
// where deciding costs more than it spares.
//
// Plain values.
#pragma once

#include "active_inference/selective/update_work.hpp"

#include <cstdint>

namespace assay::active_inference {

struct HierarchyWork : UpdateWork {
    std::uint64_t levels_computed = 0; // levels whose belief was inferred anew, level 0 among them
    std::uint64_t levels_total = 0;    // levels times observations

    friend bool operator==(const HierarchyWork&, const HierarchyWork&) = default;
};

} // namespace assay::active_inference
