// assay compare OLD NEW: two builds side by side, a verdict per case, and an exit code that says
// whether anything got worse. Two recorded runs or files of other tools are read instead.
#include "app/commands/commands.hpp"
#include "app/comparison/comparison_document.hpp"
#include "app/comparison/history_run.hpp"
#include "app/comparison/reported_comparison.hpp"
#include "app/comparison/reported_files.hpp"
#include "app/history/opened_history.hpp"
#include "app/importing/file_pair.hpp"
#include "app/message.hpp"
#include "app/selection.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace assay::app {
namespace {

// Everything that is known before the first launch.
struct PreparedComparison {
    Settings settings;
    ComparisonOptions options;
    LoadedPlugins reporters;
    Side old_side, new_side;
};

Result<PreparedComparison> prepare_comparison(const Invocation& invocation) {
    PreparedComparison prepared;
    const std::filesystem::path here = std::filesystem::current_path();
    auto settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return settings.error();
    }
    prepared.settings = std::move(*settings);
    auto options = comparison_options(invocation, prepared.settings);
    if (!options) {
        return options.error();
    }
    prepared.options = *options;
    Invocation filters = invocation;
    filters.words.erase(filters.words.begin(), filters.words.begin() + 2);
    auto selection = selection_from(filters, prepared.settings.session.mode);
    if (!selection) {
        return selection.error();
    }
    selection->order_seed = prepared.settings.session.order_seed;
    for (Side* side : {&prepared.old_side, &prepared.new_side}) {
        const std::string& name = invocation.words[side == &prepared.old_side ? 0 : 1];
        auto opened = open_side(name, here, prepared.settings, *selection);
        if (!opened) {
            return opened.error();
        }
        *side = std::move(*opened);
    }
    if (prepared.old_side.unmatched && prepared.new_side.unmatched) {
        return *prepared.new_side.unmatched;
    }
    auto reporters = load_suites(prepared.settings, {.store = true, .describe = false});
    if (!reporters) {
        return reporters.error();
    }
    prepared.reporters = std::move(*reporters);
    return prepared;
}

ExitCode compare(const Invocation& invocation, const Messages& say, PreparedComparison& prepared) {
    report::Bus bus;
    if (const Status opened =
            open_reporters(invocation, prepared.settings, prepared.reporters, say, bus);
        !opened) {
        return static_cast<ExitCode>(report(say, opened.error()));
    }
    const MachineResolution machine = machine_resolution(resolution_file(), unix_now_ns());
    const ComparisonOutcome outcome =
        run_reported(say,
                     {.settings = prepared.settings,
                      .options = prepared.options,
                      .machine = machine,
                      .old_side = prepared.old_side,
                      .new_side = prepared.new_side,
                      .cases = match(prepared.old_side, prepared.new_side),
                      .argv = invocation.argv},
                     bus);
    return graver(code_of(outcome), finish_reports(say, bus));
}

// What a word of the command line names.
enum class SideKind { build, recorded, file };

SideKind kind_of(const Invocation& invocation, const std::string& word) {
    if (is_history_run(word)) {
        return SideKind::recorded;
    }
    if (word.starts_with('@')) {
        return SideKind::build;
    }
    // A folder is one of plugins, unless somebody says which importer reads it.
    if (invocation.has("--importer") || is_foreign_file(word)) {
        return SideKind::file;
    }
    return is_recorded_run(word) ? SideKind::recorded : SideKind::build;
}

std::string in_words(SideKind kind) {
    switch (kind) {
    case SideKind::build:
        return "a build";
    case SideKind::recorded:
        return "a recorded run";
    case SideKind::file:
        return "a file of another tool";
    }
    return {};
}

// Options of files where there are none, or of measuring where nothing is measured, would not be
// heeded.
Status check_options(const Invocation& invocation, SideKind kind) {
    constexpr std::array kFileOptions{
        "--importer", "--platform", "--direction", "--old-run", "--new-run"};
    constexpr std::array kReadingOptions{"--reporter",
                                         "--format",
                                         "--config",
                                         "--timeout",
                                         "--color",
                                         "--quiet",
                                         "--verbose",
                                         "--directory"};
    const auto is_in = [](const auto& names, const std::string& name) {
        return std::ranges::find(names, name) != names.end();
    };
    for (const auto& [name, values] : invocation.options) {
        if (kind != SideKind::file && is_in(kFileOptions, name)) {
            return Error{.kind = ErrorKind::usage,
                         .message = name + " is about files of other tools, and neither is one: " +
                                    invocation.words[0] + ", " + invocation.words[1],
                         .hint = {}};
        }
        if (kind == SideKind::file && !is_in(kFileOptions, name) && !is_in(kReadingOptions, name)) {
            return Error{.kind = ErrorKind::usage,
                         .message = name + " says how to measure, and two files are only read",
                         .hint = "leave it out"};
        }
    }
    return {};
}

