// How this program was built: part of what may differ between two runs on one machine.
//
//   if (!host_build().optimised) ...                    // the loop around batches is slower
//
// Callable from any thread.
#pragma once

#include <string>

namespace assay::measure {

struct HostBuild {
    std::string compiler; // "g++ 12.2.0", "Clang 14.0.6"
    std::string flags;    // as the build was configured; may be empty
    std::string libc;     // the running one: "glibc 2.36"; empty = it does not tell
    bool optimised = true;
    std::string sanitizer; // "address", "thread", or empty
};

[[nodiscard]] HostBuild host_build();

} // namespace assay::measure
