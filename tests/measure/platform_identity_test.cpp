#include "measure/platform_identity.hpp"
#include "prepared_machines.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace platform_identity_test {

using namespace assay;
using namespace assay::measure;

namespace {

std::string fingerprint(const PreparedMachine& machine) {
    return fingerprint_of(machine.identity());
}

// A quota of version 2 and a limit of memory, as `docker run --cpus 1.5 --memory 3584m` sets them.
PreparedMachine limited(PreparedMachine machine) {
    machine.files["proc/self/cgroup"] = "0::/\n";
    machine.files[".dockerenv"] = "";
    machine.files["sys/fs/cgroup/cpu.max"] = "150000 100000\n";
    machine.files["sys/fs/cgroup/memory.max"] = std::to_string(std::uint64_t{3584} << 20) + "\n";
    return machine;
}

} // namespace

TEST_CASE("an AMD guest is told by every field") {
    CHECK(canonical_json(amd_guest().identity()) ==
          R"({"arch":"x86_64","caches":[{"kib":32,"level":1,"shared_by":1,"type":"data"},)"
          R"({"kib":1024,"level":2,"shared_by":1,"type":"unified"},)"
          R"({"kib":32768,"level":3,"shared_by":2,"type":"unified"}],"ci":"none",)"
          R"("container":"none","cores":2,"cpu":{"family":"25","model":"17","stepping":"1",)"
          R"("vendor":"AuthenticAMD"},"cpu_quota":null,"gpus":[],"memory_gib":24,"numa_nodes":1,)"
          R"("os":{"id":"debian","version":"12"},"sockets":1,"threads_per_core":1,)"
          R"("virtualisation":"kvm"})");
}

TEST_CASE("sockets, cores, threads and memory nodes of a whole machine are counted") {
    const json::object identity = intel_server().identity();
    CHECK(identity.at("sockets") == 2);
    CHECK(identity.at("cores") == 8);
    CHECK(identity.at("threads_per_core") == 2);
    CHECK(identity.at("numa_nodes") == 2);
    CHECK(identity.at("memory_gib") == 256);
    CHECK(identity.at("virtualisation") == "none");
    CHECK(identity.at("os").at("version") == "24");
    CHECK(identity.at("caches").as_array().size() == 3);
    CHECK(identity.at("caches").at(2).at("shared_by") == 8);
}

TEST_CASE("an Arm processor is told by implementer, architecture, part and revision") {
    const json::object identity = arm_guest().identity();
    CHECK(identity.at("arch") == "aarch64");
    CHECK(canonical_json(identity.at("cpu")) ==
          R"({"family":"8","model":"0xd0c","stepping":"r3p1","vendor":"0x41"})");
    CHECK(identity.at("virtualisation") == "kvm");
    CHECK(canonical_json(identity.at("os")) == R"({"id":"arch","version":null})");
}

TEST_CASE("only what this process may use is counted") {
    PreparedMachine half = intel_server();
    half.allowed_cpus = {0, 1, 8, 9}; // both threads of two cores of the first socket
    const json::object identity = half.identity();
    CHECK(identity.at("sockets") == 1);
    CHECK(identity.at("cores") == 2);
    CHECK(identity.at("threads_per_core") == 2);
    CHECK(identity.at("numa_nodes") == 1);
    half.allowed_cpus = {0, 1, 8};
    CHECK(half.identity().at("threads_per_core") == 1.5);
    half.allowed_cpus = {0, 4};
    CHECK(half.identity().at("sockets") == 2);
    CHECK(half.identity().at("threads_per_core") == 1);
}

TEST_CASE("a control group's quota is rounded up and its limit of memory decides on the class") {
    const json::object identity = limited(intel_server()).identity();
    CHECK(identity.at("cpu_quota") == 2);
    CHECK(identity.at("memory_gib") == 4);
    CHECK(identity.at("container") == "docker");
    PreparedMachine old = intel_server(); // version 1, one tree per controller
    old.files["proc/self/cgroup"] = "4:memory:/box\n3:cpu,cpuacct:/box\n";
    old.files["sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us"] = "250000\n";
    old.files["sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us"] = "100000\n";
    old.files["sys/fs/cgroup/memory/box/memory.limit_in_bytes"] = "8589934592\n";
    old.files["sys/fs/cgroup/memory/memory.limit_in_bytes"] = "9223372036854771712\n";
    CHECK(old.identity().at("cpu_quota") == 3);
    CHECK(old.identity().at("memory_gib") == 8);
}

TEST_CASE("a limit beyond the machine's memory is none") {
    PreparedMachine machine = amd_guest();
    machine.files["proc/self/cgroup"] = "0::/\n";
    machine.files["sys/fs/cgroup/memory.max"] = "9223372036854771712\n";
    CHECK(machine.identity() == amd_guest().identity());
    machine.files["sys/fs/cgroup/memory.max"] = "max\n";
    CHECK(machine.identity() == amd_guest().identity());
}

