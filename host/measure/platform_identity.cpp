#include "measure/platform_identity.hpp"

#include "measure/control_group.hpp"
#include "measure/processor.hpp"
#include "measure/surroundings.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::measure {
namespace {

constexpr std::array<std::int64_t, 20> kMemoryClasses{
    1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024};

// The CPUs to speak of, where the kernel does not tell the affinity.
std::vector<unsigned> cpus_of(const PlatformSources& sources) {
    if (!sources.allowed_cpus.empty()) {
        return sources.allowed_cpus;
    }
    auto online = cpu_list(sources.tree.line("sys/devices/system/cpu/online").value_or(""));
    return online.empty() ? std::vector<unsigned>{0} : online;
}

// Usually whole; two threads of one core and one of another are three by two.
json::value threads_per_core(const Topology& topology) {
    return topology.cpus % topology.cores == 0 ? json_count(topology.cpus / topology.cores)
                                               : json_number(static_cast<double>(topology.cpus) /
                                                             static_cast<double>(topology.cores));
}

json::value quota_of(const SystemTree& tree) {
    const CpuQuota quota = cpu_quota(control_groups(tree.root(), "cpu"));
    return quota.cpus ? json_count(static_cast<std::uint64_t>(std::ceil(*quota.cpus)))
                      : json::value(nullptr);
}

json::value memory_of(const SystemTree& tree) {
    const auto total_kb = value_of(tree.text("proc/meminfo").value_or(""), "MemTotal");
    const auto limit = memory_limit_bytes(control_groups(tree.root(), "memory"));
    if (!total_kb || *total_kb <= 0) {
        return limit ? json::value(memory_class_gib(*limit)) : json::value(nullptr);
    }
    const auto total = static_cast<std::uint64_t>(*total_kb) << 10;
    return memory_class_gib(std::min(total, limit.value_or(total)));
}

json::array cache_list(const std::vector<Cache>& caches) {
    json::array list;
    for (const Cache& cache : caches) {
        list.push_back(json::object{{"level", cache.level},
                                    {"type", json_text(cache.type)},
                                    {"kib", json_count(cache.bytes >> 10)},
                                    {"shared_by", json_count(cache.shared_by)}});
    }
    return list;
}

json::array gpu_list(const std::vector<Gpu>& gpus) {
    json::array list;
    for (const Gpu& gpu : gpus) {
        list.push_back(json::object{{"model", json_text(gpu.model)},
                                    {"memory_gib", memory_class_gib(gpu.memory_bytes)}});
    }
    return list;
}

// The distribution and its major version: minor ones arrive with any update.
json::object system_of(const SystemTree& tree) {
    auto text = tree.text("etc/os-release");
    if (!text) {
        text = tree.text("usr/lib/os-release");
    }
    std::string id;
    std::string version;
    for (const std::string& line : split(text.value_or(""), '\n')) {
        const std::size_t equals = line.find('=');
        std::string value = equals == std::string::npos ? "" : line.substr(equals + 1);
        std::erase_if(value, [](char c) { return c == '"' || c == '\'' || c == '\r'; });
        if (line.starts_with("ID=")) {
            id = value;
        } else if (line.starts_with("VERSION_ID=")) {
            version = value.substr(0, value.find('.'));
        }
    }
    return {{"id", json_text(id)}, {"version", json_text(version)}};
}

std::string json_at_key(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? "absent" : canonical_json(*value);
}

void compare_field(std::string_view key,
                   const json::object& before,
                   const json::object& after,
                   std::vector<IdentityDifference>& into) {
    const json::value* left = before.if_contains(key);
    const json::value* right = after.if_contains(key);
    if (left != nullptr && right != nullptr && left->is_object() && right->is_object()) {
        for (const IdentityDifference& inner :
             identity_differences(left->get_object(), right->get_object())) {
            into.push_back({std::string(key) + "." + inner.field, inner.before, inner.after});
        }
    } else if (json_at_key(before, key) != json_at_key(after, key)) {
        into.push_back({std::string(key), json_at_key(before, key), json_at_key(after, key)});
    }
}

} // namespace

std::int64_t memory_class_gib(std::uint64_t bytes) noexcept {
    const double gib = static_cast<double>(bytes) / static_cast<double>(std::uint64_t{1} << 30);
    const auto farther = [&](std::int64_t left, std::int64_t right) {
        return std::abs(static_cast<double>(left) - gib) <
               std::abs(static_cast<double>(right) - gib);
    };
    // Backwards, so that of two that are as near the larger is met first.
    return *std::min_element(kMemoryClasses.rbegin(), kMemoryClasses.rend(), farther);
}

json::object platform_identity(const PlatformSources& sources) {
    const SystemTree& tree = sources.tree;
    const std::vector<unsigned> cpus = cpus_of(sources);
    const Processor processor = read_processor(tree, cpus);
    const Topology topology = available_topology(tree, cpus);
    json::object identity;
    identity["arch"] = json_text(sources.architecture);
    identity["cpu"] = json::object{{"vendor", json_text(processor.vendor)},
                                   {"family", json_text(processor.family)},
                                   {"model", json_text(processor.model)},
                                   {"stepping", json_text(processor.stepping)}};
    identity["sockets"] = json_count(topology.sockets);
    identity["cores"] = json_count(topology.cores);
    identity["threads_per_core"] = threads_per_core(topology);
    identity["numa_nodes"] = json_count(topology.numa_nodes);
    identity["cpu_quota"] = quota_of(tree);
    identity["caches"] = cache_list(caches_of(tree, cpus));
    identity["memory_gib"] = memory_of(tree);
    identity["gpus"] = gpu_list(sources.gpus);
    identity["os"] = system_of(tree);
    const auto virtualisation = virtualisation_kind(sources, processor);
    identity["virtualisation"] =
        virtualisation ? json::value(*virtualisation) : json::value(nullptr);
    identity["container"] = container_kind(sources);
    identity["ci"] = ci_kind(sources.environment);
    return identity;
}

std::string fingerprint_of(const json::object& identity) {
    return sha256_of(canonical_json(identity));
}

std::vector<IdentityDifference> identity_differences(const json::object& before,
                                                     const json::object& after) {
    std::vector<IdentityDifference> differences;
    for (const json::key_value_pair& field : before) {
        compare_field(field.key(), before, after, differences);
    }
    for (const json::key_value_pair& field : after) {
        if (!before.contains(field.key())) {
            compare_field(field.key(), before, after, differences);
        }
    }
    return differences;
}

std::string differences_text(const std::vector<IdentityDifference>& differences) {
    std::string text;
    for (const IdentityDifference& one : differences) {
        text += (text.empty() ? "" : ", ") + one.field + " " + one.before + " and " + one.after;
    }
    return text;
}

} // namespace assay::measure
