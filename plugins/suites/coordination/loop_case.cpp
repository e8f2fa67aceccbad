#include "loop_case.hpp"

#include "coordination/loop.hpp"
#include "coordination/scheduling.hpp"
#include "kuramoto/number_text.hpp"
#include "loop_metrics.hpp"
#include "module_list.hpp"
#include "verification.hpp"

#include <algorithm>
#include <thread>

namespace assay::coordination_suite {

namespace co = coordination;

namespace {

constexpr auto kLaunchTimeout = std::chrono::minutes(70); // an hour is the longest loop

std::optional<std::size_t> module_of(const assay::params& params) {
    if (!params.has("module")) {
        return std::nullopt;
    }
    const std::string name = params.str("module");
    const auto found = std::ranges::find(kModuleNames, name);
    if (found == kModuleNames.end()) {
        std::string expected;
        for (const std::string_view known : kModuleNames) {
            expected += (expected.empty() ? "" : ", ") + std::string(known);
        }
        throw assay::config_error("module=" + name + ": expected one of " + expected);
    }
    return static_cast<std::size_t>(found - kModuleNames.begin());
}

std::string quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return quoted + "\"";
}

std::string config_text(const std::string& case_id, std::uint64_t seed, const LoopPlan& plan) {
    const co::FineTimers fine;
    const co::RealtimePolicy realtime(plan.wants_fifo);
    const co::Scheduling scheduling = co::scheduling_here();
    const auto number = [](double value) { return kuramoto::number_text(value); };
    std::string modules;
    for (const std::string_view name : kModuleNames) {
        modules += (modules.empty() ? "" : ",") + quoted(name);
    }
    return "{\"case\":" + quoted(case_id) + ",\"seed\":" + std::to_string(seed) +
           ",\"period_s\":" + number(plan.settings.period) +
           ",\"cycles\":" + std::to_string(plan.settings.cycles) +
           ",\"warmup_cycles\":" + std::to_string(plan.warmup_cycles) +
           ",\"module_timeout_s\":" + number(plan.settings.module_timeout) +
           ",\"decision_timeout_s\":" + number(plan.settings.decision_timeout) +
           ",\"emergency_timeout_s\":" + number(plan.settings.emergency_timeout) +
           ",\"queue_room\":" + std::to_string(co::ThreadCrew::kQueueRoom) + ",\"modules\":[" +
           modules + "],\"scheduler\":" + quoted(scheduling.policy) +
           ",\"scheduler_priority\":" + std::to_string(scheduling.priority) +
           ",\"timer_slack_ns\":" + std::to_string(scheduling.timer_slack_ns) +
           ",\"rlimit_rtprio\":" + std::to_string(scheduling.realtime_limit) +
           ",\"mlockall\":" + quoted(scheduling.may_lock_memory) +
           ",\"processors\":" + std::to_string(std::thread::hardware_concurrency()) + "}";
}

assay::family_builder add_family(assay::suite& suite, const char* name) {
    return suite.custom<LoopCase>(name, assay::shape::single)
        .tags("nfcs", "real-time", "long")
        .exclusive()
        .clock(assay::clock::wall)
        .timeout(kLaunchTimeout);
}

} // namespace

void add_loop(assay::suite& suite) {
    auto family = add_family(suite, "loop");
    family.help(
        "a loop that asks modules on threads of their own at a fixed rate: does it keep it?");
    family.axis("rate", {5, 10, 50, 100, 1000})
        .unit("Hz")
        .help("cycles a second")
        .quick({10})
        .standard({10, 100});
    family.axis("pacing", {"absolute", "relative"})
        .help("deadlines on a grid, or sleeping for what is left of a period, which drifts")
        .quick(1)
        .standard(1);
    add_loop_metrics(family);
    add_count_metrics(family);
}

void add_response(assay::suite& suite) {
    auto family = add_family(suite, "response");
    family.help("the same loop, seen from one of its modules: how long its answers take");
    family.axis("rate", {10}).unit("Hz").help("cycles a second");
    family.axis("module", kModuleNames).help("whose answers are reported").quick(1);
    add_response_metrics(family);
    add_count_metrics(family);
}

LoopCase::LoopCase(const assay::params& params)
    : case_id_(params.case_id())
    , seed_(params.seed())
    , rate_(params.f64("rate"))
    , module_(module_of(params))
    , plan_(plan_of(params))
    , crew_(make_modules({.period = plan_.settings.period, .seed = seed_})) {}

void LoopCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_text(case_id_, seed_, plan_));
    check_deadlines(plan_.settings);
    const std::uint64_t answers = check_modules({.period = plan_.settings.period, .seed = seed_});
    host.metric("answers_verified", static_cast<double>(answers));
}

void LoopCase::prepare(assay::batch&) {
    crew_.restart();
    log_ = {};
}

void LoopCase::run(assay::batch& batch) {
    const co::FineTimers fine;
    const co::RealtimePolicy realtime(plan_.wants_fifo);
    has_fifo_ = realtime.is_there();
    co::LoopSettings settings = plan_.settings;
    settings.cycles = batch.is_warmup() ? plan_.warmup_cycles : settings.cycles;
    co::MonotonicClock clock;
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        log_ = co::run_loop(settings, clock, crew_, [&] { return batch.cancelled(); });
        if (batch.cancelled()) {
            break;
        }
    }
    batch.done(done);
}

void LoopCase::finish(assay::batch& batch, assay::context& host) {
    if (const std::string failure = crew_.failure(); !failure.empty()) {
        throw assay::failure(ASSAY_E_FAIL, "the module " + failure);
    }
    if (batch.done() == 0) {
        return;
    }
    batch.items(log_.cycles.size());
    if (batch.is_warmup()) {
        return;
    }
    warn_of_scheduler(host);
    if (module_) {
        report_response(host, log_.members[*module_].responses);
    } else {
        report_loop(host, log_, rate_);
    }
    report_counts(host, log_, crew_);
}

void LoopCase::warn_of_scheduler(assay::context& host) {
    if (plan_.wants_fifo && !has_fifo_ && !is_told_) {
        host.warn("SCHED_FIFO is not allowed here (RLIMIT_RTPRIO, or CAP_SYS_NICE): the loop ran "
                  "as all others do");
        is_told_ = true;
    }
}

} // namespace assay::coordination_suite
