#include "report/reporter_host.hpp"

#include "report/hosted_reporter.hpp"
#include "report/reporter_options.hpp"
#include "support/plugin_library.hpp"
#include "support/text.hpp"

#include <filesystem>

namespace assay::report {
namespace {

Error malformed(std::string_view spec, const std::string& why) {
    return Error{ErrorKind::usage,
                 "--reporter '" + std::string(spec) + "': " + why,
                 "write NAME[=PATH][,option=value], for example json=out.json,indent=2"};
}

// Loads the library and finds the reporter of that name in it, complete as the ABI demands.
Result<const assay_reporter_v1*> load_reporter(const std::string& name, const std::string& path) {
    RefusalText refusal;
    const auto plugin = load_plugin(path, reporter_services(), refusal.text);
    if (!plugin) {
        return plugin.error();
    }
    const auto* iface =
        static_cast<const assay_reporter_v1*>(find_provided(**plugin, ASSAY_KIND_REPORTER, name));
    if (iface == nullptr) {
        return Error{ErrorKind::plugin,
                     path + " provides no " ASSAY_KIND_REPORTER " named '" + name + "'",
                     {}};
    }
    if (iface->create == nullptr || iface->on_event == nullptr || iface->finish == nullptr ||
        iface->destroy == nullptr) {
        return Error{ErrorKind::plugin,
                     path + ": reporter '" + name +
                         "' lacks one of create, on_event, finish, destroy",
                     {}};
    }
    return iface;
}

Result<std::unique_ptr<Sink>> open_sink(const ReporterSpec& spec,
                                        const assay_reporter_v1& iface,
                                        const ReporterEnvironment& environment) {
    if (!spec.path.empty()) {
        return spec.path == "-" ? stdout_sink() : open_file_sink(spec.path);
    }
    const std::string_view default_name = view(iface.default_name);
    if (default_name.empty()) {
        return stdout_sink();
    }
    if (default_name.find('/') != std::string_view::npos || default_name == "..") {
        return Error{ErrorKind::plugin,
                     "reporter '" + spec.name + "' has the default name '" +
                         std::string(default_name) + "': expected a file name without a folder",
                     {}};
    }
    return open_file_sink(
        (std::filesystem::path(environment.report_folder) / default_name).string());
}

} // namespace

Result<ReporterSpec> parse_reporter_spec(std::string_view text) {
    const std::vector<std::string> parts = split(text, ',');
    ReporterSpec spec;
    const std::size_t equals = parts.front().find('=');
    spec.name = parts.front().substr(0, equals);
    if (equals != std::string::npos) {
        spec.path = parts.front().substr(equals + 1);
        if (spec.path.empty()) {
            return malformed(text, "the path after '=' is empty");
        }
    }
    if (spec.name.empty()) {
        return malformed(text, "it has no name");
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::size_t at = parts[i].find('=');
        if (at == std::string::npos || at == 0) {
            return malformed(text, "'" + parts[i] + "' is no option=value");
        }
        spec.options.emplace_back(parts[i].substr(0, at), parts[i].substr(at + 1));
    }
    return spec;
}

Result<std::unique_ptr<Receiver>> open_reporter(const ReporterSpec& spec,
                                                const std::string& plugin_path,
                                                const ReporterEnvironment& environment) {
    return open_reporter(spec, plugin_path, environment, nullptr);
}

Result<std::unique_ptr<Receiver>> open_reporter(const ReporterSpec& spec,
                                                const std::string& plugin_path,
                                                const ReporterEnvironment& environment,
                                                std::unique_ptr<Sink> sink) {
    const auto iface = load_reporter(spec.name, plugin_path);
    if (!iface) {
        return iface.error();
    }
    const auto options = reporter_options(spec, view((*iface)->options_schema), environment);
    if (!options) {
        return options.error();
    }
    if (!sink) {
        auto opened = open_sink(spec, **iface, environment);
        if (!opened) {
            Error error = opened.error();
            error.message = "reporter '" + spec.name + "': " + error.message;
            return error;
        }
        sink = std::move(*opened);
    }
    return HostedReporter::create(
        spec.name, **iface, canonical_json(*options), std::move(sink), environment.log);
}

} // namespace assay::report
