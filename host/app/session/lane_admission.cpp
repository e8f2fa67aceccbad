#include "app/session/lane_admission.hpp"

#include "app/session/machine_resolution.hpp"
#include "app/session/run_document.hpp"
#include "catalog/folders.hpp"
#include "support/file.hpp"

#include <fmt/format.h>

#include <cmath>

namespace assay::app {
namespace {

constexpr std::size_t kAdmissionBytesMax = std::size_t{64} << 10;
constexpr const char* kSchema = "assay.lanes/1";

std::string day_of(std::uint64_t unix_ns) {
    return utc_text(unix_ns).substr(0, std::string_view("2026-11-20").size());
}

// Whether anybody pins counts: unpinned neighbours may meet on one CPU.
std::string key_of(const LaneWish& wish) {
    return machine_key() + (wish.pin ? " pinned" : " free");
}

// Shares of the canary's time, as the reader of a document thinks: 0.12 = 12 % longer.
json::value slowdown_value(const std::optional<lanes::Slowdown>& slowdown) {
    if (!slowdown) {
        return nullptr;
    }
    json::value interval = nullptr;
    if (std::isfinite(slowdown->interval.low) && std::isfinite(slowdown->interval.high)) {
        interval = json::array{json_number(std::expm1(slowdown->interval.low)),
                               json_number(std::expm1(slowdown->interval.high))};
    }
    return json::object{{"estimate", json_number(std::expm1(slowdown->estimate))},
                        {"interval", std::move(interval)},
                        {"pairs", json_count(slowdown->pairs)},
                        {"clock", slowdown->of_wall_time ? "wall" : "thread_cpu"}};
}

// A log ratio; nothing where it is no such share.
std::optional<double> log_of_share(const json::value* value) {
    if (value == nullptr || !value->is_number() || !(value->to_number<double>() > -1)) {
        return std::nullopt;
    }
    return std::log1p(value->to_number<double>());
}

std::optional<lanes::Slowdown> slowdown_from(const json::value* value) {
    if (value == nullptr || !value->is_object()) {
        return std::nullopt;
    }
    const json::object& object = value->get_object();
    const auto estimate = log_of_share(object.if_contains("estimate"));
    const std::int64_t pairs = json_int(object, "pairs", 0);
    if (!estimate || pairs < 1) {
        return std::nullopt;
    }
    lanes::Slowdown slowdown{.estimate = *estimate,
                             .interval = {-HUGE_VAL, HUGE_VAL},
                             .pairs = static_cast<std::size_t>(pairs),
                             .of_wall_time = json_string(object, "clock") == "wall"};
    const json::value* interval = object.if_contains("interval");
    if (interval == nullptr || !interval->is_null()) {
        if (interval == nullptr || !interval->is_array() || interval->get_array().size() != 2) {
            return std::nullopt;
        }
        const auto low = log_of_share(&interval->get_array()[0]);
        const auto high = log_of_share(&interval->get_array()[1]);
        if (!low || !high) {
            return std::nullopt;
        }
        slowdown.interval = {*low, *high};
    }
    return slowdown;
}

// Speaks of the kernel that has the ruling against itself; of both, of the one that looks worse.
std::string said_of(const LaneAdmission& admission, const lanes::AdmissionTest& test) {
    if (!admission.alu || !admission.memory) {
        return "the canary could not be measured";
    }
    const bool proven = test.ruling() == lanes::Ruling::refused;
    const bool alu_too = test.ruling(measure::KernelKind::alu) == test.ruling();
    const bool memory_too = test.ruling(measure::KernelKind::memory) == test.ruling();
    const bool memory = alu_too == memory_too ? std::abs(admission.memory->estimate) >
                                                    std::abs(admission.alu->estimate)
                                              : memory_too;
    const lanes::Slowdown& slowdown = memory ? *admission.memory : *admission.alu;
    return fmt::format("{}{} ({}, {})",
                       !proven                 ? "whether a second slows the canary is undecided: "
                       : slowdown.estimate < 0 ? "a second changes the canary by "
                                               : "a second slows the canary by ",
                       lanes::text_of(slowdown),
                       memory ? "memory" : "alu",
                       slowdown.of_wall_time ? "wall time" : "CPU time");
}

LaneAdmission decided_by(const lanes::CanaryFindings& found) {
    LaneAdmission admission;
    admission.alu = found.test.slowdown(measure::KernelKind::alu);
    admission.memory = found.test.slowdown(measure::KernelKind::memory);
    switch (found.test.ruling()) {
    case lanes::Ruling::admitted:
        admission.decision = LaneDecision::admitted;
        admission.reason = "a second does not slow the canary: within 1 % in both kernels";
        return admission;
    case lanes::Ruling::refused:
    case lanes::Ruling::open:
        break;
    }
    admission.reason = said_of(admission, found.test);
    admission.decision = LaneDecision::refused;
    return admission;
}

std::optional<LaneAdmission>
kept_admission(const std::filesystem::path& file, std::uint64_t now_ns, const std::string& key) {
    const auto text = read_file(file.string(), kAdmissionBytesMax);
    const auto document = text ? parse_json(*text) : Result<json::value>(text.error());
    if (!document || !document->is_object()) {
        return std::nullopt;
    }
    const json::object& object = document->get_object();
    LaneAdmission admission;
    admission.measured_ns = static_cast<std::uint64_t>(json_int(object, "measured_ns", 0));
    admission.reason = json_string(object, "reason");
    const std::string decision = json_string(object, "decision");
    admission.decision = decision == name_of(LaneDecision::admitted) ? LaneDecision::admitted
                                                                     : LaneDecision::refused;
    if (const json::value* slowdown = object.if_contains("slowdown");
        slowdown != nullptr && slowdown->is_object()) {
        admission.alu = slowdown_from(slowdown->get_object().if_contains("alu"));
        admission.memory = slowdown_from(slowdown->get_object().if_contains("memory"));
    }
    const bool whole = json_string(object, "schema") == kSchema && admission.alu &&
                       admission.memory && !admission.reason.empty() &&
                       decision == name_of(admission.decision);
    const bool todays = admission.measured_ns > 0 && admission.measured_ns <= now_ns &&
                        day_of(admission.measured_ns) == day_of(now_ns);
    return whole && todays && json_string(object, "machine") == key ? std::optional(admission)
                                                                    : std::nullopt;
}

json::object slowdown_object(const LaneAdmission& admission) {
    return {{"alu", slowdown_value(admission.alu)}, {"memory", slowdown_value(admission.memory)}};
}

void keep(const std::filesystem::path& file,
          const LaneAdmission& admission,
          const std::string& key) {
    const json::object document{{"schema", kSchema},
                                {"machine", key},
                                {"measured_ns", json_count(admission.measured_ns)},
                                {"decision", name_of(admission.decision)},
                                {"reason", admission.reason},
                                {"slowdown", slowdown_object(admission)}};
    (void)write_file_atomically(file.string(), write_json(document) + "\n");
}

LaneAdmission measured(const std::filesystem::path& file,
                       std::uint64_t now_ns,
                       const LaneWish& wish,
                       const RunCanary& canary) {
    const std::string key = key_of(wish);
    if (auto known = kept_admission(file, now_ns, key)) {
        return *known;
    }
    lanes::CanaryOptions options{
        .seconds = wish.seconds, .rules = {}, .seed = now_ns, .stop = wish.stop};
    if (wish.pin) {
        // Two CPUs of one core are the worst place that two lanes can be given.
        const auto siblings = lanes::cpus_of_one_core(wish.supply.cpus);
        options.fixed = siblings.has_value();
        options.cpus = siblings ? std::vector{siblings->first, siblings->second} : wish.supply.cpus;
    }
    LaneAdmission admission = decided_by(canary(options));
    admission.measured_ns = now_ns;
    if (wish.stop && wish.stop()) {
        admission.decision = LaneDecision::refused;
        admission.reason = "the canary was interrupted";
    } else {
        keep(file, admission, key);
    }
    return admission;
}

} // namespace

std::string_view name_of(LaneDecision decision) noexcept {
    switch (decision) {
    case LaneDecision::off:
        return "off";
    case LaneDecision::refused:
        return "refused";
    case LaneDecision::admitted:
        return "admitted";
    }
    return "unknown";
}

std::filesystem::path admission_file() {
    return catalog::cache_folder() / "lanes.json";
}

LaneAdmission lane_admission(const std::filesystem::path& file,
                             std::uint64_t now_ns,
                             const LaneWish& wish,
                             const RunCanary& canary) {
    LaneAdmission admission;
    if (wish.lanes <= 1 || wish.cases <= 1) {
        admission.reason = wish.lanes <= 1 ? "one lane" : "one case";
    } else if (auto never = lanes::why_one_measures(wish.supply, wish.lanes)) {
        admission.decision = LaneDecision::refused;
        admission.reason = *std::move(never);
    } else {
        admission = measured(file, now_ns, wish, canary);
    }
    admission.lanes = wish.lanes;
    return admission;
}

json::object lanes_object(const LaneAdmission& admission) {
    const bool asked = admission.measured_ns > 0;
    return {{"count", admission.lanes},
            {"measured_lanes", admission.measured_lanes()},
            {"decision", name_of(admission.decision)},
            {"reason", admission.reason},
            {"slowdown", asked ? json::value(slowdown_object(admission)) : json::value(nullptr)},
            {"measured_at",
             asked ? json::value(utc_text(admission.measured_ns)) : json::value(nullptr)}};
}

std::string lanes_text(const LaneAdmission& admission) {
    return fmt::format("{} lanes, {}: {}",
                       admission.lanes,
                       admission.measured_lanes() == 1 ? "one measures at a time"
                                                       : "two measure at once",
                       admission.reason);
}

} // namespace assay::app
