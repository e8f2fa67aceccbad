// What share of a core the host itself uses while its workers measure.
//
//   HostCpu used = host_cpu(sandbox);      // runs one case of long iterations
//
// Reads the CPU clock of the running host; one at a time.
#pragma once

#include "program.hpp"

namespace goals {

struct HostCpu {
    double cpu_s = 0;  // of all threads of the host, launches included
    double wall_s = 0; // from half a second after it began to measure to the last reading

    [[nodiscard]] double share() const noexcept { return wall_s > 0 ? cpu_s / wall_s : 0; }
};

// Throws std::runtime_error where the run failed or was over before it could be watched.
HostCpu host_cpu(const integration::Sandbox& sandbox);

} // namespace goals
