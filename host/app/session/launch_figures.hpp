// Launch records of one case -> its metrics: the figures that the documents state.
//
//   CaseFigures figures(family);
//   figures.add(outcome);                       // once per measuring launch
//   std::vector<report::MetricResult> metrics = figures.metrics();
//
// The figure of a case is the median over launches of launch medians: slices of one launch share
// its memory layout and are no independent observations (host/statistics/summary.hpp).
// Not thread-safe; one per case.
#pragma once

#include "app/session/time_figures.hpp"
#include "measure/launch.hpp"
#include "report/event.hpp"
#include "workers/worker.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace assay::app {

class CaseFigures {
public:
    explicit CaseFigures(const measure::FamilyDescription& family)
        : family_(family)
        , time_(family.shape) {}

    // The untimed launch that verified the case: its first iteration is a figure of its own.
    void add_verifying(const workers::LaunchOutcome& outcome);
    // A measuring launch that passed.
    void add(const workers::LaunchOutcome& outcome);

    [[nodiscard]] std::uint32_t launches() const noexcept { return launches_; }

    [[nodiscard]] std::uint64_t samples() const noexcept { return time_.samples(); }

    // Whether the launch added last has a figure at all. One without is no measurement, whatever
    // status it gave itself.
    [[nodiscard]] bool last_has_time() const noexcept { return time_.last_has_time(); }

    // Equal seed, lane and iterations must give equal checksums in every launch: empty, or what
    // differed.
    [[nodiscard]] const std::string& checksum_conflict() const noexcept {
        return checksum_conflict_;
    }

    // `time` first, then the host's other metrics, then the case's own in their order.
    [[nodiscard]] std::vector<report::MetricResult> metrics() const;
    // One of them beside `time`, for who wants it after every launch; nothing where there is none.
    [[nodiscard]] std::optional<report::MetricResult> metric(std::string_view key) const;
    // What the host itself observes beside `time`, of this family or of others.
    [[nodiscard]] static std::vector<std::string_view> host_metric_keys();
    // "unsteady (2 of 6 launches)" and the like.
    [[nodiscard]] std::vector<std::string> notes() const;
    // What the case object says beyond its metrics: calibration of the first launch, attachments.
    [[nodiscard]] json::object extra() const;

private:
    using Launches = std::vector<std::vector<double>>;    // empty: launch without an observation
    using OwnMetrics = std::map<std::uint32_t, Launches>; // by index in the family's metrics

    // A figure that every case has, or every one that reports items or bytes.
    struct HostMetric {
        std::string_view key, unit;
        measure::Direction direction;
        Launches CaseFigures::*launches;
        measure::Clock clock;
        bool optional; // only where it was observed
    };

    using HostMetrics = std::array<HostMetric, 7>;

    struct NoteCount {
        std::string text;
        std::uint32_t launches = 0;
    };

    void add_slices(const measure::LaunchRecord& record, measure::Clock clock);
    // `launch`: its place among those of the metrics.
    static void
    add_own_metrics(const measure::LaunchRecord& record, std::size_t launch, OwnMetrics& into);
    void check_checksums(const measure::LaunchRecord& record);
    // `launches`: how many measuring launches said it; 0 for the one that verified.
    void add_notes(const std::vector<std::string>& notes, std::uint32_t launches);
    [[nodiscard]] static const HostMetrics& host_metrics();
    [[nodiscard]] report::MetricResult host_metric(const HostMetric& which) const;
    [[nodiscard]] report::MetricResult own_metric(std::uint32_t index) const;

    const measure::FamilyDescription& family_;
    std::uint32_t launches_ = 0, verifying_launches_ = 0;
    std::optional<measure::Calibration> calibration_;
    std::vector<measure::Attachment> attachments_;
    TimeFigures time_;
    Launches wall_, cpu_, setup_, first_iteration_, peak_rss_, items_rate_, bytes_rate_;
    OwnMetrics own_, own_verifying_;
    std::map<std::string, NoteCount> notes_; // by what stands before their first colon
    std::map<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>, std::uint64_t>
        checksums_; // lane, n, seed
    std::string checksum_conflict_;
};

} // namespace assay::app