// Both words name things of one kind.
Result<SideKind> kind_of_sides(const Invocation& invocation) {
    const SideKind old_kind = kind_of(invocation, invocation.words[0]);
    const SideKind new_kind = kind_of(invocation, invocation.words[1]);
    if (old_kind != new_kind) {
        for (const std::string& word : {invocation.words[0], invocation.words[1]}) {
            std::error_code failed;
            if (!word.starts_with('@') && !is_history_run(word) && word != "-" &&
                !std::filesystem::exists(word, failed)) {
                return Error{.kind = ErrorKind::usage,
                             .message = "there is no file or folder '" + word + "'",
                             .hint = {}};
            }
        }
        return Error{.kind = ErrorKind::usage,
                     .message = "cannot compare " + invocation.words[0] + ", " +
                                in_words(old_kind) + ", with " + invocation.words[1] + ", " +
                                in_words(new_kind),
                     .hint = "name two builds, two results documents or runs of the history "
                             "(run:ID), or two files of other tools"};
    }
    if (old_kind != SideKind::build && invocation.words.size() > 2) {
        return Error{.kind = ErrorKind::usage,
                     .message =
                         (old_kind == SideKind::file ? "files of other tools" : "recorded runs") +
                         std::string(" are compared whole, and '") + invocation.words[2] +
                         "' chooses what is measured",
                     .hint = {}};
    }
    const Status heeded = check_options(invocation, old_kind);
    return heeded ? Result<SideKind>(old_kind) : Result<SideKind>(heeded.error());
}

// Of a results document or of the history, which is opened where a word asks for it.
Result<RecordedRun> recorded_side(const Invocation& invocation, const std::string& name) {
    if (!is_history_run(name)) {
        return read_recorded_run(name);
    }
    const Result<OpenedHistory> opened = open_history(invocation, {.read_only = true});
    return opened ? read_history_run(*opened->store, name) : Result<RecordedRun>(opened.error());
}

Result<ExitCode> compare_recorded(const Invocation& invocation, const Messages& say) {
    auto settings = settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    const auto options = comparison_options(invocation, *settings);
    if (!options) {
        return options.error();
    }
    const auto old_run = recorded_side(invocation, invocation.words[0]);
    const auto new_run = recorded_side(invocation, invocation.words[1]);
    if (!old_run || !new_run) {
        return old_run ? new_run.error() : old_run.error();
    }
    const auto reporters = load_suites(*settings, {.store = true, .describe = false});
    if (!reporters) {
        return reporters.error();
    }
    report::Bus bus;
    if (const Status opened = open_reporters(invocation, *settings, *reporters, say, bus);
        !opened) {
        return opened.error();
    }
    const ExitCode code = report_recorded(say, *old_run, *new_run, *options, bus);
    return graver(code, finish_reports(say, bus));
}

Result<ExitCode> compare_files(const Invocation& invocation, const Messages& say) {
    auto settings = settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    const FileNames names{invocation.words[0], invocation.words[1]};
    const auto pair = read_file_pair(WantedFile{names.old_file, "--old-run"},
                                     {names.new_file, "--new-run"},
                                     invocation,
                                     *settings,
                                     say);
    if (!pair) {
        return pair.error();
    }
    const auto reporters = load_suites(*settings, {.store = true, .describe = false});
    if (!reporters) {
        return reporters.error();
    }
    report::Bus bus;
    if (const Status opened = open_reporters(invocation, *settings, *reporters, say, bus);
        !opened) {
        return opened.error();
    }
    const auto code = report_files(say, *pair, names, bus);
    return code ? graver(*code, finish_reports(say, bus)) : code;
}

} // namespace

int compare_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<SideKind> kind = kind_of_sides(invocation);
    if (!kind) {
        return report(say, kind.error());
    }
    if (*kind != SideKind::build) {
        const Result<ExitCode> code = *kind == SideKind::file ? compare_files(invocation, say)
                                                              : compare_recorded(invocation, say);
        return code ? static_cast<int>(*code) : report(say, code.error());
    }
    Result<PreparedComparison> prepared = prepare_comparison(invocation);
    if (!prepared) {
        return report(say, prepared.error());
    }
    return static_cast<int>(compare(invocation, say, *prepared));
}

} // namespace assay::app
