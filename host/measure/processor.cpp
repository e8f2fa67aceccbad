#include "measure/processor.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace assay::measure {
namespace {

using Fields = std::map<std::string, std::string>;

std::string field(const Fields& fields, const char* key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string{} : found->second;
}

// The lines "key : value" of every processor, whose blocks are divided by empty lines.
std::vector<Fields> processors(const SystemTree& tree) {
    std::vector<Fields> all(1);
    for (const std::string& line : split(tree.text("proc/cpuinfo").value_or(""), '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos) {
            all.back().emplace(trim(std::string_view(line).substr(0, colon)),
                               trim(std::string_view(line).substr(colon + 1)));
        } else if (!all.back().empty()) {
            all.emplace_back();
        }
    }
    return all;
}

// Those of one CPU; of the first that is listed where it is not among them.
Fields processor_of(const std::vector<Fields>& all, unsigned cpu) {
    const auto found = std::ranges::find_if(
        all, [&](const Fields& one) { return field(one, "processor") == std::to_string(cpu); });
    return found != all.end() ? *found : all.front();
}

// "0x3" and "1" -> "r3p1"
std::string arm_revision(const Fields& fields) {
    std::string variant = field(fields, "CPU variant");
    if (variant.starts_with("0x")) {
        variant.erase(0, 2);
    }
    const std::string revision = field(fields, "CPU revision");
    return variant.empty() && revision.empty() ? "" : "r" + variant + "p" + revision;
}

std::string cpu_file(unsigned cpu, std::string_view name) {
    return "sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/" + std::string(name);
}

struct Place {
    std::string socket, core; // equal texts are the same one
};

// The kernel's topology; of /proc/cpuinfo where there is none; else each CPU is a core.
Place place_of(const SystemTree& tree, const std::vector<Fields>& listed, unsigned cpu) {
    const auto socket = tree.line(cpu_file(cpu, "topology/physical_package_id"));
    auto core = tree.line(cpu_file(cpu, "topology/core_cpus_list"));
    if (!core) {
        core = tree.line(cpu_file(cpu, "topology/thread_siblings_list"));
    }
    if (core) {
        return {.socket = socket.value_or("0"), .core = *core};
    }
    const Fields fields = processor_of(listed, cpu);
    if (const std::string id = field(fields, "core id"); !id.empty()) {
        const std::string of = field(fields, "physical id");
        return {.socket = of, .core = of + ":" + id};
    }
    return {.socket = "0", .core = "cpu" + std::to_string(cpu)};
}

std::size_t nodes_with(const SystemTree& tree, const std::vector<unsigned>& cpus) {
    const std::string folder = "sys/devices/system/node/";
    std::size_t nodes = 0;
    for (const unsigned node : cpu_list(tree.line(folder + "online").value_or(""))) {
        const auto own =
            cpu_list(tree.line(folder + "node" + std::to_string(node) + "/cpulist").value_or(""));
        nodes += std::ranges::find_first_of(own, cpus) != own.end() ? 1 : 0;
    }
    return std::max<std::size_t>(1, nodes); // a kernel without NUMA has one memory
}

// "32768K" -> 33554432
std::uint64_t size_of(std::string_view text) {
    const std::size_t digits = text.find_first_not_of("0123456789");
    const auto number = to_int64(text.substr(0, digits));
    if (!number || *number <= 0 || *number > (std::int64_t{1} << 40)) {
        return 0;
    }
    const char unit = digits == std::string_view::npos ? 'B' : text[digits];
    const int shift = unit == 'K' ? 10 : unit == 'M' ? 20 : unit == 'G' ? 30 : 0;
    return static_cast<std::uint64_t>(*number) << shift;
}

std::string lower(std::string text) {
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

Processor read_processor(const SystemTree& tree, const std::vector<unsigned>& cpus) {
    const Fields fields = processor_of(processors(tree), cpus.empty() ? 0 : cpus.front());
    Processor processor{.vendor = field(fields, "vendor_id"),
                        .family = field(fields, "cpu family"),
                        .model = field(fields, "model"),
                        .stepping = field(fields, "stepping"),
                        .model_name = field(fields, "model name"),
                        .flags = words_of(field(fields, "flags")),
                        .microcode = field(fields, "microcode")};
    if (const std::string implementer = field(fields, "CPU implementer"); !implementer.empty()) {
        processor.vendor = implementer;
        processor.family = field(fields, "CPU architecture");
        processor.model = field(fields, "CPU part");
        processor.stepping = arm_revision(fields);
        processor.flags = words_of(field(fields, "Features"));
    }
    return processor;
}

Topology available_topology(const SystemTree& tree, const std::vector<unsigned>& cpus) {
    const std::vector<Fields> listed = processors(tree);
    std::set<std::string> sockets;
    std::set<std::string> cores;
    for (const unsigned cpu : cpus) {
        const Place place = place_of(tree, listed, cpu);
        sockets.insert(place.socket);
        cores.insert(place.core);
    }
    return {.sockets = std::max<std::size_t>(1, sockets.size()),
            .cores = std::max<std::size_t>(1, cores.size()),
            .cpus = std::max<std::size_t>(1, cpus.size()),
            .numa_nodes = nodes_with(tree, cpus)};
}

std::vector<Cache> caches_of(const SystemTree& tree, const std::vector<unsigned>& cpus) {
    constexpr int kIndexesMax = 16;
    std::set<Cache> kinds;
    for (const unsigned cpu : cpus) {
        for (int index = 0; index < kIndexesMax; ++index) {
            const std::string folder = cpu_file(cpu, "cache/index" + std::to_string(index) + "/");
            const auto level = tree.number(folder + "level");
            if (!level) {
                break;
            }
            const auto sharing = cpu_list(tree.line(folder + "shared_cpu_list").value_or(""));
            kinds.insert({.level = *level,
                          .type = lower(tree.line(folder + "type").value_or("")),
                          .bytes = size_of(tree.line(folder + "size").value_or("")),
                          .shared_by = std::max<std::size_t>(1, sharing.size())});
        }
    }
    return {kinds.begin(), kinds.end()};
}

} // namespace assay::measure
