#include "app/comparison/reported_comparison.hpp"

#include "app/comparison/comparison_counts.hpp"
#include "app/comparison/comparison_document.hpp"
#include "app/comparison/comparison_notes.hpp"
#include "app/session/announced_run.hpp"
#include "app/session/counting_launcher.hpp"
#include "app/session/interrupt.hpp"
#include "app/session/run_document.hpp"
#include "app/session/supervisor_options.hpp"
#include "app/version.hpp"
#include "lanes/lanes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::app {
namespace {

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

std::string header(const WantedComparison& wanted, const ComparisonOptions& options) {
    return fmt::format(
        "assay {}  compare {} {}  margin {:.3g} %{}  alpha {:.3g}  {}  order seed {}",
        kVersion,
        wanted.old_side.name,
        wanted.new_side.name,
        100 * options.margin,
        options.margin_auto ? " (auto)" : "",
        options.alpha,
        statistics::name_of(options.method),
        options.session.order_seed);
}

// The least change about which this machine can say anything in that time.
double resolvable(const MachineResolution& machine, const ResolutionWish& wish) {
    // With fewer there is no interval, and nothing can be told at any margin.
    constexpr std::size_t kFewestPairs = 7;
    const std::size_t pairs =
        std::max(kFewestPairs, verdict::pairs_expected(wish.budget_s, wish.cases));
    return verdict::smallest_change(machine.resolution, 0, pairs).value_or(0);
}

// Measures with reporters that are open.
ComparisonOutcome measure(const Messages& say,
                          WantedComparison& wanted,
                          const ComparisonOptions& options,
                          const std::vector<std::string>& opening,
                          report::Bus& bus) {
    workers::Supervisor supervisor(supervisor_options(wanted.settings));
    WorkerLauncher launcher(supervisor,
                            Isolation::launch,
                            options.session.pin,
                            lanes::Lanes(options.session.lanes).count());
    std::optional<CountingLauncher> counting;
    if (options.session.counts) {
        counting.emplace(launcher, supervisor_options(wanted.settings));
    }
    Interrupt interrupt([&] { counting ? counting->cancel() : launcher.cancel(); },
                        [&] {
                            supervisor.kill_all();
                            if (counting) {
                                counting->kill_all();
                            }
                        });
    // From here on Ctrl-C reports what is there.
    std::ranges::for_each(opening, [&say](const std::string& line) { say.note_line(line); });
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
    ComparisonSession session(std::move(wanted.cases), options, launcher, pairs, progress);
    ComparisonOutcome outcome = session.run([&] { return interrupt.requested(); });
    if (counting) {
        count_cases(outcome, options, *counting, [&] { return interrupt.requested(); });
    }
    return outcome;
}

} // namespace

ResolutionWish comparison_wish(const ComparisonOptions& options,
                               const std::vector<MatchedCase>& cases,
                               const MachineResolution& machine) {
    const auto compared =
        static_cast<std::size_t>(std::ranges::count(cases, CaseFate::compared, &MatchedCase::fate));
    ResolutionWish wish{.margin = options.margin,
                        .budget_s = budget_seconds(options, compared),
                        .cases = std::max<std::size_t>(1, compared)};
    if (options.margin_auto) {
        wish.margin = std::max(wish.margin, resolvable(machine, wish));
    }
    return wish;
}

ComparisonOutcome run_reported(const Messages& say, WantedComparison wanted, report::Bus& bus) {
    ComparisonOptions options = wanted.options;
    follow(wanted.machine, options.session);
    const ResolutionWish wish = comparison_wish(options, wanted.cases, wanted.machine);
    options.margin = wish.margin;
    const json::object resolution = resolution_object(wanted.machine, wish);
    json::object document = run_document(make_run_id(),
                                         unix_now_ns(),
                                         options.session,
                                         wanted.new_side.suites,
                                         wanted.argv,
                                         lanes::Lanes(options.session.lanes).count());
    describe_machine(wanted.machine, wish, document);
    document["lanes"].as_object()["reason"] = "pairs are measured one at a time";
    json::object comparison = comparison_object(options, wanted.old_side, wanted.new_side);
    comparison["resolution"] = resolution;
    std::vector<std::string> opening{header(wanted, options)};
    if (std::ranges::count(wanted.cases, CaseFate::compared, &MatchedCase::fate) > 0) {
        opening.push_back(resolution_text(wanted.machine, wish));
    }
    bus.publish(
        run_event(report::EventKind::run_begin, {{"run", document}, {"comparison", comparison}}));
    ComparisonOutcome outcome = measure(say, wanted, options, opening, bus);

    publish_cases(bus, outcome, options);
    document["finished"] = utc_text(unix_now_ns());
    add_controls(comparison, outcome);
    bus.publish(run_event(report::EventKind::run_end,
                          {{"run", document},
                           {"comparison", comparison},
                           {"summary", summary_object(outcome)},
                           {"notes", comparison_notes(outcome, options)},
                           {"next", json::array{}}}));
    if (outcome.cancelled) {
        say.warning("cancelled: what was complete is reported");
    }
    return outcome;
}

} // namespace assay::app
