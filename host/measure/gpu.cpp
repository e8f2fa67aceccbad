#include "measure/gpu.hpp"

#include "support/command.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <dlfcn.h>
#include <memory>
#include <tuple>

namespace assay::measure {
namespace {

// The part of NVML's stable C interface that is used here: every function returns 0 for success.
using Device = void*;

struct DeviceMemory {
    unsigned long long total, free, used;
};

using Init = int (*)();
using Shutdown = int (*)();
using DeviceCount = int (*)(unsigned*);
using DeviceByIndex = int (*)(unsigned, Device*);
using DeviceName = int (*)(Device, char*, unsigned);
using DeviceMemoryInfo = int (*)(Device, DeviceMemory*);

struct CloseLibrary {
    void operator()(void* library) const noexcept { ::dlclose(library); }
};

template <typename Function>
bool find(void* library, const char* name, Function& into) {
    into = reinterpret_cast<Function>(::dlsym(library, name));
    return into != nullptr;
}

struct Nvml {
    Init init = nullptr;
    Shutdown shutdown = nullptr;
    DeviceCount count = nullptr;
    DeviceByIndex by_index = nullptr;
    DeviceName name = nullptr;
    DeviceMemoryInfo memory = nullptr;

    [[nodiscard]] bool find_all(void* library) {
        return find(library, "nvmlInit_v2", init) && find(library, "nvmlShutdown", shutdown) &&
               find(library, "nvmlDeviceGetCount_v2", count) &&
               find(library, "nvmlDeviceGetHandleByIndex_v2", by_index) &&
               find(library, "nvmlDeviceGetName", name) &&
               find(library, "nvmlDeviceGetMemoryInfo", memory);
    }
};

std::optional<std::vector<Gpu>> list(const Nvml& nvml) {
    unsigned count = 0;
    if (nvml.count(&count) != 0) {
        return std::nullopt;
    }
    std::vector<Gpu> gpus;
    for (unsigned index = 0; index < count; ++index) {
        Device device = nullptr;
        std::array<char, 128> name{};
        DeviceMemory memory{};
        if (nvml.by_index(index, &device) != 0 ||
            nvml.name(device, name.data(), name.size() - 1) != 0 ||
            nvml.memory(device, &memory) != 0) {
            continue; // a device that others own, or that has fallen off the bus
        }
        gpus.push_back({.model = name.data(), .memory_bytes = memory.total});
    }
    return gpus;
}

} // namespace

std::optional<std::vector<Gpu>> gpus_of_library(const std::string& library) {
    const std::unique_ptr<void, CloseLibrary> opened(
        ::dlopen(library.c_str(), RTLD_LAZY | RTLD_LOCAL));
    Nvml nvml;
    if (!opened || !nvml.find_all(opened.get()) || nvml.init() != 0) {
        return std::nullopt;
    }
    auto gpus = list(nvml);
    (void)nvml.shutdown();
    return gpus;
}

std::vector<Gpu> gpus_from(std::string_view printed) {
    constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
    constexpr std::int64_t kMiBMax = std::int64_t{1} << 32;
    std::vector<Gpu> gpus;
    for (const std::string& line : split(printed, '\n')) {
        const std::size_t comma = line.rfind(',');
        if (comma == std::string::npos) {
            continue;
        }
        const std::string name(trim(std::string_view(line).substr(0, comma)));
        const auto mebibytes = to_int64(trim(std::string_view(line).substr(comma + 1)));
        if (!name.empty() && mebibytes && *mebibytes > 0 && *mebibytes < kMiBMax) {
            gpus.push_back(
                {.model = name, .memory_bytes = static_cast<std::uint64_t>(*mebibytes) * kMiB});
        }
    }
    return gpus;
}

std::vector<Gpu> gpus_of_command(const Environment& environment) {
    const std::string program =
        find_program("nvidia-smi", environment("PATH").value_or("/usr/bin:/bin"));
    if (program.empty()) {
        return {};
    }
    const auto output =
        run_command({program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"});
    return output && output->exit_code == 0 && is_utf8(output->text) ? gpus_from(output->text)
                                                                     : std::vector<Gpu>{};
}

std::vector<Gpu> visible_gpus(const Environment& environment) {
    auto of_library = gpus_of_library();
    std::vector<Gpu> gpus = of_library ? std::move(*of_library) : gpus_of_command(environment);
    std::erase_if(gpus, [](const Gpu& gpu) { return !is_utf8(gpu.model); });
    std::ranges::sort(
        gpus, {}, [](const Gpu& gpu) { return std::tie(gpu.model, gpu.memory_bytes); });
    return gpus;
}

} // namespace assay::measure
