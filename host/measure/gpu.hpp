// The GPUs that this process can see: by NVIDIA's management library, which is looked for when it
// is needed and never linked, else by the command nvidia-smi, else none.
//
//   for (const Gpu& gpu : visible_gpus(process_environment())) ...
//
// Callable from any thread; may take seconds where a driver has to wake up.
#pragma once

#include "support/environment.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::measure {

struct Gpu {
    std::string model; // "NVIDIA H200"
    std::uint64_t memory_bytes = 0;
};

// Sorted by model and memory, so that the order of slots does not matter.
[[nodiscard]] std::vector<Gpu> visible_gpus(const Environment& environment);

inline constexpr const char* kNvidiaLibrary = "libnvidia-ml.so.1"; // NVML, part of the driver

// By that library; nothing where it, or a driver below it, is not there.
[[nodiscard]] std::optional<std::vector<Gpu>>
gpus_of_library(const std::string& library = kNvidiaLibrary);

// By the nvidia-smi that the environment's PATH finds.
[[nodiscard]] std::vector<Gpu> gpus_of_command(const Environment& environment);

// "NVIDIA H200, 143771" a line: name and MiB. Lines that are anything else are left out.
[[nodiscard]] std::vector<Gpu> gpus_from(std::string_view printed);

} // namespace assay::measure
