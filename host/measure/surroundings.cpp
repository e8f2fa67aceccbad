#include "measure/surroundings.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace assay::measure {
namespace {

struct Sign {
    std::string_view text, kind;
};

// What CPUID shows to a guest.
constexpr std::array kSignatures{Sign{"KVMKVMKVM", "kvm"},
                                 Sign{"Linux KVM Hv", "kvm"},
                                 Sign{"Microsoft Hv", "hyperv"},
                                 Sign{"VMwareVMware", "vmware"},
                                 Sign{"XenVMMXenVMM", "xen"},
                                 Sign{"TCGTCGTCGTCG", "qemu"},
                                 Sign{"VBoxVBoxVBox", "virtualbox"},
                                 Sign{"bhyve bhyve", "bhyve"},
                                 Sign{"ACRNACRNACRN", "acrn"},
                                 Sign{"prl hyperv", "parallels"}};

// How the firmware's names of maker and product begin.
constexpr std::array kFirmware{Sign{"KVM", "kvm"},
                               Sign{"OpenStack", "kvm"},
                               Sign{"KubeVirt", "kvm"},
                               Sign{"Google Compute Engine", "kvm"},
                               Sign{"Amazon EC2", "kvm"},
                               Sign{"QEMU", "qemu"},
                               Sign{"Bochs", "qemu"},
                               Sign{"VMware", "vmware"},
                               Sign{"VirtualBox", "virtualbox"},
                               Sign{"innotek GmbH", "virtualbox"},
                               Sign{"Xen", "xen"},
                               Sign{"Parallels", "parallels"},
                               Sign{"BHYVE", "bhyve"},
                               Sign{"Virtual Machine", "hyperv"},
                               Sign{"Apple Virtualization", "apple"}};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::optional<std::string> by_signature(std::string_view signature) {
    for (const Sign& sign : kSignatures) {
        if (trim(signature).starts_with(sign.text)) {
            return std::string(sign.kind);
        }
    }
    return std::nullopt;
}

// Nothing where the firmware gives no name; "none" where it gives one that is no hypervisor's.
std::optional<std::string> by_firmware(const SystemTree& tree) {
    std::optional<std::string> kind;
    for (const char* const name : {"product_name", "sys_vendor", "board_vendor", "bios_vendor"}) {
        const auto text = tree.line("sys/class/dmi/id/" + std::string(name));
        if (!text) {
            continue;
        }
        if (contains(*text, ".metal")) {
            return "none"; // a whole machine of a maker who else rents guests
        }
        kind = kind.value_or("none");
        for (const Sign& sign : kFirmware) {
            if (text->starts_with(sign.text)) {
                return std::string(sign.kind);
            }
        }
    }
    return kind;
}

// Machines that are described by a device tree instead.
std::optional<std::string> by_device_tree(const SystemTree& tree) {
    const std::string compatible = tree.text("proc/device-tree/hypervisor/compatible").value_or("");
    for (const std::string_view kind : {"kvm", "xen", "vmware"}) {
        if (contains(compatible, kind)) {
            return std::string(kind);
        }
    }
    return tree.exists("proc/device-tree") ? std::optional<std::string>("none") : std::nullopt;
}

bool is_windows_subsystem(const SystemTree& tree) {
    std::string release = tree.line("proc/sys/kernel/osrelease").value_or("");
    return contains(release, "microsoft") || contains(release, "Microsoft") ||
           contains(release, "WSL");
}

bool is_set(const Environment& environment, const char* name) {
    const auto value = environment(name);
    return value && *value != "false" && *value != "0";
}

} // namespace

std::optional<std::string> virtualisation_kind(const PlatformSources& sources,
                                               const Processor& processor) {
    if (is_windows_subsystem(sources.tree)) {
        return "wsl";
    }
    if (auto kind = by_signature(sources.hypervisor)) {
        return kind;
    }
    if (sources.tree.line("sys/hypervisor/type") == "xen") {
        return "xen";
    }
    auto named = by_firmware(sources.tree);
    if (!named) {
        named = by_device_tree(sources.tree);
    }
    const bool is_guest = !sources.hypervisor.empty() ||
                          std::ranges::find(processor.flags, "hypervisor") != processor.flags.end();
    if (is_guest) {
        return named && *named != "none" ? named : "other";
    }
    const bool would_tell = contains(sources.architecture, "86") && !processor.flags.empty();
    return named || !would_tell ? named : "none";
}

std::string container_kind(const PlatformSources& sources) {
    const SystemTree& tree = sources.tree;
    const std::string groups = tree.text("proc/self/cgroup").value_or("");
    const std::string by_init = tree.line("run/systemd/container").value_or("");
    const std::string by_variable = sources.environment("container").value_or("");
    const auto named = [&](std::string_view kind) {
        return by_init == kind || by_variable == kind;
    };
    if (sources.environment("KUBERNETES_SERVICE_HOST") || contains(groups, "kubepods") ||
        tree.exists("var/run/secrets/kubernetes.io")) {
        return "kubernetes";
    }
    if (named("podman") || tree.exists("run/.containerenv") || contains(groups, "libpod")) {
        return "podman";
    }
    if (named("docker") || tree.exists(".dockerenv") || contains(groups, "/docker")) {
        return "docker";
    }
    if (named("lxc") || tree.exists("dev/lxd/sock") || contains(groups, "/lxc")) {
        return "lxc";
    }
    const bool other =
        (!by_init.empty() && by_init != "wsl") || (!by_variable.empty() && by_variable != "wsl");
    return other ? "other" : "none";
}

std::string ci_kind(const Environment& environment) {
    if (is_set(environment, "GITHUB_ACTIONS")) {
        return "github";
    }
    if (is_set(environment, "GITLAB_CI")) {
        return "gitlab";
    }
    if (environment("RUNPOD_POD_ID")) {
        return "runpod";
    }
    for (const char* const name :
         {"CI", "JENKINS_URL", "BUILDKITE", "CIRCLECI", "TEAMCITY_VERSION", "TF_BUILD"}) {
        if (is_set(environment, name)) {
            return "other";
        }
    }
    return "none";
}

std::optional<std::string> ci_trigger(const Environment& environment) {
    for (const char* const name : {"GITHUB_EVENT_NAME",
                                   "CI_PIPELINE_SOURCE",
                                   "BUILDKITE_SOURCE",
                                   "BUILD_REASON",
                                   "TRAVIS_EVENT_TYPE"}) {
        if (auto value = environment(name); value && is_utf8(*value)) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace assay::measure
