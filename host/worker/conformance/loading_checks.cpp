// L1 to L6: the library as a library, before any suite of it is asked for anything.
#include "measure/abi_field.hpp"
#include "measure/clock.hpp"
#include "measure/describe_family.hpp"
#include "measure/host_services.hpp"
#include "support/plugin_library.hpp"
#include "support/text.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/host_table.hpp"
#include "worker/conformance/plugin_under_check.hpp"
#include "worker/conformance/process_state.hpp"

#include <algorithm>
#include <set>

namespace assay::worker::conformance {
namespace {

constexpr std::uint64_t kLoadingNsMax = 100'000'000;
constexpr std::uint32_t kProvidedMax = 256;

// The entry and what it returns, without any of the host's own checks; nothing: the check is
// skipped, L1 says why.
struct Opened {
    assay_entry_fn entry = nullptr;
    const assay_plugin* plugin = nullptr;
};

Opened open_plugin(CheckContext& context) {
    const Result<EntryPoint> entry = open_entry(context.path);
    if (!entry) {
        context.report.skip("cannot be loaded: " + entry.error().message);
        return {};
    }
    const assay_plugin* const plugin = entry->call(&checking_host());
    if (plugin == nullptr) {
        context.report.skip("its entry function returned NULL");
    }
    return {entry->call, plugin};
}

bool has_whole_struct(const assay_plugin& plugin) noexcept {
    return plugin.struct_size >= sizeof(assay_plugin) &&
           plugin.struct_size <= measure::kAbiStructBytesMax;
}

std::string text_of(assay_str text) {
    return measure::copy_text(text, 512);
}

void check_version_fields(measure::CheckReport& report, const assay_plugin& plugin) {
    if (plugin.min_host_minor > ASSAY_ABI_MINOR) {
        report.error("assay_plugin.min_host_minor asks for ABI 1." +
                     std::to_string(plugin.min_host_minor) + ", this host speaks 1." +
                     std::to_string(ASSAY_ABI_MINOR));
    }
    if (plugin.min_host_minor > plugin.abi_minor) {
        report.error("assay_plugin.min_host_minor is " + std::to_string(plugin.min_host_minor) +
                     ", more than its own abi_minor " + std::to_string(plugin.abi_minor));
    }
    if (plugin.n_provided == 0) {
        report.warn("assay_plugin.n_provided is 0: the plugin provides nothing");
    }
}

// What the manifest in the struct says against the struct. That it equals the section's bytes is
// seen by the host, which reads the file: it gets the text as a fact.
void check_manifest(CheckContext& context, const assay_plugin& plugin) {
    measure::CheckReport& report = context.report;
    const std::string text = measure::copy_text(plugin.manifest);
    const Result<json::value> manifest = parse_json(text);
    if (!manifest || !manifest->is_object()) {
        report.error("assay_plugin.manifest is no JSON object");
        return;
    }
    report.facts["manifest"] = text;
    const json::object& fields = manifest->get_object();
    for (const auto& [field, value] :
         {std::pair{"id", plugin.id}, std::pair{"version", plugin.version}}) {
        if (json_string(fields, field) != text_of(value)) {
            report.error(std::string("assay_plugin.") + field + " is '" + text_of(value) +
                         "', the manifest says '" + json_string(fields, field) + "'");
        }
    }
    std::set<std::string> declared;
    if (const json::value* const provides = json_at(*manifest, "/provides");
        provides != nullptr && provides->is_array()) {
        for (const json::value& one : provides->get_array()) {
            if (one.is_object()) {
                declared.insert(json_string(one.get_object(), "kind") + " " +
                                json_string(one.get_object(), "name"));
            }
        }
    }
    std::set<std::string> provided;
    for (std::uint32_t i = 0; i < plugin.n_provided; ++i) {
        provided.insert(text_of(plugin.provided[i].kind) + " " + text_of(plugin.provided[i].name));
    }
    if (declared != provided) {
        report.error("assay_plugin.provided and the manifest's 'provides' are not the same");
    }
}

void check_interface_sizes(measure::CheckReport& report, const assay_plugin& plugin) {
    for (std::uint32_t i = 0; i < plugin.n_provided; ++i) {
        const assay_provided& one = plugin.provided[i];
        const std::string field = "assay_plugin.provided[" + std::to_string(i) + "].iface";
        if (one.iface == nullptr) {
            report.error(field + " is NULL");
            continue;
        }
        const std::string_view kind = view(one.kind);
        const std::size_t expected = kind == ASSAY_KIND_SUITE      ? sizeof(assay_suite_v1)
                                     : kind == ASSAY_KIND_REPORTER ? sizeof(assay_reporter_v1)
                                     : kind == ASSAY_KIND_IMPORTER ? sizeof(assay_importer_v1)
                                                                   : 0;
        const std::uint32_t size = *static_cast<const std::uint32_t*>(one.iface);
        if (expected != 0 && (size < expected || size > measure::kAbiStructBytesMax)) {
            report.error(field + "->struct_size is " + std::to_string(size) + ", expected " +
                         std::to_string(expected) + " or a little more");
        } else if (kind == ASSAY_KIND_SUITE) {
            const Status usable = measure::check_interface(
                text_of(one.name), *static_cast<const assay_suite_v1*>(one.iface));
            if (!usable) {
                report.error(usable.error().message);
            }
        }
    }
}

bool is_reverse_dns(const std::string& id) {
    const std::vector<std::string> parts = split(id, '.');
    return parts.size() >= 2 && std::ranges::all_of(parts, [](const std::string& part) {
               return !part.empty() && std::ranges::all_of(part, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-';
               });
           });
}

} // namespace

