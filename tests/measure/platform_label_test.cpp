#include "measure/platform_label.hpp"
#include "prepared_machines.hpp"

#include <doctest/doctest.h>

namespace platform_label_test {

using namespace assay;
using namespace assay::measure;

namespace {

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;

std::string label(const PreparedMachine& machine) {
    return label_of(machine.identity());
}

} // namespace

TEST_CASE("a label says processor, CPUs, memory and what it runs inside of") {
    CHECK(label(amd_guest()) == "epyc-9xx4_2c_24GiB_kvm");
    CHECK(label(intel_server()) == "xeon-icelake_8c16t_256GiB");
    CHECK(label(arm_guest()) == "neoverse-n1_4c_16GiB_kvm");
    PreparedMachine job = amd_guest();
    job.files[".dockerenv"] = "";
    job.environment["GITHUB_ACTIONS"] = "true";
    CHECK(label(job) == "epyc-9xx4_2c_24GiB_kvm_docker_github");
}

TEST_CASE("a label counts the CPUs that a quota leaves") {
    PreparedMachine machine = intel_server();
    machine.files["proc/self/cgroup"] = "0::/\n";
    machine.files["sys/fs/cgroup/cpu.max"] = "150000 100000\n";
    CHECK(label(machine) == "xeon-icelake_2c_256GiB");
    machine.files["sys/fs/cgroup/cpu.max"] = "6400000 100000\n"; // more than there are
    CHECK(label(machine) == "xeon-icelake_8c16t_256GiB");
}

TEST_CASE("a label names the GPUs, or how many there are of several kinds") {
    PreparedMachine machine = intel_server();
    machine.gpus = {{.model = "NVIDIA H200", .memory_bytes = 140 * kGiB}};
    CHECK(label(machine) == "xeon-icelake_8c16t_256GiB_h200");
    machine.gpus.push_back(machine.gpus.front());
    CHECK(label(machine) == "xeon-icelake_8c16t_256GiB_2xh200");
    machine.gpus[1].model = "NVIDIA GeForce RTX 4090";
    CHECK(label(machine) == "xeon-icelake_8c16t_256GiB_2xgpu");
}

TEST_CASE("a processor without a name here is called by its numbers") {
    const auto name = [](const char* vendor, const char* family, const char* model) {
        return processor_name(
            {{"arch", "riscv64"},
             {"cpu", json::object{{"vendor", vendor}, {"family", family}, {"model", model}}}});
    };
    CHECK(name("GenuineIntel", "6", "250") == "intel-6-250");
    CHECK(name("AuthenticAMD", "99", "1") == "amd-99-1");
    CHECK(name("0x41", "8", "0xfff") == "arm-0xfff");
    CHECK(name("0x46", "8", "0x001") == "arm-0x46-0x001");
    CHECK(name("Some Maker/../", "", "") == "some-maker..");
    CHECK(processor_name({{"arch", "riscv64"}}) == "riscv64");
}

TEST_CASE("a label given by hand replaces the label alone") {
    PreparedMachine machine = amd_guest();
    const json::object identity = machine.identity();
    machine.environment["PERFORMANCE_PLATFORM"] = "lab machine 7";
    CHECK(machine.identity() == identity);
    const auto with = [&](const std::string& text) {
        machine.environment["PERFORMANCE_PLATFORM"] = text;
        return platform_label(machine.sources(SystemTree("/nowhere")).environment, identity);
    };
    CHECK(with("lab machine 7") == "lab machine 7");
    CHECK(with("two\nlines") == "epyc-9xx4_2c_24GiB_kvm");
}

TEST_CASE("a label is short, printable text") {
    CHECK(check_label("lab machine 7").ok());
    CHECK(check_label("Größe").ok());
    CHECK(check_label(std::string(100, 'a')).ok());
    for (const std::string& wrong :
         {std::string(101, 'a'), std::string("a\nb"), std::string("\xff"), std::string()}) {
        const Status status = check_label(wrong);
        REQUIRE_FALSE(status.ok());
        CHECK(status.error().kind == ErrorKind::usage);
        CHECK(status.error().message.find("PERFORMANCE_PLATFORM") != std::string::npos);
    }
}

} // namespace platform_label_test
