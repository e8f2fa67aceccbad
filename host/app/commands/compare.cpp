// assay compare OLD NEW: two builds side by side, a verdict per case, and an exit code that says
// whether anything got worse. Two recorded runs or files of other tools are read instead.
#include "app/commands/commands.hpp"
#include "app/comparison/comparison_document.hpp"
#include "app/comparison/recorded_pair.hpp"
#include "app/comparison/reported_comparison.hpp"
#include "app/comparison/results_file.hpp"
#include "app/comparison/stored_report.hpp"
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
    // So is a folder of another tool's files, such as asv's.
    if (invocation.has("--importer") || is_foreign_file(word)) {
        return SideKind::file;
    }
    return is_results_file(word) ? SideKind::recorded : SideKind::build;
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

bool heeds(const Invocation& invocation, SideKind kind, const std::string& option) {
    const auto is_in = [&option](const auto& names) {
        return std::ranges::find(names, option) != names.end();
    };
    switch (kind) {
    case SideKind::build:
        return !is_in(kFileOptions) && option != "--history";
    case SideKind::recorded:
        return is_in(kReadingOptions) ||
               (option == "--history" &&
                (is_history_run(invocation.words[0]) || is_history_run(invocation.words[1])));
    case SideKind::file:
        return is_in(kReadingOptions) || is_in(kFileOptions);
    }
    return false;
}

// Options of files where there are none, or of measuring where nothing is measured, would not be
// heeded.
Status check_options(const Invocation& invocation, SideKind kind) {
    const std::string both = invocation.words[0] + ", " + invocation.words[1];
    for (const auto& [name, values] : invocation.options) {
        if (heeds(invocation, kind, name)) {
            continue;
        }
        if (name == "--history") {
            return Error{.kind = ErrorKind::usage,
                         .message = "--history is about recorded runs, and neither is one: " + both,
                         .hint = "run:ID names a run of a history"};
        }
        if (std::ranges::find(kFileOptions, name) != kFileOptions.end()) {
            return Error{.kind = ErrorKind::usage,
                         .message =
                             name + " is about files of other tools, and neither is one: " + both,
                         .hint = {}};
        }
        return Error{.kind = ErrorKind::usage,
                     .message = name + " says how to measure, and two " +
                                (kind == SideKind::file ? "files" : "recorded runs") +
                                " are only read",
                     .hint = "leave it out"};
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
                     .hint = old_kind != SideKind::build && new_kind != SideKind::build
                                 ? "'assay import' records the file: then name both by run:ID"
                                 : "name two builds, two results documents or runs of the history "
                                   "(run:ID), or two files of other tools"};
    }
    const Status heeded = check_options(invocation, old_kind);
    return heeded ? Result<SideKind>(old_kind) : Result<SideKind>(heeded.error());
}

std::vector<std::string> filters_of(const Invocation& invocation) {
    return {invocation.words.begin() + 2, invocation.words.end()};
}

// Nothing is opened for results before it is known what they are.
Result<ExitCode> tell_stored(const Invocation& invocation,
                             const Messages& say,
                             const Settings& settings,
                             const StoredPair& pair) {
    const auto comparison = compare_stored(pair, filters_of(invocation));
    if (!comparison) {
        return comparison.error();
    }
    const auto reporters = load_suites(settings, {.store = true, .describe = false});
    if (!reporters) {
        return reporters.error();
    }
    report::Bus bus;
    if (const Status opened = open_reporters(invocation, settings, *reporters, say, bus); !opened) {
        return opened.error();
    }
    const ExitCode code = report_stored(say, pair, *comparison, bus);
    return graver(code, finish_reports(say, bus));
}

Result<ExitCode>
compare_files(const Invocation& invocation, const Messages& say, const Settings& settings) {
    const std::string& old_name = invocation.words[0];
    const std::string& new_name = invocation.words[1];
    const auto pair = read_file_pair(
        WantedFile{old_name, "--old-run"}, {new_name, "--new-run"}, invocation, settings, say);
    if (!pair) {
        return pair.error();
    }
    return tell_stored(invocation,
                       say,
                       settings,
                       {.kind = StoredKind::files,
                        .store = *pair->store,
                        .old_side = {.name = old_name, .run = *pair->old_run},
                        .new_side = {.name = new_name, .run = pair->new_run},
                        .advice = advisory_text(*pair)});
}

Result<ExitCode>
compare_without_measuring(const Invocation& invocation, const Messages& say, SideKind kind) {
    const auto settings =
        settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    if (kind == SideKind::file) {
        return compare_files(invocation, say, *settings);
    }
    const auto pair = read_recorded_pair(invocation, say);
    return pair ? tell_stored(invocation, say, *settings, stored_pair(*pair))
                : Result<ExitCode>(pair.error());
}

} // namespace

int compare_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<SideKind> kind = kind_of_sides(invocation);
    if (!kind) {
        return report(say, kind.error());
    }
    if (*kind != SideKind::build) {
        const Result<ExitCode> code = compare_without_measuring(invocation, say, *kind);
        return code ? static_cast<int>(*code) : report(say, code.error());
    }
    Result<PreparedComparison> prepared = prepare_comparison(invocation);
    if (!prepared) {
        return report(say, prepared.error());
    }
    return static_cast<int>(compare(invocation, say, *prepared));
}

} // namespace assay::app
