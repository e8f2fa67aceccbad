#include "loop_metrics.hpp"

#include "coordination/loop_figures.hpp"
#include "module_list.hpp"

#include <cmath>

namespace assay::coordination_suite {

namespace co = coordination;

namespace {

// One figure of each cycle, and where they lie in one run of the loop.
void add_distribution(assay::family_builder family, const std::string& key, const char* help) {
    family.metric(key, "s", assay::lower).help(help);
    family.metric(key + "_p50", "s", assay::lower).help("median of a loop, nearest rank");
    family.metric(key + "_p95", "s", assay::lower).help("95th percentile of a loop, nearest rank");
    family.metric(key + "_p99", "s", assay::lower).help("99th percentile of a loop, nearest rank");
    family.metric(key + "_max", "s", assay::lower).help("largest of a loop");
}

void report_distribution(assay::context& host,
                         const std::string& key,
                         const std::vector<double>& values) {
    if (values.empty()) {
        return;
    }
    for (const double value : values) {
        host.metric(key, value);
    }
    const co::Distribution distribution = co::distribution_of(values);
    host.metric(key + "_p50", distribution.p50);
    host.metric(key + "_p95", distribution.p95);
    host.metric(key + "_p99", distribution.p99);
    host.metric(key + "_max", distribution.max);
}

std::string response_key(std::string_view module) {
    return "response." + std::string(module);
}

} // namespace

void add_loop_metrics(assay::family_builder family) {
    family.metric("frequency", "Hz", assay::higher)
        .help("wake-ups after the first / time from the first to the last");
    family.metric("frequency_error", "1", assay::lower).help("|frequency / rate - 1|");
    family.metric("drift", "s", assay::lower)
        .help("by how much the last wake-up is off the grid of the first");
    add_distribution(family, "lateness", "wake-up - deadline, of every cycle");
    add_distribution(family, "jitter", "|wake-up - wake-up before - period|, of every cycle");
    add_distribution(family, "busy", "from the wake-up until the cycle was done, of every cycle");
    for (const std::string_view module : kModuleNames) {
        family.metric(response_key(module), "s", assay::lower)
            .help("from being asked until the answer, of every cycle in which it answered in time");
    }
}

void add_response_metrics(assay::family_builder family) {
    add_distribution(family,
                     "response",
                     "from being asked until the answer, of every cycle in which it answered in "
                     "time");
}

void add_count_metrics(assay::family_builder family) {
    family.metric("cycles", "{cycle}", assay::no_direction, assay::sum).help("gone through");
    family.metric("missed", "{cycle}", assay::lower, assay::sum)
        .help("of them, busy for more than a period or done after the next deadline");
    family.metric("missed_ratio", "1", assay::lower, assay::ratio("missed", "cycles"))
        .help("missed / cycles");
    family.metric("skipped", "{cycle}", assay::lower, assay::sum)
        .help("deadlines that were over before the cycle in front of them was");
    family.metric("questions", "{question}", assay::no_direction, assay::sum)
        .help("asked of all modules");
    family.metric("unanswered", "{question}", assay::lower, assay::sum)
        .help("not answered within their time-out");
    family.metric("unanswered_ratio", "1", assay::lower, assay::ratio("unanswered", "questions"))
        .help("unanswered / questions");
    family.metric("late_answers", "{answer}", assay::no_direction, assay::sum)
        .help("came after the next question, and were not used");
    family.metric("refused", "{question}", assay::no_direction, assay::sum)
        .help("not taken by the full queue of their module");
    family.metric("emergencies", "{cycle}", assay::no_direction, assay::sum)
        .help("cycles whose emergency check said so: what the modules compute, not how well");
    family.metric("answers_verified", "{answer}", assay::no_direction, assay::sum)
        .help("answers that verification compared")
        .exact();
}

void report_loop(assay::context& host, const co::LoopLog& log, double rate) {
    const co::LoopFigures figures = co::figures_of(log);
    if (figures.frequency > 0) {
        host.metric("frequency", figures.frequency);
        host.metric("frequency_error", std::abs(figures.frequency / rate - 1));
        host.metric("drift", std::abs(figures.drift));
    }
    report_distribution(host, "lateness", figures.lateness);
    report_distribution(host, "jitter", figures.jitter);
    report_distribution(host, "busy", figures.busy);
    for (const co::MemberLog& member : log.members) {
        for (const double response : co::seconds_of_all(member.responses)) {
            host.metric(response_key(member.name), response);
        }
    }
}

void report_response(assay::context& host, std::span<const co::Time> responses) {
    report_distribution(host, "response", co::seconds_of_all(responses));
}

void report_counts(assay::context& host, const co::LoopLog& log, const co::ThreadCrew& crew) {
    std::uint64_t questions = 0, unanswered = 0, late = 0, refused = 0;
    for (std::size_t i = 0; i < log.members.size(); ++i) {
        questions += log.members[i].asked;
        unanswered += log.members[i].unanswered;
        late += crew.counts(i).late;
        refused += crew.counts(i).refused;
    }
    host.metric("cycles", static_cast<double>(log.cycles.size()));
    host.metric("missed", static_cast<double>(log.missed));
    host.metric("skipped", static_cast<double>(log.skipped));
    host.metric("questions", static_cast<double>(questions));
    host.metric("unanswered", static_cast<double>(unanswered));
    host.metric("late_answers", static_cast<double>(late));
    host.metric("refused", static_cast<double>(refused));
    host.metric("emergencies", static_cast<double>(log.emergencies));
}

} // namespace assay::coordination_suite
