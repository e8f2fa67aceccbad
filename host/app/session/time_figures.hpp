// `time` of a case over its launches: samples or, of a latency case, histograms; with what is known
// of every launch beside them and why single slices are odd.
//
//   TimeFigures time(family.shape);
//   time.add(outcome, clock);                  // once per measuring launch
//   report::MetricResult metric = time.metric();
//
// Not thread-safe; one per case.
#pragma once

#include "measure/launch.hpp"
#include "measure/slice_labels.hpp"
#include "report/event.hpp"
#include "workers/worker.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

class TimeFigures {
public:
    explicit TimeFigures(measure::Shape shape)
        : shape_(shape) {}

    void add(const workers::LaunchOutcome& outcome, measure::Clock clock);

    // Operations of a latency case, slices of the others.
    [[nodiscard]] std::uint64_t samples() const noexcept;
    // Whether the launch added last has a time at all.
    [[nodiscard]] bool last_has_time() const noexcept;

    // Without clock and iterations, which belong to the calibration.
    [[nodiscard]] report::MetricResult metric() const;
    // What a reader of the case should know of it.
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    // Slices of launches in which somebody else had the processor; nothing where nobody counts
    // that.
    struct Withheld {
        std::optional<std::uint64_t> slices;
        std::uint32_t launches = 0;

        void add(bool known, bool withheld, std::uint64_t more);
    };

    void add_samples(const measure::LaunchRecord& record,
                     measure::Clock clock,
                     report::LaunchFacts& facts);
    [[nodiscard]] std::optional<double> overlap() const;
    [[nodiscard]] std::vector<report::Bimodality> bimodality() const;

    measure::Shape shape_;
    std::vector<std::vector<double>> launches_; // samples; empty of a latency case
    std::vector<report::LaunchFacts> facts_;    // as long
    measure::SliceLabels labels_;
    Withheld stolen_, throttled_;
    std::vector<double> overlaps_; // of every slice of several lanes
};

} // namespace assay::app
