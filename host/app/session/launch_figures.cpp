#include "app/session/launch_figures.hpp"

#include "app/session/launch_metric.hpp"
#include "measure/slice_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace assay::app {
namespace {

using measure::Clock;
using measure::clock_seconds;
using measure::SliceRecord;

constexpr double kSecondsPerNano = 1e-9;
// Slices grow until the clock is a thousandth of them, where inputs in memory and length of an
// iteration allow it. Half of the usual margin is a reason to doubt a figure.
constexpr double kOverheadBoundMax = 0.005;

// The slices of all lanes that ran together: work of all over the wall time from the first start to
// the last end.
struct Crew {
    std::uint64_t items = 0, bytes = 0;
    std::uint64_t start_ns = std::numeric_limits<std::uint64_t>::max(), end_ns = 0;
    double clock_s = 0;
    std::uint32_t lanes = 0;

    void add(const SliceRecord& slice, Clock clock) noexcept {
        items += slice.items;
        bytes += slice.bytes;
        start_ns = std::min(start_ns, slice.start_ns);
        end_ns = std::max(end_ns, slice.start_ns + slice.wall_ns);
        clock_s = clock_seconds(slice, clock);
        ++lanes;
    }

    // One lane: the case's own clock; several: wall time of the crew.
    [[nodiscard]] double seconds() const noexcept {
        return lanes == 1 ? clock_s : static_cast<double>(end_ns - start_ns) * kSecondsPerNano;
    }
};

bool all_empty(const std::vector<std::vector<double>>& launches) {
    return std::ranges::all_of(launches, [](const auto& samples) { return samples.empty(); });
}

} // namespace

void CaseFigures::add_notes(const std::vector<std::string>& notes, std::uint32_t launches) {
    for (const std::string& note : notes) {
        NoteCount& count = notes_[note.substr(0, note.find(':'))];
        count.text = std::max(count.text, note); // one of them stands for all of its kind
        count.launches += launches;
    }
}

void CaseFigures::add_verifying(const workers::LaunchOutcome& outcome) {
    if (outcome.record.first_iteration_s) {
        first_iteration_.push_back({*outcome.record.first_iteration_s});
    }
    for (const measure::Attachment& attachment : outcome.record.attachments) {
        attachments_.push_back(attachment);
    }
    check_checksums(outcome.record);
    add_notes(outcome.record.notes, 0);
    // What verify() observed is a figure too, for metrics that no measuring launch observes.
    add_own_metrics(outcome.record, verifying_launches_++, own_verifying_);
}

void CaseFigures::add(const workers::LaunchOutcome& outcome) {
    const measure::LaunchRecord& record = outcome.record;
    const std::size_t launch = launches_++;
    if (record.calibration && !calibration_) {
        calibration_ = record.calibration;
    }
    setup_.push_back({record.setup_s});
    if (record.first_iteration_s) {
        first_iteration_.push_back({*record.first_iteration_s});
    }
    peak_rss_.emplace_back();
    if (outcome.death && outcome.death->peak_rss_bytes > 0) {
        peak_rss_.back().push_back(static_cast<double>(outcome.death->peak_rss_bytes));
    }
    const Clock clock = record.calibration ? record.calibration->clock : Clock::wall;
    time_.add(outcome, clock);
    add_slices(record, clock);
    check_checksums(record);
    add_own_metrics(record, launch, own_);
    add_notes(record.notes, 1);
}

