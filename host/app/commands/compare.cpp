// assay compare OLD NEW: two builds side by side, a verdict per case, and an exit code that says
// whether anything got worse.
#include "app/commands/commands.hpp"
#include "app/comparison/comparison_document.hpp"
#include "app/comparison/history_run.hpp"
#include "app/comparison/reported_comparison.hpp"
#include "app/history/opened_history.hpp"
#include "app/message.hpp"
#include "app/selection.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"

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

// Two runs that were recorded, in results documents or in the history, or neither.
Result<bool> asks_recorded_runs(const Invocation& invocation) {
    const auto is_recorded = [](const std::string& word) {
        return is_history_run(word) || is_recorded_run(word);
    };
    const bool old_is = is_recorded(invocation.words[0]);
    const bool new_is = is_recorded(invocation.words[1]);
    if (old_is != new_is) {
        return Error{
            .kind = ErrorKind::usage,
            .message = "a recorded run can only be held against another one: " +
                       invocation.words[0] + " and " + invocation.words[1],
            .hint = "name two results documents or runs of the history (run:ID), or two builds"};
    }
    if (old_is && invocation.words.size() > 2) {
        return Error{.kind = ErrorKind::usage,
                     .message = "recorded runs are compared whole, and '" + invocation.words[2] +
                                "' chooses what is measured",
                     .hint = {}};
    }
    return old_is;
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

} // namespace

int compare_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<bool> recorded = asks_recorded_runs(invocation);
    if (!recorded) {
        return report(say, recorded.error());
    }
    if (*recorded) {
        const Result<ExitCode> code = compare_recorded(invocation, say);
        return code ? static_cast<int>(*code) : report(say, code.error());
    }
    Result<PreparedComparison> prepared = prepare_comparison(invocation);
    if (!prepared) {
        return report(say, prepared.error());
    }
    return static_cast<int>(compare(invocation, say, *prepared));
}

} // namespace assay::app
