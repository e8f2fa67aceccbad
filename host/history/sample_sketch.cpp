#include "history/sample_sketch.hpp"

#include "statistics/summary.hpp"

#include <algorithm>

namespace assay::history {

Samples sketched(Samples samples) {
    std::vector<double> all;
    for (const std::vector<double>& launch : samples.launches) {
        all.insert(all.end(), launch.begin(), launch.end());
    }
    if (samples.sketch || all.empty()) {
        return samples;
    }
    std::sort(all.begin(), all.end());
    SampleSketch sketch{
        .count = all.size(), .min = all.front(), .max = all.back(), .quantiles = {}};
    for (std::size_t i = 0; i < kSketchQuantiles; ++i) {
        const double p = static_cast<double>(i) / static_cast<double>(kSketchQuantiles - 1);
        sketch.quantiles.push_back(statistics::quantile_sorted(all, p));
    }
    samples.launches.clear();
    samples.sketch = std::move(sketch);
    return samples;
}

} // namespace assay::history