TEST_CASE("what varies from boot to boot and by the minute is not in it") {
    const std::string known = fingerprint(amd_guest());
    CHECK(known.size() == 64);
    CHECK(fingerprint(amd_guest("3999.999", "10681.00")) == known);
    PreparedMachine machine = amd_guest();
    machine.files["proc/loadavg"] = "99.0 98.0 97.0 55/1234 99999\n";
    machine.files["proc/sys/kernel/osrelease"] = "6.99.0-other\n";
    machine.files["proc/sys/kernel/hostname"] = "another\n";
    machine.files["proc/sys/kernel/random/boot_id"] = "0b1c\n";
    machine.files["sys/class/dmi/id/bios_version"] = "9.9\n";
    machine.files["sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"] = "powersave\n";
    machine.files["sys/devices/system/clocksource/clocksource0/current_clocksource"] = "hpet\n";
    machine.files["proc/meminfo"] = "MemTotal:       24684200 kB\n"; // a little more this time
    machine.environment["HOSTNAME"] = "another";
    CHECK(fingerprint(machine) == known);
    std::string& cpuinfo = machine.files["proc/cpuinfo"];
    for (std::size_t at = 0; (at = cpuinfo.find("0x1000065", at)) != std::string::npos; ++at) {
        cpuinfo.replace(at, 9, "0x1000099");
    }
    CHECK(fingerprint(machine) == known);
}

TEST_CASE("every field of it makes another machine") {
    const std::string known = fingerprint(amd_guest());
    std::vector<PreparedMachine> others(8, amd_guest());
    others[0].architecture = "i686";
    others[1].allowed_cpus = {0};
    others[2].hypervisor = "Microsoft Hv";
    others[3].environment["GITLAB_CI"] = "true";
    others[4].files["etc/os-release"] = "ID=debian\nVERSION_ID=\"13\"\n";
    others[5].files["proc/meminfo"] = "MemTotal: 8000000 kB\n";
    others[6].files["sys/devices/system/cpu/cpu0/cache/index2/size"] = "16384K";
    others[7].gpus = {{.model = "NVIDIA H200", .memory_bytes = std::uint64_t{140} << 30}};
    for (const PreparedMachine& other : others) {
        CHECK(fingerprint(other) != known);
    }
}

TEST_CASE("a machine that tells nothing has an identity of nulls") {
    PreparedMachine bare;
    bare.architecture = "";
    const json::object identity = bare.identity();
    CHECK(identity.at("arch").is_null());
    CHECK(identity.at("cpu").at("vendor").is_null());
    CHECK(identity.at("memory_gib").is_null());
    CHECK(identity.at("os").at("id").is_null());
    CHECK(identity.at("virtualisation").is_null());
    CHECK(identity.at("caches").as_array().empty());
    CHECK(identity.at("cores") == 1);
}

TEST_CASE("without the kernel's topology cores are those of cpuinfo") {
    PreparedMachine machine;
    machine.allowed_cpus = {0, 1, 2, 3};
    machine.files["proc/cpuinfo"] = "processor : 0\nphysical id : 0\ncore id : 0\n\n"
                                    "processor : 1\nphysical id : 0\ncore id : 0\n\n"
                                    "processor : 2\nphysical id : 0\ncore id : 1\n\n"
                                    "processor : 3\nphysical id : 1\ncore id : 0\n\n";
    const json::object identity = machine.identity();
    CHECK(identity.at("sockets") == 2);
    CHECK(identity.at("cores") == 3);
}

TEST_CASE("this machine's identity is byte for byte the same over 100 readings, busy or not") {
    const auto read = [] { return canonical_json(platform_identity(this_machine())); };
    const std::string known = read();
    std::atomic<bool> enough{false};
    std::atomic<std::uint64_t> burnt{0};
    std::thread load([&] {
        while (!enough) {
            burnt.fetch_add(1, std::memory_order_relaxed);
        }
    });
    for (int i = 0; i < 100; ++i) {
        const std::string again = read();
        REQUIRE(again == known);
    }
    enough = true;
    load.join();
    CHECK(burnt > 0);
    CHECK(read() == known);
    CHECK(fingerprint_of(parse_json(known)->as_object()) ==
          fingerprint_of(platform_identity(this_machine())));
}

TEST_CASE("memory falls into the nearest class, and into the larger of two") {
    constexpr double kGiB = 1024.0 * 1024 * 1024;
    const auto of = [](double gib) {
        return memory_class_gib(static_cast<std::uint64_t>(gib * kGiB));
    };
    CHECK(of(0) == 1);
    CHECK(of(0.4) == 1);
    CHECK(of(3.4) == 3);
    CHECK(of(3.5) == 4);
    CHECK(of(7.6) == 8);
    CHECK(of(23.5) == 24);
    CHECK(of(139.8) == 128);
    CHECK(of(1000) == 1024);
    CHECK(of(9000) == 1024);
}

TEST_CASE("what makes two machines of two identities is named with both values") {
    const json::object one = amd_guest().identity();
    CHECK(identity_differences(one, one).empty());
    PreparedMachine other = amd_guest();
    other.files["proc/meminfo"] = "MemTotal: 8000000 kB\n";
    other.files["proc/cpuinfo"] = "processor : 0\nvendor_id : AuthenticAMD\ncpu family : 25\n"
                                  "model : 1\nstepping : 1\nflags : hypervisor\n";
    const auto differences = identity_differences(one, other.identity());
    CHECK(differences_text(differences) == "cpu.model \"17\" and \"1\", memory_gib 24 and 8");
    json::object later = one;
    later["board"] = "x";
    CHECK(differences_text(identity_differences(one, later)) == "board absent and \"x\"");
    CHECK(differences_text(identity_differences(later, one)) == "board \"x\" and absent");
}

} // namespace platform_identity_test
