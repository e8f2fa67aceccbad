#include "measure/platform.hpp"

#include "measure/platform_identity.hpp"
#include "measure/platform_label.hpp"
#include "measure/processor.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::measure {
namespace {

// The value of PRETTY_NAME="value" in /etc/os-release.
std::string system_name(const SystemTree& tree) {
    constexpr std::string_view kKey = "PRETTY_NAME=";
    for (const std::string& line : split(tree.text("etc/os-release").value_or(""), '\n')) {
        if (line.starts_with(kKey)) {
            std::string name = line.substr(kKey.size());
            std::erase(name, '"');
            return name;
        }
    }
    return {};
}

json::value memory_bytes(const SystemTree& tree) {
    const auto total_kb = value_of(tree.text("proc/meminfo").value_or(""), "MemTotal");
    return total_kb && *total_kb > 0 ? json_count(static_cast<std::uint64_t>(*total_kb) << 10)
                                     : json::value(nullptr);
}

json::value l2_bytes(const SystemTree& tree, const std::vector<unsigned>& cpus) {
    const std::vector<Cache> caches = caches_of(tree, cpus);
    const auto second = std::ranges::find(caches, 2, &Cache::level);
    return second != caches.end() ? json_count(second->bytes) : json::value(nullptr);
}

json::value virtual_state(const Processor& processor) {
    return processor.flags.empty() ? json::value(nullptr)
                                   : json::value(std::ranges::find(processor.flags, "hypervisor") !=
                                                 processor.flags.end());
}

} // namespace

json::object describe_platform(const PlatformSources& sources) {
    const SystemTree& tree = sources.tree;
    const json::object identity = platform_identity(sources);
    const std::string fingerprint = fingerprint_of(identity);
    const Processor processor = read_processor(tree, sources.allowed_cpus);
    json::object platform;
    platform["id"] = fingerprint;
    platform["label"] = platform_label(sources.environment, identity);
    platform["fingerprint"] = fingerprint;
    platform["identity"] = identity;
    platform["arch"] = json_text(sources.architecture);
    platform["os"] = json_text(system_name(tree));
    platform["cpu"] = json::object{{"model", json_text(processor.model_name)},
                                   {"vendor", json_text(processor.vendor)},
                                   {"family", json_text(processor.family)},
                                   {"cores", json_count(sources.allowed_cpus.size())}};
    platform["memory_bytes"] = memory_bytes(tree);
    platform["l2_bytes"] = l2_bytes(tree, sources.allowed_cpus);
    platform["virtual"] = virtual_state(processor);
    return platform;
}

} // namespace assay::measure
