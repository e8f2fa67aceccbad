// The word through which a host asks a computation to stop.
//
//   if (is_cancelled(cancel)) { return false; }
//
// Any thread may read while another writes.
#pragma once

#include <cstdint>

namespace assay::active_inference {

[[nodiscard]] inline bool is_cancelled(const std::uint32_t* cancel) noexcept {
    return cancel != nullptr && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0;
}

} // namespace assay::active_inference
