// What a process runs inside of: a virtual machine, a container, a CI service. All three decide on
// how fast things are, and are part of a platform's identity.
//
//   const std::string kind = container_kind(sources);        // "docker"
//
// Pure functions of what is read; callable from any thread.
#pragma once

#include "measure/platform_sources.hpp"
#include "measure/processor.hpp"

#include <optional>
#include <string>

namespace assay::measure {

// "none", "kvm", "hyperv", "vmware", "xen", "qemu", "virtualbox", "wsl", ...; "other" where there
// is a hypervisor that gives no name. Nothing where the machine does not tell.
[[nodiscard]] std::optional<std::string> virtualisation_kind(const PlatformSources& sources,
                                                             const Processor& processor);

// "none", "docker", "podman", "lxc", "kubernetes", "other"
[[nodiscard]] std::string container_kind(const PlatformSources& sources);

// "none", "github", "gitlab", "runpod", "other"
[[nodiscard]] std::string ci_kind(const Environment& environment);

// What started the CI job, in its provider's word ("push", "schedule", "merge_request_event").
[[nodiscard]] std::optional<std::string> ci_trigger(const Environment& environment);

} // namespace assay::measure
