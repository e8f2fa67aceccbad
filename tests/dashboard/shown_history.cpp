#include "shown_history.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <utility>

namespace assay::test {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kEightHours = 8 * 3600 * kSecond;
constexpr std::int64_t kBegin = 1'780'000'000 * kSecond; // May 2026

// A number in [-1, 1) that is the same every time: splitmix64.
double chance(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    std::uint64_t z = a * 0x9E3779B97F4A7C15ULL + b * 0xD1B54A32D192ED03ULL + c + 1;
    for (int i = 0; i < 2; ++i) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        z ^= z >> 31U;
    }
    return static_cast<double>(z >> 11U) / 4503599627370496.0 - 1;
}

// Roughly normal, with standard deviation 1.
double noise(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    double sum = 0;
    for (std::uint64_t i = 0; i < 3; ++i) {
        sum += chance(a, b, c * 3 + i);
    }
    return sum;
}

history::Platform platform_of(std::size_t number) {
    const std::string label = number == 0   ? "lab_8c_16GiB"
                              : number == 1 ? "ci_2c_4GiB_kvm"
                                            : fmt::format("host_{}_4c", number);
    return {.fingerprint = fmt::format("{:064x}", 0xabc000 + number),
            .label = label,
            .identity = {{"architecture", "x86_64"}}};
}

history::Series
series_of(std::size_t number, const ShownShape& shape, const history::Platform& platform) {
    history::Series series;
    series.case_id = shown_case(number, shape);
    series.suite = series.case_id.substr(0, series.case_id.find('/'));
    series.family = "case";
    series.params = {{"n", static_cast<std::int64_t>(16 << number % 4)}};
    series.platform = platform;
    if (number % 10 == 7) {
        series.metric = "hit_rate";
        series.unit = series.source_unit = "1";
        series.direction = measure::Direction::higher;
    } else if (number % 10 == 9) {
        series.metric = "peak_rss";
        series.unit = series.source_unit = "By";
        series.direction = measure::Direction::lower;
    } else {
        series.metric = "time";
        series.unit = series.source_unit = "s";
        series.direction = measure::Direction::lower;
    }
    return series;
}

void add_samples(history::Point& point, std::size_t run, std::size_t number, std::size_t count) {
    const double center = point.figures->center;
    for (std::size_t launch = 0; launch < 3; ++launch) {
        std::vector<double> samples;
        for (std::size_t i = 0; i < count / 3; ++i) {
            samples.push_back(center * (1 + 0.01 * noise(run * 7 + launch, number, i)));
        }
        point.samples.launch_medians.push_back(center *
                                               (1 + 0.004 * noise(run, number, 900 + launch)));
        point.samples.launches.push_back(std::move(samples));
    }
}

history::Point point_of(std::size_t run,
                        std::size_t platform,
                        std::size_t number,
                        const ShownShape& shape,
                        const history::Platform& machine) {
    history::Point point{.series = series_of(number, shape, machine)};
    const double spread = number % 5 == 4 ? 0.03 : 0.008;
    double center = shown_level(number, run, shape) * (platform == 0 ? 1 : 1.4) *
                    (1 + spread * noise(run, number, platform));
    if (number == 3 && run % 37 == 20) {
        center *= 1.6; // an outlier
    }
    if (point.series.unit == "1") {
        center = std::min(center, 1.0);
    }
    if (point.series.unit == "By") {
        center = std::round(center);
    }
    const double half = std::abs(center) * spread * (0.6 + 0.4 * chance(run, number, 5));
    point.figures = history::Figures{.center = center,
                                     .lo = center - half,
                                     .hi = center + half * 1.3,
                                     .spread = half,
                                     .n = 30,
                                     .n_launches = 3};
    if (run + shape.sampled >= shape.runs || run == shape.runs * 7 / 10 - 1) {
        add_samples(point, run, number, shape.samples);
    }
    return point;
}

bool is_broken(std::size_t number, std::size_t run, const ShownShape& shape) {
    return number == 5 && (run % 29 == 11 || run + 1 == shape.runs);
}

} // namespace

std::string shown_case(std::size_t number, const ShownShape& shape) {
    if (shape.hostile && number == 0) {
        return kHostileName;
    }
    static constexpr const char* kWords[] = {
        "least_latency", "round_robin", "retrieve", "converge", "transition", "likelihood"};
    return fmt::format(
        "suite_{}/{}_{}[n={}]", number % 12, kWords[number % 6], number, 16 << number % 4);
}

double shown_level(std::size_t number, std::size_t run, const ShownShape& shape) {
    double level = number % 10 == 7   ? 0.8
                   : number % 10 == 9 ? 3.0e7 + 1.0e6 * static_cast<double>(number)
                                      : 2.7e-7 * std::pow(4.0, static_cast<double>(number % 8));
    const auto at = static_cast<double>(run) / static_cast<double>(shape.runs);
    if (number == 0) {
        level *= at >= 0.7 ? 1.2 : 1;
    } else if (number == 1) {
        level *= at >= 0.5 ? 0.85 : 1;
    } else if (number == 2) {
        level *= 1 + 0.2 * at;
    }
    return level;
}

history::Run shown_run(std::size_t run, std::size_t platform, const ShownShape& shape) {
    history::Run made;
    made.uuid = fmt::format("0192{:04x}-{:04x}-7000-8000-{:012x}", run, platform, run);
    made.started = kBegin + static_cast<std::int64_t>(run) * kEightHours +
                   static_cast<std::int64_t>(platform) * 900 * kSecond;
    made.finished = made.started + 600 * kSecond;
    made.kind = "nightly";
    made.mode = "standard";
    made.platform = platform_of(platform);
    made.git.sha = fmt::format("{:016x}{:024x}", 0x9E3779B97F4A7C15ULL * (run + 1), run);
    made.git.branch = "main";
    made.git.dirty = false;
    made.git.commit_time = made.started - 1800 * kSecond;
    made.host_version = "0.1.0";
    made.host_score = 0.012 + 0.004 * chance(run, platform, 77);
    made.calibration = (platform == 0 ? 0.0101 : 0.0148) * (1 + 0.004 * chance(run, platform, 78));
    for (std::size_t number = 0; number < shape.series; ++number) {
        if (is_broken(number, run, shape)) {
            made.failures.push_back({.case_id = shown_case(number, shape),
                                     .status = measure::CaseStatus::crashed,
                                     .reason = "SIGSEGV"});
        } else {
            made.points.push_back(point_of(run, platform, number, shape, made.platform));
        }
    }
    if (shape.unmeasured) {
        history::Point point{.series = series_of(0, {}, made.platform),
                             .status = measure::CaseStatus::unavailable};
        point.series.case_id = "suite_0/a_counter[n=1]";
        made.points.push_back(std::move(point));
    }
    return made;
}

void fill(history::Store& store, const ShownShape& shape) {
    for (std::size_t platform = 0; platform < shape.platforms; ++platform) {
        std::vector<history::Run> runs;
        for (std::size_t run = 0; run < shape.runs; ++run) {
            runs.push_back(shown_run(run, platform, shape));
        }
        const auto recorded = store.record_all(runs);
        if (!recorded) {
            throw std::runtime_error(recorded.error().message);
        }
    }
}

} // namespace assay::test
