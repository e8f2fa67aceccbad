#include "measure/platform.hpp"

#include "support/kernel_file.hpp"
#include "support/text.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

namespace assay::measure {
namespace {

json::value or_null(const std::string& text) {
    return text.empty() || !is_utf8(text) ? json::value(nullptr) : json::value(text);
}

// The lines "key : value" of the first processor.
std::map<std::string, std::string> first_processor() {
    std::map<std::string, std::string> fields;
    const std::string text = kernel_text("/proc/cpuinfo", std::size_t{8} << 10).value_or("");
    for (const std::string& line : split(text, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) {
            if (!fields.empty()) {
                break; // an empty line ends the first processor
            }
            continue;
        }
        fields.emplace(trim(std::string_view(line).substr(0, colon)),
                       trim(std::string_view(line).substr(colon + 1)));
    }
    return fields;
}

std::string field(const std::map<std::string, std::string>& fields, const char* key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string{} : found->second;
}

// The value of KEY="value" in /etc/os-release.
std::string system_name() {
    for (const std::string& line : split(kernel_text("/etc/os-release").value_or(""), '\n')) {
        if (line.starts_with("PRETTY_NAME=")) {
            std::string name = line.substr(12);
            if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
                name = name.substr(1, name.size() - 2);
            }
            return name;
        }
    }
    return {};
}

unsigned cores() {
    const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? static_cast<unsigned>(online) : 1u;
}

std::uint64_t memory_bytes() {
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long page = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && page > 0
               ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page)
               : 0;
}

// FNV-1a; two of them with different starts make the 16 bytes of an id. Nothing secret hangs on it.
std::uint64_t fingerprint(std::string_view text, std::uint64_t start) {
    std::uint64_t hash = start;
    for (const char byte : text) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3u;
    }
    return hash;
}

std::string machine_id(const std::string& stable) {
    std::array<char, 33> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%016llx%016llx",
                  static_cast<unsigned long long>(fingerprint(stable, 0xCBF29CE484222325u)),
                  static_cast<unsigned long long>(fingerprint(stable, 0x84222325CBF29CE4u)));
    return text.data();
}

json::value tsc_state(const std::string& flags) {
    const std::string padded = " " + flags + " ";
    if (padded.find(" tsc ") == std::string::npos) {
        return nullptr;
    }
    const bool constant = padded.find(" constant_tsc ") != std::string::npos &&
                          padded.find(" nonstop_tsc ") != std::string::npos;
    return json::value(constant ? "constant" : "varying");
}

json::value aslr_state() {
    const std::string state = kernel_line("/proc/sys/kernel/randomize_va_space");
    return state.empty() ? json::value(nullptr) : json::value(state != "0");
}

json::value virtual_state(const std::string& flags) {
    if (flags.empty()) {
        return nullptr;
    }
    return (" " + flags + " ").find(" hypervisor ") != std::string::npos;
}

} // namespace

std::uint64_t l2_cache_bytes() {
    const long size = ::sysconf(_SC_LEVEL2_CACHE_SIZE);
    if (size > 0) {
        return static_cast<std::uint64_t>(size);
    }
    const std::string text = kernel_line("/sys/devices/system/cpu/cpu0/cache/index2/size"); // 512K
    if (text.empty() || text.back() != 'K') {
        return 0;
    }
    const auto kibibytes = to_int64(text.substr(0, text.size() - 1));
    return kibibytes && *kibibytes > 0 ? static_cast<std::uint64_t>(*kibibytes) << 10 : 0;
}

std::string platform_label() {
    utsname system{};
    ::uname(&system);
    return "linux-" + std::string(system.machine) + "-" + std::to_string(cores()) + "c";
}

json::object describe_platform() {
    utsname system{};
    ::uname(&system);
    const auto processor = first_processor();
    const std::string model = field(processor, "model name");
    const std::string flags = field(processor, "flags");
    const std::uint64_t memory = memory_bytes();
    const json::value is_virtual = virtual_state(flags);
    // The class, not the size: firmware keeps a little more or less from one boot to the next.
    const long memory_class = std::lround(std::log2(static_cast<double>(memory) + 1));
    const std::string stable =
        std::string(system.machine) + "|" + field(processor, "vendor_id") + "|" +
        field(processor, "cpu family") + "|" + field(processor, "model") + "|" + model + "|" +
        std::to_string(cores()) + "|" + std::to_string(memory_class) + "|" + write_json(is_virtual);
    json::object cpu;
    cpu["model"] = or_null(model);
    cpu["vendor"] = or_null(field(processor, "vendor_id"));
    cpu["family"] = or_null(field(processor, "cpu family"));
    cpu["cores"] = static_cast<std::int64_t>(cores());
    json::object platform;
    platform["id"] = machine_id(stable);
    platform["label"] = platform_label();
    platform["arch"] = system.machine;
    platform["os"] = or_null(system_name());
    platform["kernel"] = system.release;
    platform["cpu"] = std::move(cpu);
    platform["memory_bytes"] = memory == 0 ? json::value(nullptr) : json_count(memory);
    const std::uint64_t l2 = l2_cache_bytes();
    platform["l2_bytes"] = l2 == 0 ? json::value(nullptr) : json_count(l2);
    platform["tsc"] = tsc_state(flags);
    platform["clock_source"] =
        or_null(kernel_line("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
    platform["governor"] =
        or_null(kernel_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
    platform["aslr"] = aslr_state();
    platform["virtual"] = is_virtual;
    std::array<double, 3> load{};
    platform["load_average"] =
        ::getloadavg(load.data(), 3) == 3 ? json_number(load[0]) : json::value(nullptr);
    return platform;
}

} // namespace assay::measure
