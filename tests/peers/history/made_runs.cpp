#include "made_runs.hpp"

#include <fmt/format.h>

namespace assay::history::measured {

namespace {

constexpr std::int64_t kMinute = 60'000'000'000;
constexpr std::int64_t kFirst = 1'700'000'000'000'000'000;

Point made_point(std::size_t number) {
    Point point;
    point.series.case_id = fmt::format("sums/family_{}[n=64,dtype=f32]", number);
    point.series.suite = "sums";
    point.series.family = fmt::format("family_{}", number);
    point.series.params = {{"n", 64}, {"dtype", "f32"}};
    point.series.metric = "time";
    point.series.unit = "s";
    point.series.source_unit = "ns";
    point.series.direction = measure::Direction::lower;
    point.series.aggregate = "samples";
    point.series.clock = "thread_cpu";
    point.series.shape = "independent";
    point.series.isolation = "launch";
    point.build_sha256 = std::string(64, 'b');
    return point;
}

} // namespace

std::int64_t started_of(std::int64_t number) {
    return kFirst + number * kMinute;
}

MadeRuns::MadeRuns(MadeShape shape)
    : shape_(shape)
    , runs_(shape.count) {
    random_ += static_cast<std::uint64_t>(shape.writer) * 0x9E3779B97F4A7C15ULL;
    for (Run& run : runs_) {
        run.project = "assay";
        run.kind = "ci";
        run.mode = "quick";
        run.git.branch = "main";
        run.git.dirty = false;
        run.platform = {.fingerprint = std::string(64, 'f'),
                        .label = "measured_2c",
                        .identity = {{"architecture", "x86_64"}}};
        run.environment = {{"governor", "performance"}};
        run.builds = {{.sha256 = std::string(64, 'b'),
                       .plugin_id = "org.example.sums",
                       .version = "1",
                       .toolchain = {{"compiler", "gcc 12"}, {"flags", "-O2"}}}};
        for (std::size_t i = 0; i < shape.points; ++i) {
            run.points.push_back(made_point(i));
        }
    }
}

const std::vector<Run>& MadeRuns::next() {
    for (Run& run : runs_) {
        renew(run);
    }
    return runs_;
}

void MadeRuns::renew(Run& run) {
    const std::int64_t number = made_++;
    run.uuid = fmt::format("{:08x}-{:04x}-7000-8000-{:012x}", number, shape_.writer, number);
    run.started = started_of(number);
    run.finished = run.started + kMinute / 2;
    run.git.sha = fmt::format("{:040x}", number * 64 + shape_.writer);
    run.git.parent_sha = // of the run before, as a branch goes
        number > 0 ? fmt::format("{:040x}", (number - 1) * 64 + shape_.writer) : "";
    const auto about = [&](double value) {
        random_ ^= random_ << 13; // xorshift: full mantissas, as measured figures have
        random_ ^= random_ >> 7;
        random_ ^= random_ << 17;
        return value * (1 + 0.01 * static_cast<double>(random_ >> 11) * 0x1p-53);
    };
    for (Point& point : run.points) {
        Figures figures{.center = about(1e-6), .n = 60, .n_launches = 6};
        figures.lo = about(0.98e-6);
        figures.hi = about(1.02e-6);
        figures.spread = about(1e-8);
        figures.min = about(0.9e-6);
        figures.max = about(1.5e-6);
        figures.p95 = about(1.2e-6);
        figures.p99 = about(1.4e-6);
        point.figures = figures;
        if (shape_.samples > 0) {
            point.samples.launch_medians = {about(1e-6), about(1e-6)};
            point.samples.launches.assign(2, std::vector<double>(shape_.samples / 2));
            for (std::vector<double>& launch : point.samples.launches) {
                for (double& sample : launch) {
                    sample = about(1e-6);
                }
            }
        }
    }
}

} // namespace assay::history::measured
