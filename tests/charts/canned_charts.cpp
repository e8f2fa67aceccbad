#include "canned_charts.hpp"

#include "charts/figures/bar_chart.hpp"
#include "charts/figures/cache_effectiveness.hpp"
#include "charts/figures/distribution.hpp"
#include "charts/figures/forest.hpp"
#include "charts/figures/heat_map.hpp"
#include "charts/figures/memory.hpp"
#include "charts/figures/sparkline.hpp"
#include "charts/figures/time_series.hpp"

#include <cstdint>

namespace canned {

using namespace assay::charts;

namespace {

constexpr double kFirstMoment = 1'785'060'000; // 2026-07-26 10:00 UTC
constexpr double kDay = 86'400;
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

// Bits of a generator that is the same everywhere, unlike the distributions of <random>.
class Scatter {
public:
    explicit Scatter(unsigned seed)
        : state_(seed * 2654435761U + 1) {}

    // From -1 to 1, dense in the middle.
    double next() { return (part() + part() + part()) / 1.5 - 1; }

private:
    double part() {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(state_ >> 40U) / static_cast<double>(1U << 24U);
    }

    std::uint64_t state_;
};

std::vector<RunPoint> runs_of(const std::vector<double>& values) {
    std::vector<RunPoint> runs;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double moment = kFirstMoment + kDay * static_cast<double>(i);
        runs.push_back({moment, values[i], values[i] * 0.985, values[i] * 1.018});
    }
    return runs;
}

std::vector<double> stepped() {
    std::vector<double> values = measured(59, 271.9e-6, 0.02, 1);
    const std::vector<double> slower = measured(30, 308.8e-6, 0.02, 2);
    values.insert(values.end(), slower.begin(), slower.end());
    return values;
}

Chart trend() {
    std::vector<RunPoint> runs = runs_of(stepped());
    runs[20].look = Look::hollow;
    runs[20].value = 289e-6;
    runs[33].look = Look::crossed;
    runs[33].value = 262e-6;
    const std::vector<Trend> trends{{"median", runs}};
    const std::vector<LimitMark> limits{{299.1e-6, "limit"}};
    const std::vector<ChangeMark> changes{
        {kFirstMoment + 59 * kDay, Tone::worse, "+13.6 %", "9e12d40..abc8f21"}};
    const std::vector<Stretch> drifts{
        {kFirstMoment + 66 * kDay, kFirstMoment + 78 * kDay, "drift of +0.2 % a day"}};
    const std::vector<Stretch> shifts{
        {kFirstMoment + 8 * kDay, kFirstMoment + 13 * kDay, "kernel 6.1.0-28 to 6.1.0-29"}};
    return time_series_chart({.title = "router/least_latency[n=16]",
                              .subtitle = "median of 12 launches, linux-x86_64-2c, branch main",
                              .trends = trends,
                              .baseline = 271.9e-6,
                              .limits = limits,
                              .changes = changes,
                              .drifts = drifts,
                              .shifts = shifts});
}

Chart overlay() {
    const auto fast = runs_of(measured(40, 81.2e-6, 0.02, 3));
    auto slow = runs_of(measured(40, 140e-6, 0.03, 4));
    const auto arm = runs_of(measured(40, 118e-6, 0.01, 5));
    slow[12].value = slow[13].value = kGap;
    const std::vector<Trend> trends{{"linux-x86_64-2c", fast},
                                    {"linux-x86_64-8c, shared runner", slow},
                                    {"linux-aarch64-4c", arm}};
    const std::vector<ChangeMark> changes{
        {kFirstMoment + 10.5 * kDay, Tone::better, "-4.1 %", "a1..b2"},
        {kFirstMoment + 12.5 * kDay, Tone::worse, "+4.4 %", "b2..c3"},
        {kFirstMoment + 13.5 * kDay, Tone::worse, "+0.9 %", "c3..d4"}};
    Chart chart = time_series_chart(
        {.title = "router/round_robin", .trends = trends, .baseline = 80e-6, .changes = changes});
    chart.size = {400, 280};
    return chart;
}

Chart forest() {
    const std::vector<ForestRow> rows{
        {"router/least_latency", 0.136, 0.124, 0.147, Tone::worse},
        {"matrix_cache/transition", 0.0, -0.009, 0.009, Tone::same},
        {"nfcs/cgl_step_128", -0.001, -0.010, 0.008, Tone::same},
        {"selective_update/sparse_obs[n=1024,density=0.05,impl=compressed_sparse_row]",
         -0.005,
         -0.014,
         0.004,
         Tone::same},
        {"vi/converge_64", 0.03, -0.06, 0.12, Tone::undecided},
        {"rag/retrieve_1k", -0.182, -0.195, -0.170, Tone::better}};
    return forest_chart({.rows = rows, .noise_floor = 0.021, .gate = 0.10});
}

Chart bars() {
    const std::vector<BarRow> rows{{"impl=eigen", 81.2e-6, 80.1e-6, 83.9e-6},
                                   {"impl=blas", 92.4e-6, 91.5e-6, 95.0e-6},
                                   {"impl=plain", 271.9e-6, 262.2e-6, 281.3e-6},
                                   {"impl=remembered", kGap, kGap, kGap}};
    return bar_chart({.title = "matrix_cache/transition[n=64]",
                      .better = "lower is better",
                      .rows = rows,
                      .limit = 0.0003});
}

Chart wide_bars() {
    const std::vector<BarRow> rows{{"router/round_robin[n=16]", 81.2e-6, 80.1e-6, 83.9e-6},
                                   {"rag/retrieve[k=10]", 173.6e-3, 141.9e-3, 215e-3},
                                   {"matrix_cache/lookup", 5.1e-9, 4.9e-9, 5.3e-9}};
    return bar_chart({.title = "Median time of every case", .rows = rows, .log = true});
}

Chart spark() {
    const std::vector<double> values = stepped();
    return sparkline_chart(
        {.title = "router/least_latency", .values = values, .tone = Tone::worse});
}

Chart histogram() {
    const auto samples = measured(400, 271.9e-6, 0.04, 6);
    return histogram_chart({.title = "router/least_latency", .samples = samples});
}

Chart histogram_against() {
    const auto samples = measured(300, 308e-6, 0.03, 7);
    const auto before = measured(400, 285e-6, 0.03, 8);
    return histogram_chart(
        {.title = "router/least_latency", .samples = samples, .baseline = before});
}

Chart ecdf() {
    const auto samples = measured(60, 308e-6, 0.03, 7);
    const auto before = measured(80, 295e-6, 0.03, 8);
    return ecdf_chart({.title = "router/least_latency", .samples = samples, .baseline = before});
}

Chart launches() {
    std::vector<std::vector<double>> samples;
    std::vector<LaunchSamples> rows;
    for (unsigned i = 0; i < 6; ++i) {
        samples.push_back(measured(i == 5 ? 200 : 24, 271e-6 + 2e-6 * i, 0.02, 10 + i));
    }
    samples[2].push_back(300e-6);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        rows.push_back({"launch " + std::to_string(i + 1), samples[i]});
    }
    return launches_chart({.title = "router/least_latency, by launch", .launches = rows});
}