void CaseFigures::add_slices(const measure::LaunchRecord& record, Clock clock) {
    std::vector<double> wall;
    std::vector<double> cpu;
    std::map<std::uint32_t, Crew> crews;
    for (const SliceRecord& slice : record.slices) {
        if (slice.flags != 0 || slice.done == 0) {
            continue;
        }
        const auto iterations = static_cast<double>(slice.done);
        wall.push_back(clock_seconds(slice, Clock::wall) / iterations);
        cpu.push_back(clock_seconds(slice, Clock::thread_cpu) / iterations);
        crews[slice.index].add(slice, clock);
    }
    std::vector<double> items;
    std::vector<double> bytes;
    for (const auto& [index, crew] : crews) {
        const double seconds = crew.seconds();
        if (seconds > 0 && crew.items > 0) {
            items.push_back(static_cast<double>(crew.items) / seconds);
        }
        if (seconds > 0 && crew.bytes > 0) {
            bytes.push_back(static_cast<double>(crew.bytes) / seconds);
        }
    }
    wall_.push_back(std::move(wall));
    cpu_.push_back(std::move(cpu));
    items_rate_.push_back(std::move(items));
    bytes_rate_.push_back(std::move(bytes));
}

void CaseFigures::add_own_metrics(const measure::LaunchRecord& record,
                                  std::size_t launch,
                                  OwnMetrics& into) {
    for (const measure::MetricRecord& metric : record.metrics) {
        if (!metric.value) {
            continue;
        }
        std::vector<double> samples = metric.samples;
        if (samples.empty()) {
            samples.push_back(*metric.value);
        }
        Launches& launches = into[metric.index];
        launches.resize(launch + 1); // those before it may have lacked this metric
        launches[launch] = std::move(samples);
    }
}

void CaseFigures::check_checksums(const measure::LaunchRecord& record) {
    for (const SliceRecord& slice : record.slices) {
        // Inputs of the n against 2n check occur in one launch alone, which has compared them.
        const bool once = (slice.flags & measure::kSliceScaling) != 0;
        if (once || slice.checksum == 0 || slice.done != slice.iterations) {
            continue;
        }
        const auto [known, is_new] =
            checksums_.try_emplace({slice.lane, slice.iterations, slice.seed}, slice.checksum);
        if (!is_new && known->second != slice.checksum && checksum_conflict_.empty()) {
            checksum_conflict_ = "checksum differs between batches with equal seed (" +
                                 std::to_string(slice.seed) + "), lane (" +
                                 std::to_string(slice.lane) + ") and iterations (" +
                                 std::to_string(slice.iterations) + ")";
        }
    }
}

const CaseFigures::HostMetrics& CaseFigures::host_metrics() {
    using measure::Direction;
    using F = CaseFigures;
    constexpr Clock kNone = Clock::automatic;
    static constexpr HostMetrics kAll{{
        {"wall_time", "s", Direction::lower, &F::wall_, Clock::wall, false},
        {"cpu_time", "s", Direction::lower, &F::cpu_, Clock::thread_cpu, false},
        {"setup_time", "s", Direction::lower, &F::setup_, Clock::wall, false},
        {"first_iteration", "s", Direction::lower, &F::first_iteration_, Clock::wall, false},
        {"peak_rss", "By", Direction::lower, &F::peak_rss_, kNone, false},
        {"items_rate", "{item}/s", Direction::higher, &F::items_rate_, kNone, true},
        {"bytes_rate", "By/s", Direction::higher, &F::bytes_rate_, kNone, true},
    }};
    return kAll;
}

std::vector<std::string_view> CaseFigures::host_metric_keys() {
    std::vector<std::string_view> keys;
    for (const HostMetric& which : host_metrics()) {
        keys.push_back(which.key);
    }
    return keys;
}

report::MetricResult CaseFigures::host_metric(const HostMetric& which) const {
    report::MetricResult metric = launch_metric(
        std::string(which.key), std::string(which.unit), which.direction, this->*which.launches);
    if (which.clock != Clock::automatic) {
        metric.clock = which.clock;
    }
    if (which.key == "peak_rss") {
        metric.aggregate = measure::Aggregate::max;
    }
    return metric;
}

