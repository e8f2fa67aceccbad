#include "measure/metric_collector.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <cmath>

namespace assay::measure {
namespace {

double median(std::vector<double> values) {
    const std::size_t middle = values.size() / 2;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(middle);
    std::nth_element(values.begin(), at, values.end());
    if (values.size() % 2 == 1) {
        return *at;
    }
    return 0.5 * (*at + *std::max_element(values.begin(), at));
}

} // namespace

MetricCollector::MetricCollector(std::vector<MetricDescription> metrics)
    : metrics_(std::move(metrics))
    , gathered_(metrics_.size()) {}

void MetricCollector::accept(bool on) {
    const std::lock_guard lock(mutex_);
    accepting_ = on;
}

std::optional<std::string> MetricCollector::observe(std::uint32_t index, double value) {
    const std::lock_guard lock(mutex_);
    if (index >= gathered_.size()) {
        if (std::exchange(index_told_, true)) {
            return std::nullopt; // once per launch is enough
        }
        return "metric number " + std::to_string(index) + " was reported, but the family has " +
               std::to_string(gathered_.size()) + ": ignored";
    }
    Gathered& metric = gathered_[index];
    if (!std::isfinite(value)) {
        if (std::exchange(metric.refusal_told, true)) {
            return std::nullopt;
        }
        return "metric '" + metrics_[index].key + "' was given " +
               (std::isnan(value) ? "NaN" : "an infinity") +
               ": refused, a figure is a finite number";
    }
    if (!accepting_) {
        return std::nullopt;
    }
    metric.min = metric.count == 0 ? value : std::min(metric.min, value);
    metric.max = metric.count == 0 ? value : std::max(metric.max, value);
    metric.sum += value;
    metric.last = value;
    ++metric.count;
    if (metrics_[index].aggregate == Aggregate::samples && metric.samples.size() < kSamplesMax) {
        metric.samples.push_back(value);
    }
    return std::nullopt;
}

std::optional<double> MetricCollector::figure(std::size_t index, double seconds) const {
    const MetricDescription& metric = metrics_[index];
    const Gathered& seen = gathered_[index];
    if (metric.aggregate == Aggregate::ratio) { // has no observations of its own
        const Gathered& numerator = gathered_[metric.numerator];
        const Gathered& denominator = gathered_[metric.denominator];
        const bool known = numerator.count > 0 && denominator.count > 0 && denominator.sum != 0;
        return known ? std::optional(numerator.sum / denominator.sum) : std::nullopt;
    }
    if (seen.count == 0) {
        return std::nullopt;
    }
    switch (metric.aggregate) {
    case Aggregate::samples:
        return median(seen.samples);
    case Aggregate::sum:
        return seen.sum;
    case Aggregate::max:
        return seen.max;
    case Aggregate::min:
        return seen.min;
    case Aggregate::last:
        return seen.last;
    case Aggregate::mean:
        return seen.sum / static_cast<double>(seen.count);
    case Aggregate::rate:
        return seconds > 0 ? std::optional(seen.sum / seconds) : std::nullopt;
    case Aggregate::ratio:
        break;
    }
    return std::nullopt;
}

std::vector<MetricRecord> MetricCollector::aggregate(double seconds) const {
    const std::lock_guard lock(mutex_);
    std::vector<MetricRecord> records;
    for (std::size_t i = 0; i < metrics_.size(); ++i) {
        MetricRecord record;
        record.index = static_cast<std::uint32_t>(i);
        record.value = figure(i, seconds);
        if (record.value && !std::isfinite(*record.value)) {
            record.value.reset(); // a sum that overflowed is no figure
        }
        record.samples = gathered_[i].samples;
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<std::string> MetricCollector::notes() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> remarks;
    for (std::size_t i = 0; i < metrics_.size(); ++i) {
        const Gathered& metric = gathered_[i];
        if (!metric.samples.empty() && metric.count > metric.samples.size()) {
            remarks.push_back("metric '" + metrics_[i].key + "': kept the first " +
                              std::to_string(metric.samples.size()) + " of " +
                              std::to_string(metric.count) + " samples");
        }
    }
    return remarks;
}

} // namespace assay::measure
