#include "case_axes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

namespace assay::cgl {
namespace {

constexpr std::size_t kBoundRounds = 5;

} // namespace

void add_method_axis(assay::family_builder& family) {
    family.axis("method", {"strang", "etd2rk", "etdrk4", "ifrk4"})
        .help("how it is stepped")
        .quick({"strang", "etdrk4"})
        .standard({"strang", "etd2rk", "etdrk4"});
}

void add_precision_axis(assay::family_builder& family) {
    family.axis("dtype", {"f64", "f32"}).help("precision of the field").quick(1).standard(1);
}

bool is_single(const assay::params& params) {
    const std::string value = params.str("dtype");
    if (value != "f64" && value != "f32") {
        throw assay::config_error("dtype is '" + value + "', expected f64 or f32");
    }
    return value == "f32";
}

void add_stepping_metrics(assay::family_builder& family) {
    family.metric("steps", "{step}/s", higher, assay::rate).help("steps / wall seconds");
    family.metric("points", "{point}/s", higher, assay::rate).help("steps n^2 / wall seconds");
    family.metric("sim_time_per_wall", "1", higher, assay::rate).help("steps dt / wall seconds");
}

void report_stepping(assay::context& host, const SteppingWork& work) {
    host.metric("steps", work.steps);
    host.metric("points", work.steps * static_cast<double>(work.points));
    host.metric("sim_time_per_wall", work.steps * work.dt);
}

void add_bound_metric(assay::family_builder& family) {
    family.metric("fft_bound_share", "1", higher)
        .derived()
        .help(
            "pairs of transforms that the steps contain, timed right after the batch, / its time");
}

double pair_seconds(assay::context& host, StepSubject& subject, double pairs) {
    const auto each_round = static_cast<std::size_t>(std::clamp(pairs / kBoundRounds, 1.0, 256.0));
    std::array<double, kBoundRounds> each{};
    for (double& one : each) {
        const std::uint64_t begin = host.now_ns();
        subject.pairs(each_round);
        one = 1e-9 * static_cast<double>(host.now_ns() - begin) / static_cast<double>(each_round);
    }
    std::ranges::sort(each);
    return each[kBoundRounds / 2];
}

void report_bound(assay::context& host, StepSubject& subject, double pairs, double seconds) {
    host.metric("fft_bound_share", pair_seconds(host, subject, pairs) * pairs / seconds);
}

std::uint64_t rounded_digest(double value) {
    return assay::detail::mix(std::bit_cast<std::uint64_t>(std::round(value * 1e8))) | 1U;
}

} // namespace assay::cgl
