// `assay check`: whether a plugin keeps its side of the contract. Each check that needs the plugin
// loaded runs in a worker of its own.
#include "app/commands/commands.hpp"
#include "app/conformance/check_driver.hpp"
#include "app/conformance/check_output.hpp"
#include "app/installation.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "app/session/interrupt.hpp"
#include "app/session/progress.hpp"
#include "catalog/folders.hpp"
#include "catalog/store.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <unistd.h>

namespace assay::app {

namespace {

using measure::CheckResult;
using measure::CheckSpec;

int print_list(const Messages& say, const Invocation& invocation) {
    const bool document = format_of(invocation) == "json";
    return print_result(
        say, document ? write_json(list_document(), JsonLayout::indented) + "\n" : list_text());
}

Status check_ids(const std::vector<std::string>& ids) {
    std::vector<std::string> known;
    for (const CheckSpec& check : measure::conformance_checks()) {
        known.emplace_back(check.id);
    }
    for (const std::string& id : ids) {
        if (measure::find_check(id) == nullptr) {
            return Error{ErrorKind::usage,
                         "there is no check '" + id + "'" + did_you_mean(id, known),
                         "'assay check --list' names them all"};
        }
    }
    return {};
}

Result<std::vector<const CheckSpec*>> chosen_checks(const Invocation& invocation) {
    const std::vector<std::string> only = invocation.values("--only");
    const std::vector<std::string> skip = invocation.values("--skip");
    for (const auto& ids : {only, skip}) {
        if (const Status known = check_ids(ids); !known) {
            return known.error();
        }
    }
    const auto named = [](const std::vector<std::string>& ids, std::string_view id) {
        return std::ranges::find(ids, id) != ids.end();
    };
    std::vector<const CheckSpec*> chosen;
    for (const CheckSpec& check : measure::conformance_checks()) {
        if ((only.empty() || named(only, check.id)) && !named(skip, check.id)) {
            chosen.push_back(&check);
        }
    }
    if (chosen.empty()) {
        return Error{ErrorKind::usage, "--skip leaves no check of those that --only names", {}};
    }
    return chosen;
}

Result<std::string> plugin_file(const Invocation& invocation) {
    if (invocation.words.empty()) {
        return Error{ErrorKind::usage, "no plugin was named", "example: assay check demo.assay.so"};
    }
    std::error_code error;
    const std::string& word = invocation.words.front();
    const std::filesystem::path path = std::filesystem::canonical(word, error);
    if (error || !std::filesystem::is_regular_file(path, error)) {
        return Error{ErrorKind::usage,
                     word + (error ? ": " + error.message() : ": is no file"),
                     "name the library that a plugin's build made: NAME.assay.so"};
    }
    return path.string();
}

std::string step_of(const CheckSpec& check, std::optional<std::chrono::milliseconds> timeout) {
    const auto most = timeout.value_or(std::chrono::milliseconds(check.deadline));
    return fmt::format("{} {}, {} at most",
                       check.id,
                       check.description,
                       duration_text(std::chrono::duration<double>(most).count()));
}

// The workers stand in other folders.
std::vector<std::string> absolute(std::vector<std::string> files) {
    for (std::string& file : files) {
        std::error_code failed;
        const auto path = std::filesystem::absolute(file, failed);
        file = failed ? file : path.string();
    }
    return files;
}

// Prints results as they come, those that were skipped for one reason together.
class CheckPrinter {
public:
    CheckPrinter(const Messages& say, CheckLook look, bool text)
        : say_(say)
        , look_(look)
        , text_(text) {}

    void add(const CheckResult& result) {
        if (text_ && !skipped_.take(result)) {
            flush();
            if (!skipped_.take(result)) {
                print(check_line(result, look_));
            }
        }
    }

    void flush() { print(skipped_.line(look_)); }

    void print(const std::string& text) { code_ = std::max(code_, print_result(say_, text)); }

