#include "app/session/run_session.hpp"

#include <algorithm>
#include <exception>

namespace assay::app {
namespace {

using measure::CaseStatus;

// A suite with this many crashed cases is not asked for more: each costs two launches and says the
// same thing again.
constexpr std::uint32_t kCrashesMax = 3;

std::set<std::string> ids_of(const plan::Plan& plan) {
    std::set<std::string> ids;
    for (const plan::PlannedCase& planned : plan.cases) {
        ids.insert(planned.id);
    }
    return ids;
}

report::Event log_event(const std::string& case_id, std::int32_t level, std::string_view text) {
    report::Event event;
    event.kind = report::EventKind::log;
    event.case_id = case_id;
    event.level = level;
    event.text = std::string(text);
    return event;
}

std::size_t count_of(const SessionOutcome& outcome, CaseStatus status) {
    const auto found = outcome.counts.find(status);
    return found == outcome.counts.end() ? 0 : found->second;
}

} // namespace

ExitCode code_of(const SessionOutcome& outcome, std::size_t cases) {
    if (outcome.cancelled) {
        return ExitCode::interrupted;
    }
    std::size_t told = 0;
    for (const auto& [status, count] : outcome.counts) {
        told += count;
    }
    const std::size_t good = count_of(outcome, CaseStatus::passed);
    const std::size_t absent =
        count_of(outcome, CaseStatus::skipped) + count_of(outcome, CaseStatus::unavailable);
    if (told != cases || good + absent != cases) {
        return ExitCode::failed;
    }
    return good == 0 ? ExitCode::nothing : ExitCode::pass;
}

json::object summary_object(const SessionOutcome& outcome, std::size_t cases) {
    json::object summary{{"cases", json_count(cases)}};
    for (const CaseStatus status : {CaseStatus::passed,
                                    CaseStatus::skipped,
                                    CaseStatus::failed,
                                    CaseStatus::wrong_result,
                                    CaseStatus::timed_out,
                                    CaseStatus::crashed,
                                    CaseStatus::cancelled,
                                    CaseStatus::unavailable}) {
        summary[name_of(status)] = json_count(count_of(outcome, status));
    }
    // Also when --fail-fast or a suite's third crash ended it.
    summary["partial"] = outcome.cancelled || count_of(outcome, CaseStatus::cancelled) > 0;
    summary["seconds"] = json_number(outcome.seconds);
    return summary;
}

RunSession::RunSession(const std::vector<SessionSuite>& suites,
                       const plan::Plan& plan,
                       const SessionOptions& options,
                       Launcher& launcher,
                       report::Bus& bus,
                       Progress& progress)
    : suites_(suites)
    , plan_(plan)
    , options_(options)
    , bus_(bus)
    , progress_(progress)
    , launcher_(launcher)
    , tokens_(options.measured_lanes)
    , context_{options, launcher, tokens_, [this] { return stopping(); }, {}, {}}
    , crashes_(suites.size())
    , speedups_(ids_of(plan), options.order_seed) {
    context_.on_launch = [this](const std::string& id,
                                std::uint32_t launch,
                                std::uint32_t launches) { progress_.launch(id, launch, launches); };
    context_.on_log = [this](const std::string& id, std::int32_t level, std::string_view text) {
        bus_.publish(log_event(id, level, text));
    };
}

bool RunSession::stopping() const {
    return failed_fast_.load(std::memory_order_relaxed) || interrupted_();
}

bool RunSession::suite_given_up(std::size_t suite) const {
    return crashes_[suite].load(std::memory_order_relaxed) >= kCrashesMax;
}

SessionOutcome RunSession::run(const std::function<bool()>& interrupted) {
    interrupted_ = interrupted;
    const auto started = Clock::now();
    runs_.reserve(plan_.cases.size());
    for (const plan::PlannedCase& planned : plan_.cases) {
        runs_.push_back(std::make_unique<CaseRun>(suites_[planned.suite], planned, context_));
    }
    progress_.begin(runs_.size(), launch_plan(options_.mode).launches);
    const lanes::Lanes lanes(options_.lanes);
    verify_all(lanes);
    measure_all(lanes);
    {
        const std::scoped_lock lock(publishing_);
        for (report::CaseResult& rest : speedups_.remaining()) {
            publish(std::move(rest));
        }
        end_suites();
    }
    progress_.end();
    outcome_.cancelled = interrupted_();
    outcome_.seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return outcome_;
}

// A broken case fails in seconds, not after an hour: every case is verified before any is timed.
void RunSession::verify_all(const lanes::Lanes& lanes) {
    std::atomic<std::size_t> done{0};
    lanes.run(runs_.size(), [&](std::size_t job, std::uint32_t lane) {
        CaseRun& run = *runs_[job];
        if (stopping()) {
            run.end(CaseStatus::cancelled, "cancelled before verification");
        } else if (suite_given_up(run.planned().suite)) {
            run.end(CaseStatus::cancelled, "its suite crashed three times");
        } else {
            guarded(run, [&] { run.verify(lane); });
        }
        progress_.verifying(done.fetch_add(1) + 1, runs_.size());
        if (run.status() != CaseStatus::passed) {
            finish(run);
            runs_[job].reset();
        }
    });
}

void RunSession::measure_all(const lanes::Lanes& lanes) {
    lanes.run(runs_.size(), [&](std::size_t job, std::uint32_t lane) {
        if (!runs_[job]) {
            return; // over since its verification
        }
        CaseRun& run = *runs_[job];
        if (stopping()) {
            run.end(CaseStatus::cancelled, "cancelled before it was measured");
        } else if (suite_given_up(run.planned().suite)) {
            run.end(CaseStatus::cancelled, "its suite crashed three times");
        } else {
            begin_suite(suites_[run.planned().suite].description.name);
            report::Event begin;
            begin.kind = report::EventKind::case_begin;
            begin.suite = suites_[run.planned().suite].description.name;
            begin.case_id = run.planned().id;
            bus_.publish(std::move(begin));
            guarded(run, [&] { run.measure(lane); });
        }
        finish(run);
        runs_[job].reset(); // its samples are with the reporters now
    });
}

// A lane must not throw: what goes wrong in the host itself costs its case, not the other lanes'.
void RunSession::guarded(CaseRun& run, const std::function<void()>& step) {
    try {
        step();
    } catch (const std::exception& error) {
        run.end(CaseStatus::failed,
                std::string("the host could not go on with it: ") + error.what());
    }
}

void RunSession::finish(CaseRun& run) {
    const CaseStatus status = run.status();
    const bool bad = status == CaseStatus::failed || status == CaseStatus::wrong_result ||
                     status == CaseStatus::timed_out || status == CaseStatus::crashed;
    if (status == CaseStatus::crashed) {
        crashes_[run.planned().suite].fetch_add(1);
    }
    if (bad && options_.fail_fast) {
        failed_fast_.store(true);
    }
    begin_suite(suites_[run.planned().suite].description.name);
    report::CaseResult result = run.result();
    progress_.case_over(result);
    const std::scoped_lock lock(publishing_);
    ++outcome_.counts[status];
    outcome_.signs.see(result);
    outcome_.complexity.see(
        result, suites_[run.planned().suite].description.families[run.planned().family]);
    if (status == CaseStatus::crashed && outcome_.first_crash.empty()) {
        outcome_.first_crash = run.planned().id;
    }
    for (report::CaseResult& ready :
         speedups_.settle(std::move(result), run.planned().reference_id)) {
        publish(std::move(ready));
    }
}

void RunSession::publish(report::CaseResult result) {
    report::Event event;
    event.kind = report::EventKind::case_end;
    event.suite = result.suite;
    event.case_id = result.id;
    event.text = result.reason;
    event.result = std::make_shared<const report::CaseResult>(std::move(result));
    bus_.publish(std::move(event));
}

void RunSession::begin_suite(const std::string& suite) {
    const std::scoped_lock lock(publishing_);
    if (std::ranges::find(begun_suites_, suite) != begun_suites_.end()) {
        return;
    }
    begun_suites_.push_back(suite);
    report::Event event;
    event.kind = report::EventKind::suite_begin;
    event.suite = suite;
    bus_.publish(std::move(event));
}

void RunSession::end_suites() {
    for (const std::string& suite : begun_suites_) {
        report::Event event;
        event.kind = report::EventKind::suite_end;
        event.suite = suite;
        bus_.publish(std::move(event));
    }
}

} // namespace assay::app
