#include "app/session/time_figures.hpp"

#include "app/session/launch_metric.hpp"
#include "app/session/progress.hpp"
#include "measure/slice_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace assay::app {
namespace {

using measure::Clock;
using measure::SliceRecord;

constexpr double kTick_s = 0.01; // USER_HZ
constexpr double kSecondsPerMicro = 1e-6;
constexpr double kSecondsPerNano = 1e-9;
// Steadiness is asked of two windows of five slices: with fewer nobody can tell.
constexpr std::uint32_t kWarmupTells = 10;
// Lanes that ran alone for more than this are no longer a measurement of all of them together.
constexpr double kOverlapMin = 0.95;
// Resampling draws the same launches in every reading of the same figures.
constexpr std::uint64_t kResamplingSeed = 1;

report::LaunchFacts facts_of(const workers::LaunchOutcome& outcome) {
    report::LaunchFacts facts;
    if (const auto& calibration = outcome.record.calibration) {
        facts.warmup_slices = calibration->warmup_slices;
        if (calibration->steady || calibration->warmup_slices >= kWarmupTells) {
            facts.steady = calibration->steady;
        }
    }
    if (const auto ticks = outcome.withheld.steal_ticks) {
        facts.stolen_s = static_cast<double>(*ticks) * kTick_s;
    }
    if (const auto us = outcome.withheld.throttled_us) {
        facts.throttled_s = static_cast<double>(*us) * kSecondsPerMicro;
    }
    return facts;
}

report::MetricResult latency_metric(const std::vector<report::LaunchFacts>& facts) {
    std::vector<LatencyHistogram> histograms;
    for (const report::LaunchFacts& launch : facts) {
        histograms.push_back(launch.histogram);
    }
    report::MetricResult metric =
        launch_metric("time", "s", measure::Direction::lower, {}); // nothing is listed
    statistics::LatencySummary latency =
        statistics::summarise_latency(histograms, {.seed = kResamplingSeed});
    metric.summary = std::move(latency.summary);
    metric.launches.resize(metric.summary.launch_medians.size());
    if (metric.summary.n > 0) {
        metric.percentiles = std::move(latency.percentiles);
        metric.reason.clear();
    }
    return metric;
}

std::string note_of(const report::Bimodality& found) {
    const auto& [dip, low, high] = found.modes;
    return fmt::format("bimodal: {} near {} ({:.0f} %) and near {} ({:.0f} %)",
                       found.of,
                       duration_text(low.value),
                       100 * low.share,
                       duration_text(high.value),
                       100 * high.share);
}

} // namespace

void TimeFigures::Withheld::add(bool known, bool withheld, std::uint64_t more) {
    if (known) {
        slices = slices.value_or(0) + (withheld ? more : 0);
        launches += withheld ? 1 : 0;
    }
}

void TimeFigures::add(const workers::LaunchOutcome& outcome, Clock clock) {
    const measure::LaunchRecord& record = outcome.record;
    report::LaunchFacts facts = facts_of(outcome);
    const measure::SliceLabels labels = measure::labels_of(record.slices);
    labels_.slices += labels.slices;
    labels_.preempted += labels.preempted;
    labels_.faulted += labels.faulted;
    labels_.migrated += labels.migrated;
    labels_.interrupted += labels.interrupted;
    const measure::WithheldCpu& withheld = outcome.withheld;
    stolen_.add(withheld.steal_ticks.has_value(), withheld.stolen(), labels.slices);
    throttled_.add(
        withheld.throttled_periods || withheld.throttled_us, withheld.throttled(), labels.slices);
    const std::vector<double> overlaps = measure::overlap_shares(record.slices);
    overlaps_.insert(overlaps_.end(), overlaps.begin(), overlaps.end());
    if (!overlaps.empty()) {
        facts.overlap = statistics::median(overlaps);
    }
    launches_.emplace_back();
    if (shape_ == measure::Shape::latency) {
        facts.histogram = record.latency;
    } else {
        add_samples(record, clock, facts);
    }
    facts_.push_back(std::move(facts));
}