Chart heat() {
    const std::vector<std::string> columns{"64", "128", "256", "512", "1024", "2048"};
    const std::vector<std::string> rows{"batch=1", "batch=4", "batch=16", "batch=64"};
    std::vector<double> values;
    for (std::size_t i = 0; i < 24; ++i) {
        const double n = static_cast<double>(std::size_t{64} << (i % 6));
        values.push_back(2.1e-9 * n * n * static_cast<double>(std::size_t{1} << (i / 6 * 2)) / 3);
    }
    values[23] = kGap;
    return heat_map_chart({.title = "matrix_cache/contract",
                           .x_title = "n",
                           .columns = columns,
                           .rows = rows,
                           .values = values,
                           .log = true});
}

Chart cache() {
    const std::vector<double> sizes{65536, 262144, 1048576, 4194304, 16777216, 67108864};
    const std::vector<double> lru{0.12, 0.31, 0.55, 0.78, 0.93, 0.94};
    const std::vector<double> lfu{0.18, 0.42, kGap, 0.80, 0.91, 0.94};
    const std::vector<CacheCurve> curves{{"least recently used", sizes, lru},
                                         {"least frequently used", sizes, lfu}};
    return cache_by_size_chart(
        {.title = "Transition cache", .curves = curves, .size_now = 2097152, .floor = 0.6});
}

Chart layers() {
    const std::vector<CacheLayer> rows{
        {"result", 0.31, 120000}, {"transition", 0.874, 4200000}, {"likelihood", 0.998, 9100}};
    return cache_by_layer_chart(
        {.title = "Cache effectiveness by layer", .layers = rows, .floor = 0.5});
}

Chart memory() {
    std::vector<double> seconds, plain, leaking;
    for (std::size_t i = 0; i < 60; ++i) {
        seconds.push_back(static_cast<double>(i) * 2);
        plain.push_back(i < 5 ? 2.1e7 * static_cast<double>(i + 1) : 1.1e8);
        leaking.push_back(8e7 + 1.9e6 * static_cast<double>(i));
    }
    const std::vector<MemorySeries> series{{"before", seconds, plain}, {"now", seconds, leaking}};
    return memory_over_time_chart(
        {.title = "agent/episode, resident memory", .series = series, .limit = 256.0 * 1048576});
}

Chart peaks() {
    const std::vector<BarRow> rows{{"inference/mean_field", 12.4e6, 12.3e6, 12.6e6},
                                   {"inference/exact", 251e6, 250e6, 252e6},
                                   {"matrix_cache/transition", 48e6, 47e6, 49e6}};
    return memory_by_case_chart({.rows = rows});
}

} // namespace

std::vector<double> measured(std::size_t count, double level, double spread, unsigned seed) {
    Scatter scatter(seed);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(level * (1 + spread * scatter.next()));
    }
    return values;
}

std::vector<NamedChart> every_chart() {
    return {{"trend", trend()},
            {"overlay", overlay()},
            {"forest", forest()},
            {"bars", bars()},
            {"wide_bars", wide_bars()},
            {"sparkline", spark()},
            {"histogram", histogram()},
            {"histogram_against", histogram_against()},
            {"ecdf", ecdf()},
            {"launches", launches()},
            {"heat_map", heat()},
            {"cache_by_size", cache()},
            {"cache_by_layer", layers()},
            {"memory", memory()},
            {"memory_by_case", peaks()}};
}

} // namespace canned
