#include "measure/run_environment.hpp"
#include "prepared_tree.hpp"

#include <doctest/doctest.h>

namespace run_environment_test {

using namespace assay;
using namespace assay::measure;
using assay::test::Files;
using assay::test::PreparedTree;

namespace {

json::object environment_of(const Files& files) {
    return describe_environment(PreparedTree(files).tree());
}

} // namespace

TEST_CASE("what may change between two runs is read from the kernel") {
    const json::object environment = environment_of(
        {{"proc/sys/kernel/osrelease", "6.1.0-18-amd64\n"},
         {"proc/sys/kernel/version", "#1 SMP Debian 6.1.76-1\n"},
         {"proc/cmdline", "root=/dev/vda1 secret=x isolcpus=2,3 mitigations=off quiet\n"},
         {"proc/cpuinfo", "processor : 0\nmicrocode : 0x1\nflags : fpu tsc constant_tsc\n"},
         {"sys/class/dmi/id/bios_version", "2.5\n"},
         {"sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n"},
         {"sys/devices/system/cpu/intel_pstate/no_turbo", "1\n"},
         {"sys/devices/system/cpu/smt/control", "on\n"},
         {"proc/sys/kernel/randomize_va_space", "2\n"},
         {"sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n"},
         {"sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n"}});
    CHECK(environment.at("kernel") == "6.1.0-18-amd64");
    CHECK(environment.at("kernel_build") == "#1 SMP Debian 6.1.76-1");
    CHECK(write_json(environment.at("kernel_arguments")) ==
          R"(["isolcpus=2,3","mitigations=off"])");
    CHECK(environment.at("microcode") == "0x1");
    CHECK(environment.at("firmware") == "2.5");
    CHECK(environment.at("governor") == "powersave");
    CHECK(environment.at("turbo") == false);
    CHECK(environment.at("smt") == "on");
    CHECK(environment.at("aslr") == true);
    CHECK(environment.at("tsc") == "varying");
    CHECK(environment.at("clock_source") == "tsc");
    CHECK(environment.at("huge_pages") == "madvise");
    CHECK(environment.at("cpu_flags") == "fpu tsc constant_tsc");
}

TEST_CASE("what a machine does not tell is null") {
    const json::object environment = environment_of({});
    for (const char* const key : {"kernel",
                                  "kernel_build",
                                  "microcode",
                                  "firmware",
                                  "governor",
                                  "turbo",
                                  "smt",
                                  "aslr",
                                  "tsc",
                                  "clock_source",
                                  "huge_pages",
                                  "cpu_flags"}) {
        CHECK_MESSAGE(environment.at(key).is_null(), key);
    }
}

TEST_CASE("limits of the control group are told as they are") {
    const json::object environment = environment_of({{"proc/self/cgroup", "0::/\n"},
                                                     {"sys/fs/cgroup/cpu.max", "150000 100000\n"},
                                                     {"sys/fs/cgroup/memory.max", "3758096384\n"}});
    CHECK(environment.at("limits").at("cpu_quota") == 1.5);
    CHECK(environment.at("limits").at("memory_bytes") == 3'758'096'384);
    const json::object none =
        environment_of({{"proc/self/cgroup", "4:memory:/\n"},
                        {"sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"}});
    CHECK(none.at("limits").at("cpu_quota").is_null());
    CHECK(none.at("limits").at("memory_bytes").is_null());
}

TEST_CASE("the environment of this run names compiler and library, and is equal when read twice") {
    const json::object environment = describe_environment();
    CHECK_FALSE(json_string(environment, "compiler").empty());
    CHECK(environment.at("optimised").is_bool());
    CHECK(environment.at("flags").is_string());
    CHECK(json_string(environment, "libc").starts_with("glibc "));
    CHECK(canonical_json(describe_environment()) == canonical_json(environment));
}

TEST_CASE("load is the first figure of loadavg or nothing") {
    CHECK(load_average(
              PreparedTree(Files{{"proc/loadavg", "0.52 0.40 0.30 1/99 1234\n"}}).tree()) == 0.52);
    CHECK_FALSE(load_average(PreparedTree(Files{{"proc/loadavg", "busy\n"}}).tree()).has_value());
    CHECK_FALSE(load_average(PreparedTree().tree()).has_value());
}

} // namespace run_environment_test
