#include "app/session/memory_figures.hpp"

#include "app/session/launch_request.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <optional>

namespace assay::app {
namespace {

using measure::MemoryBatch;
using Samples = std::vector<std::vector<double>>; // of each launch

double per_iteration(std::uint64_t total, const MemoryBatch& batch) {
    return static_cast<double>(total) / static_cast<double>(batch.iterations);
}

template <class Figure>
Samples of_batches(const MemoryFigures& memory, Figure figure) {
    Samples launches;
    for (const MemoryLaunch& launch : memory.launches) {
        std::vector<double>& samples = launches.emplace_back();
        for (const MemoryBatch& batch : launch.batches) {
            samples.push_back(figure(batch));
        }
    }
    return launches;
}

Samples peaks_live(const MemoryFigures& memory) {
    Samples launches = of_batches(
        memory, [](const MemoryBatch& one) { return static_cast<double>(one.peak_live_bytes); });
    for (std::vector<double>& batches : launches) {
        batches = {std::ranges::max(batches)};
    }
    return launches;
}

Samples peaks_rss(const MemoryFigures& memory) {
    Samples launches;
    for (const MemoryLaunch& launch : memory.launches) {
        if (launch.peak_rss_bytes > 0) {
            launches.push_back({static_cast<double>(launch.peak_rss_bytes)});
        }
    }
    return launches;
}

bool launches_agree(const Samples& launches) {
    return std::ranges::all_of(launches, [&](const auto& one) { return one == launches.front(); });
}

// Nothing where no launch could take two sizes.
std::optional<bool> scales(const Samples& launches) {
    if (launches.empty() || launches.front().size() < 2) {
        return std::nullopt;
    }
    return std::ranges::all_of(launches, [](const auto& one) { return one.front() == one.back(); });
}

report::MetricResult
metric_of(const MemoryFigures& memory, std::string key, std::string unit, Samples launches) {
    report::MetricResult metric;
    metric.key = std::move(key);
    metric.unit = std::move(unit);
    metric.direction = measure::Direction::lower;
    metric.provenance = measure::Provenance::measured;
    metric.iterations = memory.iterations;
    metric.reason = memory.reason;
    if (!memory.complete()) {
        launches.clear();
    }
    metric.summary = statistics::summarise(launches);
    if (metric.summary.n == 0 && metric.reason.empty()) {
        metric.reason = "no observation";
    }
    metric.launches = std::move(launches);
    return metric;
}

// A count per iteration: exact where all launches and both sizes agree to the last one.
report::MetricResult
counted(const MemoryFigures& memory, std::string key, std::string unit, const Samples& launches) {
    report::MetricResult metric = metric_of(memory, std::move(key), std::move(unit), launches);
    metric.provenance_text = "malloc";
    if (memory.complete()) {
        metric.scales = scales(launches);
        const bool exact = launches_agree(launches) && metric.scales.value_or(true);
        metric.flags = exact ? std::uint32_t{ASSAY_METRIC_EXACT} : 0u;
    }
    return metric;
}

// The most that was held at once, in pieces as large as the allocator makes them: that depends on
// what the heap went through before, so it is never exact.
report::MetricResult peak_live(const MemoryFigures& memory) {
    const Samples launches = peaks_live(memory);
    report::MetricResult metric = metric_of(memory, "peak_live_bytes", "By", launches);
    metric.provenance_text = "malloc";
    metric.aggregate = measure::Aggregate::max;
    return metric;
}

// "nondeterministic allocations: 3 to 4 per iteration in two launches"
void note_count(const Samples& launches,
                const std::string& what,
                std::uint64_t n,
                std::vector<std::string>& notes) {
    if (!launches_agree(launches)) {
        std::vector<double> all;
        for (const std::vector<double>& batches : launches) {
            all.insert(all.end(), batches.begin(), batches.end());
        }
        const auto [low, high] = std::ranges::minmax(all);
        notes.push_back("nondeterministic " + what + ": " + shortest(low) + " to " +
                        shortest(high) + " per iteration in two launches");
    } else if (!scales(launches).value_or(true)) {
        notes.push_back(what + " do not scale: " + shortest(launches.front().front()) +
                        " per iteration in a batch of " + std::to_string(n) + ", " +
                        shortest(launches.front().back()) + " in one of " + std::to_string(2 * n));
    }
}

// A byte per iteration more at the peak of 2n iterations than of n is no rounding of the allocator.
void note_growth(const MemoryFigures& memory, std::vector<std::string>& notes) {
    const auto& batches = memory.launches.front().batches;
    if (batches.size() < 2 || batches.back().peak_live_bytes < batches.front().peak_live_bytes) {
        return;
    }
    const double more =
        static_cast<double>(batches.back().peak_live_bytes - batches.front().peak_live_bytes) /
        static_cast<double>(batches.back().iterations - batches.front().iterations);
    if (more >= 1) {
        notes.push_back("keeps memory while it runs: " + shortest(more) +
                        " bytes more per iteration");
    }
}

bool is_its_own(const report::CaseResult& result, const std::string& key) {
    return std::ranges::find(result.metrics, key, &report::MetricResult::key) !=
           result.metrics.end();
}

} // namespace

measure::LaunchRequest memory_request(const CountWish& wish) {
    measure::LaunchRequest request = launch_request(wish.suite, wish.planned, wish.options);
    request.launch = 1;
    request.memory_iterations = count_iterations(wish.slice_iterations);
    return request;
}

void add_memory(const MemoryFigures& memory, report::CaseResult& result) {
    const Samples allocations = of_batches(
        memory, [](const MemoryBatch& one) { return per_iteration(one.allocations, one); });
    const Samples bytes =
        of_batches(memory, [](const MemoryBatch& one) { return per_iteration(one.bytes, one); });
    std::vector<report::MetricResult> metrics{
        counted(memory, "allocations", "{allocation}", allocations),
        counted(memory, "allocated_bytes", "By", bytes),
        peak_live(memory),
        metric_of(memory, "memory_peak_rss", "By", peaks_rss(memory))};
    metrics.back().aggregate = measure::Aggregate::max;
    for (report::MetricResult& metric : metrics) {
        if (is_its_own(result, metric.key)) {
            result.notes.push_back(metric.key +
                                   " is this case's own metric: the figure of --memory "
                                   "is left out");
        } else {
            result.metrics.push_back(std::move(metric));
        }
    }
    if (memory.complete()) {
        note_count(allocations, "allocations", memory.iterations, result.notes);
        note_count(bytes, "allocated bytes", memory.iterations, result.notes);
        note_growth(memory, result.notes);
        std::ranges::copy(memory.launches.front().notes, std::back_inserter(result.notes));
    }
}

} // namespace assay::app
