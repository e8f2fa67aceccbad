#include "property.hpp"
#include "support/latency_histogram.hpp"
#include "targets.hpp"

namespace assay::fuzz {

void latencies(std::string_view bytes) {
    const auto histogram = LatencyHistogram::decode(bytes);
    if (!histogram) {
        return;
    }
    require(histogram->encode() == bytes, "what was decoded is encoded to the same bytes");
    LatencyHistogram twice = *histogram;
    twice.merge(*histogram);
    require(twice.count() == 2 * histogram->count(), "merging loses no operation");
    if (!histogram->empty()) {
        const double median = histogram->quantile(0.5);
        require(median >= static_cast<double>(histogram->min_ns()) &&
                    median <= static_cast<double>(histogram->max_ns()),
                "a quantile lies within what was recorded");
    }
}

} // namespace assay::fuzz
