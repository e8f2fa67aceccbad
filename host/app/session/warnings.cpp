#include "app/session/warnings.hpp"

#include "app/session/progress.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::app {
namespace {

// More of the slices than this interrupted: wall time is quantised by the scheduler.
constexpr double kPreemptedShareMax = 0.2;
// Of the median, for the whole width of its interval.
constexpr double kQuietWidthMax = 0.1;

bool has_note(const report::CaseResult& result, std::string_view beginning) {
    return std::ranges::any_of(
        result.notes, [&](const std::string& note) { return note.starts_with(beginning); });
}

} // namespace

std::optional<std::string> noise_note(const statistics::Summary& time) {
    if (!time.interval || time.launch_medians.empty() ||
        !(time.interval->high - time.interval->low > kQuietWidthMax * time.median)) {
        return std::nullopt;
    }
    const auto [least, most] = std::ranges::minmax(time.launch_medians);
    return "noisy: launches between " + duration_text(least) + " and " + duration_text(most);
}

void WarningSigns::see(const report::CaseResult& result) {
    if (result.status != measure::CaseStatus::passed || result.metrics.empty()) {
        return;
    }
    ++measured_;
    unverified_ += result.verified ? 0 : 1;
    unsteady_ += has_note(result, "unsteady") ? 1 : 0;
    waiting_ += has_note(result, "mostly waiting") ? 1 : 0;
    bimodal_ += has_note(result, "bimodal") ? 1 : 0;
    noisy_ += has_note(result, "noisy") ? 1 : 0;
    empty_ += has_note(result, "no slower than an empty loop") ? 1 : 0;
    lanes_alone_ += has_note(result, "overlap") ? 1 : 0;
    few_samples_ += has_note(result, "few samples") ? 1 : 0;
    nondeterministic_ += has_note(result, "nondeterministic") ? 1 : 0;
    // `time` of a latency case has operations for samples; `wall_time` always has slices.
    const auto wall = std::ranges::find(result.metrics, "wall_time", &report::MetricResult::key);
    if (wall != result.metrics.end()) {
        slices_ += wall->summary.n;
        preempted_ += result.metrics.front().preempted;
    }
}

void WarningSigns::warn_of_times(std::vector<RunWarning>& list) const {
    if (empty_ > 0) {
        list.push_back({fmt::format("{} of {} cases are no slower than an empty loop: their bodies "
                                    "may have been optimised away",
                                    empty_,
                                    measured_),
                        "return their results, or assay::keep(x)"});
    }
    if (waiting_ > 0) {
        list.push_back(
            {fmt::format(
                 "{} of {} cases mostly wait: their time is CPU time, the whole is in wall_time",
                 waiting_,
                 measured_),
             "declare what they wait for (domains) or clock wall"});
    }
    if (unsteady_ > 0) {
        list.push_back({fmt::format("{} of {} cases had launches that never became steady",
                                    unsteady_,
                                    measured_),
                        "--mode comprehensive"});
    }
    if (noisy_ > 0) {
        list.push_back({fmt::format("{} of {} cases are noisy: the interval of their time is wider "
                                    "than 10 % of it",
                                    noisy_,
                                    measured_),
                        "assay doctor"});
    }
    if (bimodal_ > 0) {
        list.push_back({fmt::format("{} of {} cases are bimodal: their median is no typical time",
                                    bimodal_,
                                    measured_),
                        ""});
    }
}

void WarningSigns::warn_of_cases(std::vector<RunWarning>& list) const {
    if (lanes_alone_ > 0) {
        list.push_back({fmt::format("{} of {} cases have lanes that ran together for less than "
                                    "95 % of their time",
                                    lanes_alone_,
                                    measured_),
                        "fewer lanes, or more work per lane"});
    }
    if (few_samples_ > 0) {
        list.push_back({fmt::format("{} of {} cases have fewer samples than their mode asks for",
                                    few_samples_,
                                    measured_),
                        ""});
    }
    if (nondeterministic_ > 0) {
        list.push_back(
            {fmt::format("{} of {} cases have an exact metric that differs between launches",
                         nondeterministic_,
                         measured_),
             "assay check PLUGIN --only C7"});
    }
    if (unverified_ > 0) {
        list.push_back(
            {fmt::format("{} of {} cases do not verify their result", unverified_, measured_),
             "give them a verify()"});
    }
}

std::vector<RunWarning> WarningSigns::warnings(const RunSurroundings& surroundings) const {
    std::vector<RunWarning> list;
    if (!surroundings.unoptimised_plugins.empty()) {
        list.push_back({fmt::format("built without optimisation: {}",
                                    join(surroundings.unoptimised_plugins, ", ")),
                        "rebuild with -O2 (CMAKE_BUILD_TYPE=Release)"});
    }
    if (surroundings.load_average > surroundings.cpus) {
        list.push_back(
            {fmt::format(
                 "load average {:.1f} on {} CPUs when the run began: others compete for them",
                 surroundings.load_average,
                 surroundings.cpus),
             "run again when the machine is quiet"});
    }
    const double share =
        slices_ == 0 ? 0 : static_cast<double>(preempted_) / static_cast<double>(slices_);
    if (share > kPreemptedShareMax) {
        list.push_back(
            {fmt::format("{:.0f} % of the slices were interrupted by the scheduler", share * 100),
             surroundings.lanes > 1 ? "--lanes 1" : ""});
    }
    warn_of_times(list);
    warn_of_cases(list);
    return list;
}

} // namespace assay::app
