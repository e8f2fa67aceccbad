// Machines to read an identity from, as the files that their kernels would show.
//
//   PreparedMachine machine = amd_guest();
//   machine.environment["GITHUB_ACTIONS"] = "true";
//   const json::object identity = machine.identity();
//
// Plain values; one owner.
#pragma once

#include "measure/platform_identity.hpp"
#include "prepared_tree.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::measure {

struct PreparedMachine {
    assay::test::Files files;
    std::map<std::string, std::string> environment{};
    std::string architecture = "x86_64";
    std::vector<unsigned> allowed_cpus{};
    std::string hypervisor{};
    std::vector<Gpu> gpus{};

    [[nodiscard]] json::object identity() const {
        const assay::test::PreparedTree prepared(files);
        return platform_identity(sources(prepared.tree()));
    }

    [[nodiscard]] PlatformSources sources(SystemTree tree) const {
        return {.tree = std::move(tree),
                .environment =
                    [own = environment](const std::string& name) -> std::optional<std::string> {
                    const auto found = own.find(name);
                    return found == own.end() ? std::nullopt : std::optional(found->second);
                },
                .architecture = architecture,
                .allowed_cpus = allowed_cpus,
                .hypervisor = hypervisor,
                .gpus = gpus};
    }
};

struct CpuLayout {
    unsigned sockets = 1, cores_per_socket = 1, threads = 1;

    [[nodiscard]] unsigned cores() const noexcept { return sockets * cores_per_socket; }

    [[nodiscard]] unsigned cpus() const noexcept { return cores() * threads; }
};

// As x86 firmware counts: the first threads of all cores, then the second ones.
inline std::string core_list(const CpuLayout& shape, unsigned cpu) {
    const unsigned core = cpu % shape.cores();
    std::string list = std::to_string(core);
    for (unsigned thread = 1; thread < shape.threads; ++thread) {
        list += "," + std::to_string(core + thread * shape.cores());
    }
    return list;
}

inline std::string socket_list(const CpuLayout& shape, unsigned socket) {
    std::string list;
    for (unsigned thread = 0; thread < shape.threads; ++thread) {
        const unsigned first = thread * shape.cores() + socket * shape.cores_per_socket;
        list += (list.empty() ? "" : ",") + std::to_string(first) + "-" +
                std::to_string(first + shape.cores_per_socket - 1);
    }
    return list;
}

// CpuLayout, two levels of cache of a core and one of a socket, and a memory node per socket.
inline void add_processors(PreparedMachine& machine, const CpuLayout& shape) {
    const std::string base = "sys/devices/system/";
    for (unsigned cpu = 0; cpu < shape.cpus(); ++cpu) {
        const unsigned socket = cpu % shape.cores() / shape.cores_per_socket;
        const std::string folder = base + "cpu/cpu" + std::to_string(cpu) + "/";
        machine.files[folder + "topology/physical_package_id"] = std::to_string(socket);
        machine.files[folder + "topology/core_cpus_list"] = core_list(shape, cpu);
        const auto cache = [&](int index, const char* level, const char* size, std::string list) {
            const std::string place = folder + "cache/index" + std::to_string(index) + "/";
            machine.files[place + "level"] = level;
            machine.files[place + "type"] = index == 0 ? "Data\n" : "Unified\n";
            machine.files[place + "size"] = size;
            machine.files[place + "shared_cpu_list"] = std::move(list);
        };
        cache(0, "1", "32K\n", core_list(shape, cpu));
        cache(1, "2", "1024K\n", core_list(shape, cpu));
        cache(2, "3", "32768K\n", socket_list(shape, socket));
        machine.allowed_cpus.push_back(cpu);
    }
    for (unsigned socket = 0; socket < shape.sockets; ++socket) {
        machine.files[base + "node/node" + std::to_string(socket) + "/cpulist"] =
            socket_list(shape, socket);
    }
    machine.files[base + "node/online"] = "0-" + std::to_string(shape.sockets - 1);
}

inline std::string x86_cpuinfo(const CpuLayout& shape, const std::string& fields) {
    std::string text;
    for (unsigned cpu = 0; cpu < shape.cpus(); ++cpu) {
        text += "processor\t: " + std::to_string(cpu) + "\n" + fields + "\n\n";
    }
    return text;
}

// Two CPUs of an EPYC 9xx4 that KVM lends, 24 GiB, Debian 12.
inline PreparedMachine amd_guest(const std::string& mhz = "2596.134",
                                 const std::string& bogomips = "5192.26") {
    PreparedMachine machine;
    const CpuLayout shape{.sockets = 1, .cores_per_socket = 2, .threads = 1};
    machine.files = {
        {"proc/cpuinfo",
         x86_cpuinfo(
             shape,
             "vendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\n"
             "model name\t: AMD EPYC\nstepping\t: 1\nmicrocode\t: 0x1000065\ncpu MHz\t\t: " +
                 mhz + "\nflags\t\t: fpu tsc constant_tsc nonstop_tsc hypervisor\n" +
                 "bogomips\t: " + bogomips + "\npower management:")},
        {"proc/meminfo", "MemTotal:       24684096 kB\nMemFree:        22719464 kB\n"},
        {"proc/self/cgroup", "0::/user.slice\n"},
        {"etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12\"\nVERSION_ID=\"12\"\nID=debian\n"}};
    machine.hypervisor = "KVMKVMKVM";
    add_processors(machine, shape);
    return machine;
}

// A whole machine: two sockets of four cores with two threads each, 256 GiB, Ubuntu.
inline PreparedMachine intel_server() {
    PreparedMachine machine;
    const CpuLayout shape{.sockets = 2, .cores_per_socket = 4, .threads = 2};
    machine.files = {
        {"proc/cpuinfo",
         x86_cpuinfo(shape,
                     "vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 106\nstepping\t: 6\n"
                     "model name\t: Intel(R) Xeon(R) Gold 6326\nflags\t\t: fpu tsc")},
        {"proc/meminfo", "MemTotal:       263780464 kB\n"},
        {"sys/class/dmi/id/sys_vendor", "Dell Inc.\n"},
        {"sys/class/dmi/id/product_name", "PowerEdge R650\n"},
        {"etc/os-release", "ID=ubuntu\nVERSION_ID=\"24.04\"\n"}};
    add_processors(machine, shape);
    return machine;
}

// Four Neoverse N1 cores of a cloud's guest, 16 GiB, a release without version numbers.
inline PreparedMachine arm_guest() {
    PreparedMachine machine;
    machine.architecture = "aarch64";
    std::string text;
    for (int cpu = 0; cpu < 4; ++cpu) {
        text += "processor\t: " + std::to_string(cpu) +
                "\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n"
                "CPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n";
    }
    machine.files = {{"proc/cpuinfo", text},
                     {"proc/meminfo", "MemTotal:       16084096 kB\n"},
                     {"sys/class/dmi/id/sys_vendor", "Amazon EC2\n"},
                     {"sys/class/dmi/id/product_name", "m6g.xlarge\n"},
                     {"usr/lib/os-release", "ID=arch\n"}};
    add_processors(machine, {.sockets = 1, .cores_per_socket = 4, .threads = 1});
    return machine;
}

} // namespace assay::measure