    [[nodiscard]] int code() const noexcept { return code_; }

private:
    const Messages& say_;
    CheckLook look_;
    bool text_;
    SkippedChecks skipped_;
    int code_ = 0;
};

int run_checks(const Messages& say,
               const Invocation& invocation,
               const std::string& path,
               const std::vector<const CheckSpec*>& checks) {
    const Installation installation = find_installation(process_environment());
    workers::SupervisorOptions options;
    options.worker_program = installation.worker_program.string();
    workers::Supervisor supervisor(options);
    const Interrupt interrupt([&] { supervisor.cancel_all(); }, [&] { supervisor.kill_all(); });
    CheckedPlugin plugin{path, {}, invocation.count("--seed").value_or(1)};
    // Loaded from the content store: whoever builds the plugin meanwhile does not pull it away.
    const auto admit = [&]() -> Result<std::string> {
        const auto stored = catalog::Store(catalog::default_store_folder()).admit(path);
        if (!stored) {
            return stored.error();
        }
        plugin.sha256 = stored->sha256;
        return stored->path.string();
    };
    const auto timeout = invocation.duration("--timeout");
    CheckDriver driver(
        supervisor, path, plugin.seed, admit, timeout, absolute(invocation.values("--sample")));
    const bool text = format_of(invocation) == "text";
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    const CheckLook look{out.color, say.loudness() == Loudness::quiet};
    std::vector<CheckResult> results;
    CheckPrinter printer(say, look, text);
    Progress progress({.terminal = say.terminal().interactive,
                       .quiet = say.loudness() == Loudness::quiet,
                       .columns = say.terminal().columns});
    progress.begin(checks.size(), 1);
    for (const CheckSpec* check : checks) {
        progress.step(step_of(*check, timeout));
        results.push_back(driver.run(*check));
        progress.step_over();
        if (interrupt.requested()) {
            results.pop_back(); // it was cut short
            say.warning("cancelled: what was checked is reported");
            break;
        }
        printer.add(results.back());
    }
    progress.end();
    printer.flush();
    const std::string rest =
        text ? check_summary(results, path)
             : write_json(check_document(results, plugin), JsonLayout::indented) + "\n";
    printer.print(rest);
    if (interrupt.requested()) {
        return static_cast<int>(ExitCode::interrupted);
    }
    const bool failed = std::ranges::any_of(results, measure::is_failure, &CheckResult::outcome);
    return static_cast<int>(
        graver(static_cast<ExitCode>(printer.code()), failed ? ExitCode::failed : ExitCode::pass));
}

} // namespace

int check_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    if (invocation.has("--list")) {
        return print_list(say, invocation);
    }
    const Result<std::string> path = plugin_file(invocation);
    if (!path) {
        return report(say, path.error());
    }
    const Result<std::vector<const CheckSpec*>> checks = chosen_checks(invocation);
    if (!checks) {
        return report(say, checks.error());
    }
    return run_checks(say, invocation, *path, *checks);
}

CommandSpec check_spec() {
    return {
        .name = "check",
        .summary = "check that a plugin keeps its side of the contract",
        .examples = {"assay check build/demo.assay.so", "assay check demo.assay.so --only C7"},
        .positionals = {{.name = "PLUGIN",
                         .help = "the plugin's library",
                         .kind = ValueKind::file}},
        .options = {{.name = "--only",
                     .value = "ID",
                     .help = "this check alone; may be repeated",
                     .repeatable = true},
                    {.name = "--skip",
                     .value = "ID",
                     .help = "every check but this one; may be repeated",
                     .repeatable = true},
                    {.name = "--sample",
                     .value = "FILE",
                     .help = "a file that the plugin's importer reads; may be repeated",
                     .repeatable = true,
                     .kind = ValueKind::file},
                    {.name = "--seed",
                     .value = "N",
                     .help = "seed of the inputs (1)",
                     .kind = ValueKind::count},
                    {.name = "--timeout",
                     .value = "TIME",
                     .help = "deadline of each check, such as 5s (15s or 60s)",
                     .kind = ValueKind::duration},
                    {.name = "--format",
                     .value = "FORMAT",
                     .help = "text or json",
                     .choices = {"text", "json"}},
                    {.name = "--list", .help = "show the checks there are, run none"}},
        .notes = "PLUGIN is loaded, each time in a process of its own: naming it is trusting it.",
        .run = check_command,
    };
}

} // namespace assay::app
