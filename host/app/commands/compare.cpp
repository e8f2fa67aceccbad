// assay compare OLD NEW: two builds side by side, a verdict per case, and an exit code that says
// whether anything got worse.
#include "app/commands/commands.hpp"
#include "app/comparison/comparison_document.hpp"
#include "app/comparison/margin.hpp"
#include "app/message.hpp"
#include "app/selection.hpp"
#include "app/session/interrupt.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"
#include "app/session/supervisor_options.hpp"
#include "app/version.hpp"
#include "lanes/lanes.hpp"

#include <fmt/format.h>

#include <algorithm>
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

Result<ComparisonOptions> comparison_options(const Invocation& invocation,
                                             const Settings& settings) {
    ComparisonOptions options;
    options.session = settings.session;
    const Result<double> margin = margin_from(invocation.value("--margin").value_or("1%"));
    if (!margin) {
        return margin.error();
    }
    options.margin = *margin;
    const Result<double> alpha = alpha_from(invocation.value("--alpha").value_or("0.05"));
    if (!alpha) {
        return alpha.error();
    }
    options.alpha = *alpha;
    options.method =
        statistics::evidence_method_from(invocation.value("--method").value_or("mixture"))
            .value_or(statistics::EvidenceMethod::mixture);
    options.budget = invocation.duration("--budget");
    options.controls = !invocation.has("--no-controls");
    options.require_same_results = invocation.has("--require-same-results");
    return options;
}

Result<PreparedComparison> prepare(const Invocation& invocation) {
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

report::Event event_of(report::EventKind kind, json::object fields) {
    report::Event event;
    event.kind = kind;
    event.fields = std::move(fields);
    return event;
}

void publish_cases(report::Bus& bus,
                   const ComparisonOutcome& outcome,
                   const ComparisonOptions& options) {
    for (const ComparedCase& compared : outcome.cases) {
        report::Event event;
        event.kind = report::EventKind::case_end;
        event.case_id = compared.matched.id;
        event.text = compared.reason;
        report::CaseResult result = case_result(compared, options);
        event.suite = result.suite;
        event.result = std::make_shared<const report::CaseResult>(std::move(result));
        bus.publish(std::move(event));
    }
}

// What the table alone does not say.
json::array notes_of(const ComparisonOutcome& outcome, const ComparisonOptions& options) {
    json::array notes;
    const auto note = [&notes](std::string text, std::string next) {
        notes.push_back(json::object{{"text", std::move(text)}, {"next", std::move(next)}});
    };
    if (outcome.null_control == verdict::NullControl::fired) {
        note("the null control fired: the old build differed from its own copy, so this run proves "
             "nothing",
             "repeat it on a quieter machine");
    }
    if (outcome.positive_control == verdict::PositiveControl::missed) {
        note(fmt::format("the positive control was missed: a change of {:.3g} % would not have "
                         "been seen",
                         300 * options.margin),
             "a longer --budget");
    }
    if (!options.controls) {
        note("controls are off: nothing checked that this run can be believed", "");
    }
    const bool undecided = std::ranges::any_of(outcome.cases, [](const ComparedCase& compared) {
        return compared.matched.fate == CaseFate::compared &&
               compared.finding.verdict == verdict::Verdict::undecided;
    });
    if (undecided && !outcome.cancelled) {
        const std::optional<double> budget = budget_that_would_do(outcome);
        note(fmt::format("the budget of {:.3g} s did not decide every case", outcome.budget_s),
             budget ? fmt::format("--budget {:.0f}s would probably do", *budget)
                    : std::string("a longer --budget"));
    }
    return notes;
}

ExitCode finish_reports(const Messages& say, report::Bus& bus) {
    ExitCode code = ExitCode::pass;
    for (const report::ReporterFailure& failure : bus.finish()) {
        Error error = failure.error;
        error.message = "reporter " + failure.reporter + ": " + error.message;
        say.error(error);
        code = ExitCode::failed;
    }
    return code;
}

std::string header(const PreparedComparison& prepared) {
    const ComparisonOptions& options = prepared.options;
    return fmt::format("assay {}  compare {} {}  margin {:.3g} %  alpha {:.3g}  {}  order seed {}",
                       kVersion,
                       prepared.old_side.name,
                       prepared.new_side.name,
                       100 * options.margin,
                       options.alpha,
                       statistics::name_of(options.method),
                       options.session.order_seed);
}

// Measures with reporters that are open.
ComparisonOutcome measure(const Messages& say,
                          PreparedComparison& prepared,
                          workers::Supervisor& supervisor,
                          report::Bus& bus) {
    const ComparisonOptions& options = prepared.options;
    WorkerLauncher launcher(supervisor,
                            Isolation::launch,
                            options.session.pin,
                            lanes::Lanes(options.session.lanes).count());
    Interrupt interrupt([&] { launcher.cancel(); }, [&] { supervisor.kill_all(); });
    WorkerPairLauncher pairs(
        supervisor,
        options.session.pin,
        options.session.order_seed,
        [&bus](const std::string& id, std::int32_t level, std::string_view text) {
            report::Event event;
            event.kind = report::EventKind::log;
            event.case_id = id;
            event.level = level;
            event.text = std::string(text);
            bus.publish(std::move(event));
        });
    Progress progress({.terminal = say.terminal().interactive,
                       .quiet = say.loudness() == Loudness::quiet,
                       .columns = say.terminal().columns});
    ComparisonSession session(
        match(prepared.old_side, prepared.new_side), options, launcher, pairs, progress);
    return session.run([&] { return interrupt.requested(); });
}

ExitCode compare(const Invocation& invocation, const Messages& say, PreparedComparison& prepared) {
    const ComparisonOptions& options = prepared.options;
    workers::Supervisor supervisor(supervisor_options(prepared.settings));
    report::Bus bus;
    if (const Status opened =
            open_reporters(invocation, prepared.settings, prepared.reporters, say, bus);
        !opened) {
        return static_cast<ExitCode>(report(say, opened.error()));
    }
    json::object document = run_document(make_run_id(),
                                         unix_now_ns(),
                                         options.session,
                                         prepared.new_side.suites,
                                         invocation.argv,
                                         lanes::Lanes(options.session.lanes).count());
    json::object comparison = comparison_object(options, prepared.old_side, prepared.new_side);
    say.note_line(header(prepared));
    bus.publish(
        event_of(report::EventKind::run_begin, {{"run", document}, {"comparison", comparison}}));
    const ComparisonOutcome outcome = measure(say, prepared, supervisor, bus);

    publish_cases(bus, outcome, options);
    document["finished"] = utc_text(unix_now_ns());
    add_controls(comparison, outcome);
    bus.publish(event_of(report::EventKind::run_end,
                         {{"run", document},
                          {"comparison", comparison},
                          {"summary", summary_object(outcome)},
                          {"notes", notes_of(outcome, options)},
                          {"next", json::array{}}}));
    if (outcome.cancelled) {
        say.warning("cancelled: what was complete is reported");
    }
    return graver(code_of(outcome), finish_reports(say, bus));
}

} // namespace

int compare_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    Result<PreparedComparison> prepared = prepare(invocation);
    if (!prepared) {
        return report(say, prepared.error());
    }
    return static_cast<int>(compare(invocation, say, *prepared));
}

} // namespace assay::app
