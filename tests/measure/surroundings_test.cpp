#include "measure/surroundings.hpp"
#include "prepared_machines.hpp"

#include <doctest/doctest.h>

namespace surroundings_test {

using namespace assay;
using namespace assay::measure;

namespace {

std::string virtualisation(const PreparedMachine& machine) {
    const json::value kind = machine.identity().at("virtualisation");
    return kind.is_null() ? "null" : std::string(std::string_view(kind.as_string()));
}

std::string container(const PreparedMachine& machine) {
    return json_string(machine.identity(), "container");
}

std::string ci(std::map<std::string, std::string> environment) {
    PreparedMachine machine = amd_guest();
    machine.environment = std::move(environment);
    return json_string(machine.identity(), "ci");
}

PreparedMachine with(const std::string& file, const std::string& text) {
    PreparedMachine machine = amd_guest();
    machine.files[file] = text;
    return machine;
}

} // namespace

TEST_CASE("hypervisors are known by what the processor shows") {
    PreparedMachine machine = amd_guest();
    for (const auto& [signature, kind] : {std::pair{"KVMKVMKVM", "kvm"},
                                          std::pair{"Microsoft Hv", "hyperv"},
                                          std::pair{"VMwareVMware", "vmware"},
                                          std::pair{"XenVMMXenVMM", "xen"},
                                          std::pair{"SomethingNew", "other"},
                                          std::pair{"", "other"}}) {
        machine.hypervisor = signature;
        CHECK(virtualisation(machine) == kind);
    }
}

TEST_CASE("hypervisors that the processor does not name are known by the firmware") {
    PreparedMachine machine = arm_guest();
    for (const auto& [vendor, product, kind] :
         {std::tuple{"QEMU", "QEMU Virtual Machine", "qemu"},
          std::tuple{"Amazon EC2", "m6g.xlarge", "kvm"},
          std::tuple{"Amazon EC2", "m6g.metal", "none"},
          std::tuple{"Google", "Google Compute Engine", "kvm"},
          std::tuple{"Microsoft Corporation", "Virtual Machine", "hyperv"},
          std::tuple{"Ampere", "Mt. Jade", "none"}}) {
        machine.files["sys/class/dmi/id/sys_vendor"] = vendor;
        machine.files["sys/class/dmi/id/product_name"] = product;
        CHECK_MESSAGE(virtualisation(machine) == kind, product);
    }
}

TEST_CASE("where a device tree describes the machine it tells of a hypervisor too") {
    PreparedMachine machine = arm_guest();
    machine.files.erase("sys/class/dmi/id/sys_vendor");
    machine.files.erase("sys/class/dmi/id/product_name");
    CHECK(virtualisation(machine) == "null");
    machine.files["proc/device-tree/model"] = "Raspberry Pi 5\n";
    CHECK(virtualisation(machine) == "none");
    machine.files["proc/device-tree/hypervisor/compatible"] = std::string("linux,kvm\0", 10);
    CHECK(virtualisation(machine) == "kvm");
}

TEST_CASE("Windows' subsystem is told from the hypervisor below it, and is no container") {
    PreparedMachine machine =
        with("proc/sys/kernel/osrelease", "5.15.167.4-microsoft-standard-WSL2\n");
    machine.hypervisor = "Microsoft Hv";
    machine.files["run/systemd/container"] = "wsl\n";
    CHECK(virtualisation(machine) == "wsl");
    CHECK(container(machine) == "none");
}

TEST_CASE("containers are known by the marks that their makers leave") {
    CHECK(container(amd_guest()) == "none");
    CHECK(container(with(".dockerenv", "")) == "docker");
    CHECK(container(with("proc/self/cgroup", "3:cpu:/docker/0123abc\n")) == "docker");
    CHECK(container(with("run/.containerenv", "")) == "podman");
    CHECK(container(with("run/systemd/container", "lxc\n")) == "lxc");
    CHECK(container(with("run/systemd/container", "systemd-nspawn\n")) == "other");
    PreparedMachine by_variable = amd_guest();
    by_variable.environment["container"] = "podman";
    CHECK(container(by_variable) == "podman");
}

TEST_CASE("a pod is Kubernetes' whatever runs its containers") {
    PreparedMachine pod = with(".dockerenv", "");
    pod.environment["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
    CHECK(container(pod) == "kubernetes");
    CHECK(container(with("proc/self/cgroup", "0::/kubepods.slice/kubepods-pod1.slice/cri-1\n")) ==
          "kubernetes");
    CHECK(container(with("var/run/secrets/kubernetes.io/serviceaccount/token", "x")) ==
          "kubernetes");
}

TEST_CASE("a container's name and number are not part of the identity") {
    CHECK(with("proc/self/cgroup", "3:cpu:/docker/0123abc\n").identity() ==
          with("proc/self/cgroup", "3:cpu:/docker/99999ff\n").identity());
}

TEST_CASE("CI services are known by their variables") {
    CHECK(ci({}) == "none");
    CHECK(ci({{"GITHUB_ACTIONS", "true"}, {"CI", "true"}}) == "github");
    CHECK(ci({{"GITLAB_CI", "true"}, {"CI", "true"}}) == "gitlab");
    CHECK(ci({{"RUNPOD_POD_ID", "abc"}}) == "runpod");
    CHECK(ci({{"CI", "1"}}) == "other");
    CHECK(ci({{"JENKINS_URL", "https://ci.example.org"}}) == "other");
    CHECK(ci({{"CI", "false"}}) == "none");
    CHECK(ci({{"GITHUB_ACTIONS", "false"}}) == "none");
}

TEST_CASE("the number of a job is not part of the identity") {
    PreparedMachine first = amd_guest();
    first.environment = {{"GITHUB_ACTIONS", "true"}, {"GITHUB_RUN_ID", "1"}};
    PreparedMachine second = first;
    second.environment["GITHUB_RUN_ID"] = "2";
    CHECK(first.identity() == second.identity());
}

TEST_CASE("what started a CI job is told in its provider's word") {
    const auto trigger = [](std::map<std::string, std::string> environment) {
        PreparedMachine machine;
        machine.environment = std::move(environment);
        return ci_trigger(machine.sources(SystemTree("/nowhere")).environment);
    };
    CHECK(trigger({{"GITHUB_EVENT_NAME", "pull_request"}}) == "pull_request");
    CHECK(trigger({{"CI_PIPELINE_SOURCE", "schedule"}}) == "schedule");
    CHECK_FALSE(trigger({}).has_value());
    CHECK_FALSE(trigger({{"GITHUB_EVENT_NAME", "\xff"}}).has_value());
}

} // namespace surroundings_test
