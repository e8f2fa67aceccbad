#include "measure/honesty.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::measure {
namespace {

std::optional<std::string> changed_input(const assay_batch& given, const assay_batch& after) {
    const std::pair<bool, const char*> inputs[] = {
        {given.struct_size == after.struct_size, "struct_size"},
        {given.lane == after.lane, "lane"},
        {given.iterations == after.iterations, "iterations"},
        {given.seed == after.seed, "seed"},
        {given.cancel == after.cancel, "cancel"},
        {given.lanes == after.lanes, "lanes"},
        {given.warmup == after.warmup, "warmup"},
        {given.latency == after.latency, "latency"},
    };
    for (const auto& [same, field] : inputs) {
        if (!same) {
            return std::string("the plugin changed batch->") + field + ", which it may only read";
        }
    }
    return std::nullopt;
}

std::optional<std::string> wrong_done(const BatchClaims& claims) {
    const std::uint64_t asked = claims.given.iterations;
    const std::uint64_t done = claims.after.done;
    if (done == asked || (claims.cancelled && done < asked)) {
        return std::nullopt;
    }
    return "run() says done = " + std::to_string(done) + ", expected the " + std::to_string(asked) +
           " iterations of the batch" + (done < asked ? " (nothing was cancelled)" : "");
}

std::optional<std::string> wrong_manual_time(const BatchClaims& claims) {
    if (claims.shape != Shape::manual || (claims.cancelled && claims.after.done == 0)) {
        return std::nullopt;
    }
    const std::uint64_t manual = claims.after.manual_ns;
    const double most = static_cast<double>(claims.wall_ns) * claims.lanes;
    if (manual > 0 && static_cast<double>(manual) <= most) {
        return std::nullopt;
    }
    return "manual_ns is " + std::to_string(manual) + ", expected more than 0 and at most the " +
           std::to_string(claims.wall_ns) + " ns that run() took, times " +
           std::to_string(claims.lanes) + (claims.lanes == 1 ? " lane" : " lanes");
}

std::optional<std::string> wrong_latencies(const BatchClaims& claims) {
    const std::uint64_t stored = claims.after.n_latency;
    if (claims.shape != Shape::latency && stored > 0) {
        return "n_latency is " + std::to_string(stored) +
               ", but only a family of shape latency stores durations";
    }
    if (claims.shape == Shape::latency && stored != claims.after.done) {
        return "n_latency is " + std::to_string(stored) + ", expected one duration for each of " +
               std::to_string(claims.after.done) + " operations";
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> batch_lie(const BatchClaims& claims) {
    if (auto lie = changed_input(claims.given, claims.after)) {
        return lie;
    }
    if (auto lie = wrong_done(claims)) {
        return lie;
    }
    if (auto lie = wrong_manual_time(claims)) {
        return lie;
    }
    return wrong_latencies(claims);
}

std::optional<std::string> ChecksumBook::enter(const SliceRecord& slice) {
    if (slice.checksum == 0 || slice.done != slice.iterations) {
        return std::nullopt;
    }
    const auto [entry, is_new] =
        seen_.try_emplace({slice.lane, slice.iterations, slice.seed}, slice.checksum);
    if (is_new || entry->second == slice.checksum) {
        return std::nullopt;
    }
    return "the checksum of " + std::to_string(slice.iterations) + " iterations on lane " +
           std::to_string(slice.lane) + " changed from " + std::to_string(entry->second) + " to " +
           std::to_string(slice.checksum) + " with the same seed";
}

double median_of(std::span<const double> values) {
    if (values.empty()) {
        return 0;
    }
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
}

bool scales(std::span<const double> once, std::span<const double> twice) {
    const auto fits = [](double one, double two) {
        return one > 0 && two / one >= 1.8 && two / one <= 2.2;
    };
    return !once.empty() && !twice.empty() &&
           (fits(median_of(once), median_of(twice)) ||
            fits(*std::min_element(once.begin(), once.end()),
                 *std::min_element(twice.begin(), twice.end())));
}

void ScalingTrial::add_once(double seconds, std::span<const SliceRecord> lanes) {
    add(once_, seconds, lanes);
}

void ScalingTrial::add_twice(double seconds, std::span<const SliceRecord> lanes) {
    add(twice_, seconds, lanes);
}

void ScalingTrial::add(Times& times, double seconds, std::span<const SliceRecord> lanes) {
    times.given.push_back(seconds);
    times.cpu.resize(std::max(times.cpu.size(), lanes.size()));
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        times.cpu[lane].push_back(static_cast<double>(lanes[lane].thread_cpu_ns) * 1e-9);
        waited_ = waited_ || lanes[lane].voluntary_switches > 0;
    }
}

bool ScalingTrial::every_lane_fits() const {
    return std::ranges::equal(once_.cpu, twice_.cpu, [](const auto& once, const auto& twice) {
        return scales(once, twice);
    });
}

bool ScalingTrial::fits() const {
    return scales(once_.given, twice_.given) ||
           (by_cpu_ && !waited_ && !once_.cpu.empty() && every_lane_fits());
}

bool is_steady(std::span<const double> times) {
    constexpr std::size_t window = 5;
    if (times.size() < 2 * window) {
        return false;
    }
    const double last = median_of(times.last(window));
    const double before = median_of(times.subspan(times.size() - 2 * window, window));
    return std::abs(last - before) <= 0.02 * std::max(last, before);
}

double background_share(std::span<const SliceRecord> slices) {
    std::map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>> batches; // process, lanes
    for (const SliceRecord& slice : slices) {
        if (slice.flags == 0) {
            auto& [process, lanes] = batches[slice.index];
            process = std::max(process, slice.process_cpu_ns);
            lanes += slice.thread_cpu_ns;
        }
    }
    double process = 0;
    double lanes = 0;
    for (const auto& [index, times] : batches) {
        process += static_cast<double>(times.first);
        lanes += static_cast<double>(times.second);
    }
    // The two clocks are read one after the other: a batch of a few microseconds of CPU time would
    // otherwise look as if others had worked beside it.
    const double read_apart_ns = 10'000.0 * static_cast<double>(batches.size());
    return process > 0 ? std::max(0.0, (process - lanes - read_apart_ns) / process) : 0;
}

} // namespace assay::measure
