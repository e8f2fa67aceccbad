#include "shaped_history.hpp"

#include "history/store.hpp"
#include "simulated_series.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace assay::tracking::measured {
namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::int64_t kFirst = 1'700'000'000'000'000'000;
constexpr std::size_t kRunsAtOnce = 50;

test::Levels levels_of(const HistoryShape& shape) {
    switch (shape.shape) {
    case Shape::flat:
        break;
    case Shape::stepped: {
        test::Levels levels = test::flat(shape.runs);
        for (std::size_t i = 0; i < levels.size(); ++i) {
            levels[i] *= (i / 100) % 2 == 0 ? 1 : 1.1;
        }
        return levels;
    }
    case Shape::climbing:
        return test::climb(shape.runs, 0.2);
    case Shape::waving:
        return test::wave(shape.runs, 0.1, static_cast<double>(shape.runs), 0);
    }
    return test::flat(shape.runs);
}

history::Point point_of(std::size_t number, double microseconds) {
    history::Point point;
    point.series.case_id = fmt::format("sums/family_{}[n=64]", number);
    point.series.suite = "sums";
    point.series.family = fmt::format("family_{}", number);
    point.series.params = {{"n", 64}};
    point.series.metric = "time";
    point.series.unit = "s";
    point.series.source_unit = "ns";
    point.series.direction = measure::Direction::lower;
    point.series.aggregate = "samples";
    point.series.clock = "thread_cpu";
    point.series.shape = "independent";
    point.series.isolation = "launch";
    point.figures = history::Figures{.center = microseconds * 1e-6, .n = 60, .n_launches = 6};
    return point;
}

history::Run run_of(std::size_t number) {
    const auto n = static_cast<std::int64_t>(number);
    history::Run run;
    run.uuid = fmt::format("{:08x}-0000-7000-8000-{:012x}", number, number);
    run.started = kFirst + n * kHour;
    run.finished = run.started + kHour / 2;
    run.kind = "nightly";
    run.mode = "standard";
    run.git.sha = fmt::format("{:040x}", 0xabc000 + number);
    run.git.branch = "main";
    run.git.dirty = false;
    run.platform = {.fingerprint = std::string(64, 'f'),
                    .label = "measured_2c",
                    .identity = {{"architecture", "x86_64"}}};
    return run;
}

} // namespace

void record_history(const std::string& file, const HistoryShape& shape) {
    test::Random random(1);
    const test::Levels levels = levels_of(shape);
    std::vector<std::vector<double>> values;
    for (std::size_t i = 0; i < shape.series; ++i) {
        values.push_back(test::noisy(levels, test::Noise::gaussian, 0.02, random));
    }
    auto store = history::open_store(file, {.create = true});
    if (!store) {
        throw std::runtime_error(store.error().message);
    }
    std::vector<history::Run> runs;
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run& run = runs.emplace_back(run_of(number));
        for (std::size_t i = 0; i < shape.series; ++i) {
            run.points.push_back(point_of(i, values[i][number]));
        }
        if (runs.size() == kRunsAtOnce || number + 1 == shape.runs) {
            if (const auto recorded = (*store)->record_all(runs); !recorded) {
                throw std::runtime_error(recorded.error().message);
            }
            runs.clear();
        }
    }
}

} // namespace assay::tracking::measured
