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

// Writes "1 of 8 cases is ..." or "3 of 8 cases are ..." with what to do; nothing of none.
WarningSigns::Warner WarningSigns::warner(std::vector<RunWarning>& list) const {
    return [this, &list](std::size_t n, const RunWarning& of_one, const RunWarning& of_many) {
        if (n > 0) {
            const RunWarning& said = n == 1 ? of_one : of_many;
            list.push_back(
                {fmt::format(
                     "{} of {} {} {}", n, measured_, measured_ == 1 ? "case" : "cases", said.text),
                 said.next});
        }
    };
}

void WarningSigns::warn_of_times(std::vector<RunWarning>& list) const {
    const auto warn = warner(list);
    warn(empty_,
         {"is no slower than an empty loop: its body may have been optimised away",
          "return its result, or assay::keep(x)"},
         {"are no slower than an empty loop: their bodies may have been optimised away",
          "return their results, or assay::keep(x)"});
    warn(waiting_,
         {"mostly waits: its time is CPU time, the whole is in wall_time",
          "declare what it waits for (domains) or clock wall"},
         {"mostly wait: their time is CPU time, the whole is in wall_time",
          "declare what they wait for (domains) or clock wall"});
    warn(unsteady_,
         {"had launches that never became steady", "--mode comprehensive"},
         {"had launches that never became steady", "--mode comprehensive"});
    warn(noisy_,
         {"is noisy: the interval of its time is wider than 10 % of it", "assay doctor"},
         {"are noisy: the interval of their time is wider than 10 % of it", "assay doctor"});
    warn(bimodal_,
         {"is bimodal: its median is no typical time", ""},
         {"are bimodal: their median is no typical time", ""});
}

void WarningSigns::warn_of_cases(std::vector<RunWarning>& list) const {
    const auto warn = warner(list);
    warn(lanes_alone_,
         {"has lanes that ran together for less than 95 % of their time",
          "fewer lanes, or more work per lane"},
         {"have lanes that ran together for less than 95 % of their time",
          "fewer lanes, or more work per lane"});
    warn(few_samples_,
         {"has fewer samples than its mode asks for", ""},
         {"have fewer samples than their mode asks for", ""});
    warn(nondeterministic_,
         {"has an exact metric that differs between launches", "assay check PLUGIN --only C7"},
         {"have an exact metric that differs between launches", "assay check PLUGIN --only C7"});
    warn(unverified_,
         {"does not verify its result", "give it a verify()"},
         {"do not verify their result", "give them a verify()"});
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
