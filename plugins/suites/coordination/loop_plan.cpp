#include "loop_plan.hpp"

#include <algorithm>
#include <cstdio>

namespace assay::coordination_suite {
namespace {

constexpr double kQuick = 2, kStandard = 10, kComprehensive = 30; // s
constexpr double kWarmup = 0.3;                                   // s
constexpr double kDurationLeast = 0.1, kDurationMost = 3600;      // s
constexpr std::uint64_t kCyclesLeast = 3;
constexpr std::int64_t kLowestRate = 1, kHighestRate = 10'000; // Hz

std::string text_of_number(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

double duration_of_mode(const std::string& mode) {
    return mode == "comprehensive" ? kComprehensive : mode == "standard" ? kStandard : kQuick;
}

coordination::Pacing pacing_of(const assay::params& params) {
    const std::string name = params.has("pacing") ? params.str("pacing") : "absolute";
    if (name != "absolute" && name != "relative") {
        throw assay::config_error("pacing=" + name + ": expected absolute or relative");
    }
    return name == "relative" ? coordination::Pacing::relative : coordination::Pacing::absolute;
}

std::int64_t rate_of(const assay::params& params) {
    const std::int64_t rate = params.i64("rate");
    if (rate < kLowestRate || rate > kHighestRate) {
        throw assay::config_error("rate=" + std::to_string(rate) +
                                  ": expected a whole number from 1 to 10000");
    }
    return rate;
}

} // namespace

// The host has held both to the schema; a host that does not must not get a loop without end.
LoopConfig::LoopConfig(const assay::document& config)
    : duration_(config.f64("/duration", duration_of_mode(config.str("/mode", "quick"))))
    , wants_fifo_(config.str("/scheduler", "other") == "fifo") {
    if (!(duration_ >= kDurationLeast && duration_ <= kDurationMost)) {
        throw assay::config_error("duration=" + text_of_number(duration_) +
                                  ": expected 0.1 to 3600 s");
    }
    if (!wants_fifo_ && config.str("/scheduler", "other") != "other") {
        throw assay::config_error("scheduler=" + config.str("/scheduler") +
                                  ": expected other or fifo");
    }
}

LoopPlan plan_of(const assay::params& params) {
    const auto& config = params.config<LoopConfig>();
    const auto rate = static_cast<double>(rate_of(params));
    LoopPlan plan{.settings = coordination::settings_at(rate),
                  .duration = config.duration(),
                  .wants_fifo = config.wants_fifo()};
    plan.settings.pacing = pacing_of(params);
    plan.settings.cycles =
        static_cast<std::uint64_t>(std::max(config.duration() * rate, 0.0) + 0.5);
    if (plan.settings.cycles < kCyclesLeast) {
        char text[32];
        std::snprintf(text, sizeof text, "%g", config.duration());
        throw assay::config_error(
            "duration=" + std::string(text) + " at rate=" + std::to_string(params.i64("rate")) +
            ": " + std::to_string(plan.settings.cycles) + " cycles, expected 3 at least");
    }
    plan.warmup_cycles = std::clamp(
        static_cast<std::uint64_t>(kWarmup * rate + 0.5), kCyclesLeast, plan.settings.cycles);
    if (const auto fault = coordination::first_fault(plan.settings)) {
        throw assay::config_error(*fault);
    }
    return plan;
}

} // namespace assay::coordination_suite