void TimeFigures::add_samples(const measure::LaunchRecord& record,
                              Clock clock,
                              report::LaunchFacts& facts) {
    std::map<std::uint32_t, std::vector<double>> lanes;
    for (const SliceRecord& slice : record.slices) {
        if (slice.flags != 0 || slice.done == 0) {
            continue;
        }
        const double seconds =
            measure::clock_seconds(slice, clock) / static_cast<double>(slice.done);
        launches_.back().push_back(seconds);
        lanes[slice.lane].push_back(seconds);
    }
    if (lanes.size() > 1) {
        for (auto& [lane, samples] : lanes) {
            facts.lanes.push_back(std::move(samples));
        }
    }
}

std::uint64_t TimeFigures::samples() const noexcept {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < launches_.size(); ++i) {
        n += launches_[i].size() + facts_[i].histogram.count();
    }
    return n;
}

bool TimeFigures::last_has_time() const noexcept {
    return !launches_.empty() && (!launches_.back().empty() || !facts_.back().histogram.empty());
}

std::optional<double> TimeFigures::overlap() const {
    return overlaps_.empty() ? std::nullopt : std::optional(statistics::median(overlaps_));
}

// Operations of a latency case may have as many modes as they like: they have percentiles.
std::vector<report::Bimodality> TimeFigures::bimodality() const {
    std::vector<report::Bimodality> found;
    if (const auto modes = statistics::find_modes_within(launches_)) {
        found.push_back({"slices", *modes});
    }
    std::vector<double> medians;
    for (std::size_t i = 0; i < launches_.size(); ++i) {
        if (!launches_[i].empty()) {
            medians.push_back(statistics::median(launches_[i]));
        } else if (!facts_[i].histogram.empty()) {
            medians.push_back(facts_[i].histogram.quantile(0.5) * kSecondsPerNano);
        }
    }
    // Medians of a histogram come in its steps.
    const double step =
        shape_ == measure::Shape::latency && !medians.empty()
            ? std::max(kSecondsPerNano, statistics::median(medians) / LatencyHistogram::kSubBuckets)
            : 0;
    if (const auto modes = statistics::find_modes(medians, step)) {
        found.push_back({"launches", *modes});
    }
    return found;
}

report::MetricResult TimeFigures::metric() const {
    report::MetricResult metric =
        shape_ == measure::Shape::latency
            ? latency_metric(facts_)
            : launch_metric("time", "s", measure::Direction::lower, launches_);
    // Beside the listed launches: one without a time is not listed.
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (!launches_[i].empty() || !facts_[i].histogram.empty()) {
            metric.facts.push_back(facts_[i]);
        }
    }
    metric.preempted = labels_.preempted;
    metric.faulted = labels_.faulted;
    metric.migrated = labels_.migrated;
    metric.interrupted = labels_.interrupted;
    metric.stolen = stolen_.slices;
    metric.throttled = throttled_.slices;
    metric.overlap = overlap();
    metric.bimodal = bimodality();
    return metric;
}

std::vector<std::string> TimeFigures::notes() const {
    std::vector<std::string> notes;
    for (const report::Bimodality& found : bimodality()) {
        notes.push_back(note_of(found));
    }
    if (const auto share = overlap(); share && *share < kOverlapMin) {
        notes.push_back(fmt::format("overlap: all lanes ran together in {:.0f} % of the time from "
                                    "the barrier to the last one's end (below 95 %)",
                                    100 * *share));
    }
    if (throttled_.launches > 0) {
        notes.push_back(fmt::format("throttled: a CPU quota (cgroup) held back {} of {} launches",
                                    throttled_.launches,
                                    launches_.size()));
    }
    return notes;
}

} // namespace assay::app