void check_loads(CheckContext& context) {
    const Result<EntryPoint> entry = open_entry(context.path);
    if (!entry) {
        context.report.error(entry.error().message);
        return;
    }
    if (entry->call(&checking_host()) == nullptr) {
        const std::string& why = measure::library_failure();
        context.report.error("its entry function returned NULL" +
                             (why.empty() ? " without saying why" : ": " + why));
    }
}

void check_loading_is_quiet(CheckContext& context) {
    const OutputCapture capture(OutputCapture::Streams::both);
    const ProcessState before = process_state();
    if (open_plugin(context).entry == nullptr) {
        return;
    }
    for (std::string& change : changes(before, process_state())) {
        context.report.warn(std::move(change));
    }
    if (capture.bytes() > 0) {
        context.report.warn("it printed '" + capture.text() + "'");
    }
}

void check_loading_is_fast(CheckContext& context) {
    // Processor time of this process: what else the machine does is not the plugin's fault.
    const std::uint64_t start = measure::process_cpu_ns();
    suites_to_check(context);
    const std::uint64_t spent = measure::process_cpu_ns() - start;
    const std::string text = std::to_string(spent / 1'000'000) + " ms";
    if (spent > kLoadingNsMax) {
        context.report.warn("loading and describing took " + text + " of processor time");
    }
    context.report.skipped.clear(); // a plugin without suites loads, too
}

void check_entry_is_stable(CheckContext& context) {
    const Opened opened = open_plugin(context);
    if (opened.plugin == nullptr) {
        return;
    }
    if (opened.entry(&checking_host()) != opened.plugin) {
        context.report.error("the second call of the entry function returned another pointer");
    }
    if (!has_whole_struct(*opened.plugin)) {
        return; // L5
    }
    context.report.facts["id"] = text_of(opened.plugin->id);
    context.report.facts["version"] = text_of(opened.plugin->version);
    context.report.facts["provided"] = opened.plugin->n_provided;
}

void check_identity(CheckContext& context) {
    const assay_plugin* const plugin = open_plugin(context).plugin;
    if (plugin == nullptr) {
        return;
    }
    if (!has_whole_struct(*plugin)) {
        context.report.error("assay_plugin.struct_size is " + std::to_string(plugin->struct_size) +
                             ", expected " + std::to_string(sizeof(assay_plugin)) +
                             " or a little more");
        return;
    }
    check_version_fields(context.report, *plugin);
    if (plugin->n_provided > kProvidedMax ||
        (plugin->n_provided > 0 && plugin->provided == nullptr)) {
        context.report.error("assay_plugin.n_provided is " + std::to_string(plugin->n_provided) +
                             ", expected the number of entries in provided, at most " +
                             std::to_string(kProvidedMax));
        return;
    }
    check_manifest(context, *plugin);
    check_interface_sizes(context.report, *plugin);
}

void check_names(CheckContext& context) {
    const assay_plugin* const plugin = load(context);
    if (plugin == nullptr) {
        return;
    }
    if (!is_reverse_dns(text_of(plugin->id))) {
        context.report.error("the id '" + text_of(plugin->id) +
                             "' is not a reverse DNS name like org.example.demo");
    }
    std::set<std::pair<std::string, std::string>> seen;
    for (std::uint32_t i = 0; i < plugin->n_provided; ++i) {
        const assay_provided& one = plugin->provided[i];
        const std::string name = text_of(one.name);
        if (!measure::is_name(name)) {
            context.report.error("the name '" + name + "' is not of the form [a-z0-9_]+");
        }
        if (!seen.emplace(text_of(one.kind), name).second) {
            context.report.error("'" + name + "' is provided twice as " + text_of(one.kind));
        }
    }
}

} // namespace assay::worker::conformance
