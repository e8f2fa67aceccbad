#include "app/settings.hpp"

#include "app/command_words.hpp"
#include "app/project_configuration.hpp"
#include "support/text.hpp"

#include <random>
#include <system_error>
#include <utility>

namespace assay::app {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLanesMax = 4096; // as in schemas/project.json

// "1" trusts whatever is there, "sha256:<h>" exactly that content; anything else is a mistake that
// must not pass for a no.
Status read_trust(const Invocation& invocation,
                  const Environment& environment,
                  catalog::CatalogOptions& options) {
    options.trust_project = invocation.has("--trust-project");
    const std::optional<std::string> variable = environment("ASSAY_TRUST_PROJECT");
    if (options.trust_project || !variable || *variable == "0") {
        return {};
    }
    constexpr std::string_view kExactly = "sha256:";
    if (*variable == "1") {
        options.trust_project = true;
    } else if (variable->starts_with(kExactly)) {
        options.trust_exactly = variable->substr(kExactly.size());
    } else {
        return Error{.kind = ErrorKind::usage,
                     .message = "ASSAY_TRUST_PROJECT: '" + *variable +
                                "' will not do, expected 0, 1 or sha256: and a hash",
                     .hint = "'assay trust show' prints the hash"};
    }
    return {};
}

catalog::Places find_places(const Invocation& invocation,
                            const Environment& environment,
                            const Installation& installation,
                            const fs::path& here) {
    catalog::Places places;
    for (const std::string& file : invocation.values("--plugin")) {
        places.files.push_back(here / file);
    }
    for (const std::string& folder : invocation.values("--plugin-dir")) {
        places.folders.push_back(here / folder);
    }
    for (const std::string& folder : split(environment("ASSAY_PLUGIN_PATH").value_or(""), ':')) {
        if (!folder.empty()) {
            places.folders.push_back(here / folder);
        }
    }
    places.project = catalog::find_project(here);
    places.installed = installation.plugin_folders;
    return places;
}

// The project's own file; nothing without a project or without the file.
Result<ProjectConfiguration> project_file(const fs::path& project,
                                          const catalog::CatalogOptions& options) {
    const fs::path file = project / ".assay" / "assay.json";
    std::error_code failed;
    if (!fs::exists(file, failed)) {
        return ProjectConfiguration{};
    }
    Result<ProjectConfiguration> harmless = read_configuration(file, project, Obey::harmless);
    if (!harmless || harmless->withheld.empty()) {
        return harmless; // nothing that needs trust: no reason to hash the project for it
    }
    const catalog::TrustVerdict verdict =
        catalog::TrustStore(options.trust)
            .judge(project,
                   {.everything = options.trust_project, .exactly = options.trust_exactly});
    return verdict.trusted() ? read_configuration(file, project, Obey::everything) : harmless;
}

// What the environment says of the keys that a configuration has. Values were checked while
// parsing.
ProjectConfiguration from_environment(const Invocation& invocation) {
    ProjectConfiguration configuration;
    if (const auto mode = invocation.environment.find("--mode");
        mode != invocation.environment.end()) {
        configuration.mode = plan::mode_from(mode->second);
    }
    return configuration;
}

Result<ProjectConfiguration> from_command_line(const Invocation& invocation) {
    ProjectConfiguration configuration;
    if (const auto mode = invocation.options.find("--mode"); mode != invocation.options.end()) {
        configuration.mode = plan::mode_from(mode->second.back());
    }
    if (const auto lanes = invocation.count("--lanes")) {
        if (*lanes > kLanesMax) {
            return Error{.kind = ErrorKind::usage,
                         .message = "--lanes: " + std::to_string(*lanes) +
                                    " will not do, expected at most " + std::to_string(kLanesMax),
                         .hint = {}};
        }
        configuration.lanes = static_cast<std::uint32_t>(*lanes);
    }
    configuration.seed = invocation.count("--seed");
    configuration.isolate = invocation.value("--isolate");
    configuration.timeout = invocation.duration("--timeout");
    configuration.batch_bytes = invocation.count("--batch-bytes");
    if (invocation.has("--strict")) {
        configuration.strict = true;
    }
    if (invocation.has("--reporter")) {
        configuration.reporters = invocation.values("--reporter");
    }
    if (const auto wrap = invocation.value("--wrap")) {
        Result<std::vector<std::string>> words = command_words(*wrap);
        if (!words) {
            return words.error();
        }
        configuration.wrap = std::move(*words);
    }
    return configuration;
}

Isolation isolation_from(const Invocation& invocation, const std::string& unit) {
    if (invocation.has("--in-process")) {
        return Isolation::in_process;
    }
    if (unit == "suite") {
        return Isolation::suite;
    }
    return unit == "case" ? Isolation::per_case : Isolation::launch;
}

// Small enough to be typed again: the order is recorded to be repeated by hand.
std::uint64_t drawn_seed() {
    std::random_device device;
    return std::uniform_int_distribution<std::uint64_t>(1, 999'999'999)(device);
}

SessionOptions session_options(const Invocation& invocation,
                               const ProjectConfiguration& configuration) {
    SessionOptions options;
    options.mode = configuration.mode.value_or(plan::Mode::standard);
    options.lanes = configuration.lanes.value_or(0);
    options.seed = configuration.seed.value_or(1);
    const std::optional<std::uint64_t> order = invocation.count("--order-seed");
    options.order_seed = order ? *order : drawn_seed();
    options.isolation = isolation_from(invocation, configuration.isolate.value_or("launch"));
    options.fail_fast = invocation.has("--fail-fast");
    options.counts = invocation.has("--counts");
    options.memory = invocation.has("--memory");
    options.strict = configuration.strict.value_or(false);
    options.pin = !invocation.has("--no-pin");
    options.core_dumps = invocation.has("--cores");
    options.wait_for_debugger = invocation.has("--wait-for-debugger");
    options.wrap = configuration.wrap.value_or(std::vector<std::string>{});
    options.batch_bytes_max = configuration.batch_bytes.value_or(0);
    options.timeout = configuration.timeout;
    return options;
}

// Every layer in its place; `settings` gets what was withheld and which project there is.
Result<ProjectConfiguration>
all_layers(const Invocation& invocation, const fs::path& here, Settings& settings) {
    ProjectConfiguration layers;
    if (const std::optional<fs::path>& project = settings.places.project) {
        Result<ProjectConfiguration> own = project_file(*project, settings.catalog);
        if (!own) {
            return own.error();
        }
        layers = std::move(*own);
        settings.withheld = std::move(layers.withheld);
        // They need permission of their own, by path: not the consent that naming is.
        settings.places.project_paths = std::exchange(layers.plugin_dirs, {});
    }
    layers = merged(std::move(layers), from_environment(invocation));
    if (const std::optional<std::string> file = invocation.value("--config")) {
        const fs::path path = here / *file;
        Result<ProjectConfiguration> named =
            read_configuration(path, path.parent_path(), Obey::everything);
        if (!named) {
            return named.error();
        }
        layers = merged(std::move(layers), std::move(*named));
    }
    Result<ProjectConfiguration> line = from_command_line(invocation);
    if (!line) {
        return line.error();
    }
    return merged(std::move(layers), std::move(*line));
}

} // namespace

Result<Settings>
settle(const Invocation& invocation, const Environment& environment, const fs::path& here) {
    Settings settings;
    if (Status status = read_trust(invocation, environment, settings.catalog); !status) {
        return status.error();
    }
    settings.installation = find_installation(environment);
    settings.places = find_places(invocation, environment, settings.installation, here);
    Result<ProjectConfiguration> configuration = all_layers(invocation, here, settings);
    if (!configuration) {
        return configuration.error();
    }
    Result<RunOccasion> occasion = run_occasion(environment);
    if (!occasion) {
        return occasion.error();
    }
    settings.session = session_options(invocation, *configuration);
    settings.session.occasion = std::move(*occasion);
    settings.reporters = configuration->reporters.value_or(std::vector<std::string>{});
    settings.suites = std::move(configuration->suites);
    settings.history = std::move(configuration->history);
    settings.project = std::move(configuration->project);
    settings.session.project = settings.project.value_or("");
    // Of a file that the command line named, behind the folders that it named itself.
    settings.places.folders.insert(settings.places.folders.end(),
                                   configuration->plugin_dirs.begin(),
                                   configuration->plugin_dirs.end());
    return settings;
}

} // namespace assay::app