std::vector<report::MetricResult> CaseFigures::metrics() const {
    std::vector<report::MetricResult> metrics;
    const Clock clock = calibration_ ? calibration_->clock : Clock::automatic;
    report::MetricResult time = time_.metric();
    // Single operations are read off the tick counter, which goes on while others have the
    // processor, whatever clock their batches are calibrated by.
    time.clock =
        family_.shape == measure::Shape::latency && clock != Clock::automatic ? Clock::wall : clock;
    time.iterations = calibration_ ? calibration_->iterations : 0;
    metrics.push_back(std::move(time));
    for (const HostMetric& which : host_metrics()) {
        if (!which.optional || !all_empty(this->*which.launches)) {
            metrics.push_back(host_metric(which));
        }
    }
    for (std::uint32_t index = 0; index < family_.metrics.size(); ++index) {
        metrics.push_back(own_metric(index));
    }
    return metrics;
}

std::optional<report::MetricResult> CaseFigures::metric(std::string_view key) const {
    for (const HostMetric& which : host_metrics()) {
        if (which.key == key) {
            return host_metric(which);
        }
    }
    const auto own = std::ranges::find(family_.metrics, key, &measure::MetricDescription::key);
    return own == family_.metrics.end()
               ? std::nullopt
               : std::optional(
                     own_metric(static_cast<std::uint32_t>(own - family_.metrics.begin())));
}

report::MetricResult CaseFigures::own_metric(std::uint32_t index) const {
    const measure::MetricDescription& described = family_.metrics[index];
    const auto measured = own_.find(index);
    const auto verifying = own_verifying_.find(index);
    // What verify() alone observes comes from no measuring launch, and has no place among them.
    const bool verified_alone = measured == own_.end() && verifying != own_verifying_.end();
    Launches launches;
    if (verified_alone) {
        launches = verifying->second;
    } else {
        launches = measured != own_.end() ? measured->second : Launches();
        launches.resize(launches_);
    }
    report::MetricResult metric =
        launch_metric(described.key, described.unit, described.direction, launches);
    metric.aggregate = described.aggregate;
    metric.provenance = described.provenance;
    metric.flags = described.flags;
    metric.companion = described.companion;
    metric.only_verified = verified_alone;
    return metric;
}

std::vector<std::string> CaseFigures::notes() const {
    std::vector<std::string> notes;
    for (const auto& [kind, count] : notes_) {
        notes.push_back(count.launches == 0
                            ? count.text + " (while it was verified)"
                            : count.text + " (" + std::to_string(count.launches) + " of " +
                                  std::to_string(launches_) + " launches)");
    }
    if (calibration_ && calibration_->overhead_bound > kOverheadBoundMax) {
        notes.push_back(
            fmt::format("reading the clock is up to {:.2g} % of a slice, which cannot be "
                        "made longer",
                        100 * calibration_->overhead_bound));
    }
    std::ranges::move(time_.notes(), std::back_inserter(notes));
    for (const auto& [index, launches] : own_) {
        const measure::MetricDescription& metric = family_.metrics[index];
        const bool equal =
            launches.size() == launches_ &&
            std::ranges::all_of(launches, [&](const auto& one) { return one == launches.front(); });
        if ((metric.flags & ASSAY_METRIC_EXACT) != 0 && !equal) {
            notes.push_back("nondeterministic: exact metric '" + metric.key +
                            "' differs between launches");
        }
    }
    return notes;
}

json::object CaseFigures::extra() const {
    json::object extra;
    if (calibration_) {
        extra["calibration"] = json::object{
            {"iterations", json_count(calibration_->iterations)},
            {"clock", std::string(name_of(calibration_->clock))},
            {"clock_cost", json_number(calibration_->clock_cost_s)},
            {"overhead_bound", json_number(calibration_->overhead_bound)},
            {"batch_bytes", json_count(calibration_->batch_bytes)},
            {"warmup_slices", calibration_->warmup_slices},
            {"steady", calibration_->steady},
        };
    }
    if (!attachments_.empty()) {
        json::array attached;
        for (const measure::Attachment& attachment : attachments_) {
            attached.push_back(json::object{{"name", attachment.name},
                                            {"media_type", attachment.media_type},
                                            {"text", attachment.bytes}});
        }
        extra["attachments"] = std::move(attached);
    }
    return extra;
}

} // namespace assay::app
