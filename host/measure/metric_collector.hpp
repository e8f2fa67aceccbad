// Gathers what a case reports through host->metric() during one launch and makes one figure of each
// metric by its own rule. Launches are never pooled here: between them stands the median,
// elsewhere.
//
//   MetricCollector collector(family.metrics);
//   collector.accept(true);  collector.observe(0, 12.5);
//   std::vector<MetricRecord> records = collector.aggregate(seconds_of_recorded_slices);
//
// observe() from any thread; the rest from the launch's own.
#pragma once

#include "measure/launch.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace assay::measure {

class MetricCollector {
public:
    // A case that reports more samples than this in one launch keeps the first ones.
    static constexpr std::size_t kSamplesMax = 100'000;

    explicit MetricCollector(std::vector<MetricDescription> metrics);

    // Observations of batches that are thrown away (lead-in, warm-up, calibration) do not count.
    void accept(bool on);

    // Returns a sentence when the observation is refused and somebody should hear of it: once per
    // launch for an index out of range, once per metric for what is no finite number.
    [[nodiscard]] std::optional<std::string> observe(std::uint32_t index, double value);

    // `seconds`: of the case's clock over the recorded slices, for RATE.
    [[nodiscard]] std::vector<MetricRecord> aggregate(double seconds) const;

    // Remarks for the record: how many samples were not kept.
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    struct Gathered {
        std::uint64_t count = 0;
        double sum = 0, min = 0, max = 0, last = 0;
        std::vector<double> samples;
        bool refusal_told = false;
    };

    [[nodiscard]] std::optional<double> figure(std::size_t index, double seconds) const;

    std::vector<MetricDescription> metrics_;
    mutable std::mutex mutex_;
    std::vector<Gathered> gathered_;
    bool accepting_ = false;
    bool index_told_ = false;
};

} // namespace assay::measure
