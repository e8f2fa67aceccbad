#include "app/session/reporters.hpp"

#include "report/reporter_host.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unistd.h>

namespace assay::app {
namespace {

constexpr std::string_view kStdout = "-";

// The console writes to stdout unless told otherwise.
bool wants_stdout(const report::ReporterSpec& spec) {
    return spec.path == kStdout || (spec.path.empty() && spec.name == "console");
}

// Where it writes, as text that is equal for equal places.
std::string place_of(const report::ReporterSpec& spec) {
    if (wants_stdout(spec)) {
        return "stdout";
    }
    return spec.path.empty() ? "the default file of '" + spec.name + "'"
                             : std::filesystem::absolute(spec.path).lexically_normal().string();
}

// Of two documents in one file only the last to finish would be left.
Status check_places(const std::vector<report::ReporterSpec>& specs) {
    std::map<std::string, std::string> taken;
    for (const report::ReporterSpec& spec : specs) {
        const std::string place = place_of(spec);
        const auto [other, is_free] = taken.try_emplace(place, spec.name);
        if (!is_free && place != "/dev/null") {
            return Error{ErrorKind::usage,
                         "reporters '" + other->second + "' and '" + spec.name +
                             "' both want to write to " + place,
                         "give each a path of its own: --reporter NAME=PATH"};
        }
    }
    return {};
}

Error unknown_reporter(const LoadedPlugins& loaded, const std::string& name) {
    std::vector<std::string> known;
    for (const LoadedPlugin& plugin : loaded.plugins) {
        for (const catalog::Provided& provided : plugin.entry.manifest.provides) {
            if (plugin.entry.state == catalog::EntryState::usable &&
                provided.kind == ASSAY_KIND_REPORTER) {
                known.push_back(provided.name);
            }
        }
    }
    return Error{ErrorKind::usage,
                 "no reporter '" + name + "'" + did_you_mean(name, known),
                 known.empty() ? "no plugin provides a reporter"
                               : "there are: " + join(known, ", ")};
}

// It is there, but no copy of it could be made to load.
Error not_loaded(const LoadedPlugins& loaded, const LoadedPlugin& plugin, const std::string& name) {
    const std::string what = "reporter '" + name + "' cannot be loaded";
    for (const LoadFailure& failure : loaded.failures) {
        if (&loaded.plugins[failure.plugin] == &plugin && failure.suite.empty()) {
            Error error = failure.error;
            error.message = what + ": " + error.message;
            return error;
        }
    }
    return Error{ErrorKind::plugin, what, "'assay list --plugins' says what is wrong with it"};
}

Result<std::vector<report::ReporterSpec>>
wanted(const Invocation& invocation, const Settings& settings, StdoutOf stdout_of) {
    std::vector<report::ReporterSpec> specs;
    for (const std::string& text : settings.reporters) {
        auto spec = report::parse_reporter_spec(text);
        if (!spec) {
            return spec.error();
        }
        specs.push_back(std::move(*spec));
    }
    const bool stdout_taken = std::ranges::any_of(specs, wants_stdout);
    if (stdout_of == StdoutOf::command) {
        if (stdout_taken) {
            return Error{ErrorKind::usage,
                         "stdout is for the results of this command",
                         "give the reporter a path: --reporter NAME=PATH"};
        }
    } else if (const auto format = invocation.value("--format")) {
        if (stdout_taken) {
            return Error{
                ErrorKind::usage, "--format and a reporter both want stdout", "give one of them"};
        }
        specs.insert(specs.begin(), {.name = *format, .path = std::string(kStdout), .options = {}});
    } else if (!stdout_taken && stdout_of == StdoutOf::reporters) {
        specs.insert(specs.begin(),
                     {.name = "console", .path = std::string(kStdout), .options = {}});
    }
    if (const Status placed = check_places(specs); !placed) {
        return placed.error();
    }
    return specs;
}

// In the place of a reporter that could not be opened: what it was to be told is measured all the
// same, and its failure is told with those of the others.
class Unopened final : public report::Receiver {
public:
    Unopened(std::string name, Error why)
        : name_(std::move(name))
        , why_(std::move(why)) {
        const std::string prefix = "reporter '" + name_ + "': "; // the bus names it too
        if (why_.message.starts_with(prefix)) {
            why_.message.erase(0, prefix.size());
        }
    }

    [[nodiscard]] std::string name() const override { return name_; }

    Status on_event(const report::Event& /*event*/) override { return why_; }

    Status finish() override { return why_; }

private:
    std::string name_;
    Error why_;
};

// Whoever typed it can mend it before minutes are measured.
bool is_of_command_line(const Error& error) {
    return error.kind == ErrorKind::usage || error.kind == ErrorKind::config;
}

report::ReporterEnvironment environment_of(const Invocation& invocation, const Messages& say) {
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    report::ReporterEnvironment environment;
    environment.color = out.color;
    environment.unicode = out.unicode;
    environment.quiet = say.loudness() == Loudness::quiet;
    environment.verbose = say.loudness() == Loudness::verbose;
    environment.log =
        [&say](const std::string& reporter, std::int32_t level, std::string_view text) {
            const std::string line = "reporter " + reporter + ": " + std::string(text);
            if (level >= ASSAY_LOG_WARN) {
                say.warning(line);
            } else {
                say.detail(line);
            }
        };
    return environment;
}

} // namespace

Status open_reporters(const Invocation& invocation,
                      const Settings& settings,
                      const LoadedPlugins& loaded,
                      const Messages& say,
                      report::Bus& bus,
                      StdoutOf stdout_of) {
    const report::ReporterEnvironment environment = environment_of(invocation, say);
    const auto specs = wanted(invocation, settings, stdout_of);
    if (!specs) {
        return specs.error();
    }
    for (const report::ReporterSpec& spec : *specs) {
        const LoadedPlugin* plugin = provider_of(loaded, ASSAY_KIND_REPORTER, spec.name);
        if (plugin == nullptr) {
            return unknown_reporter(loaded, spec.name);
        }
        if (!plugin->stored) {
            return not_loaded(loaded, *plugin, spec.name);
        }
        auto receiver = report::open_reporter(spec, plugin->stored->path.string(), environment);
        if (receiver) {
            bus.add(std::move(*receiver));
        } else if (is_of_command_line(receiver.error())) {
            return receiver.error();
        } else {
            say.warning(receiver.error().message + "; the others go on", receiver.error().hint);
            bus.add(std::make_unique<Unopened>(spec.name, receiver.error()));
        }
    }
    return {};
}

// A reporter that speaks to the world may have to try several times.
constexpr double kPatienceS = 60;

ExitCode finish_reports(const Messages& say, report::Bus& bus) {
    ExitCode code = ExitCode::pass;
    for (const report::ReporterFailure& failure : bus.finish(kPatienceS)) {
        Error error = failure.error;
        error.message = "reporter " + failure.reporter + ": " + error.message;
        say.error(error);
        code = ExitCode::failed;
    }
    for (const std::string& file : bus.files()) {
        say.note_line("wrote " + file);
    }
    return code;
}

} // namespace assay::app
