#include "app/session/machine_resolution.hpp"

#include "app/session/machine_calibration.hpp"
#include "app/session/run_document.hpp"
#include "app/value_text.hpp"
#include "catalog/folders.hpp"
#include "measure/platform_identity.hpp"
#include "support/file.hpp"
#include "support/percent.hpp"
#include "verdict/machine_decisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::app {
namespace {

constexpr std::size_t kPairsPlenty = 1000; // what no budget lacks
constexpr std::size_t kResolutionBytesMax = std::size_t{64} << 10;

// "0,1": the CPUs this process may use. Another mask is another machine to measure on.
std::string allowed_cpus() {
    std::string text;
    for (const unsigned cpu : measure::allowed_cpus()) {
        text += (text.empty() ? "" : ",") + std::to_string(cpu);
    }
    return text;
}

json::value or_null(const std::optional<double>& value) {
    return value ? json_number(*value) : json::value(nullptr);
}

std::optional<double> number_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_number() ? std::optional(value->to_number<double>())
                                                  : std::nullopt;
}

json::object clock_object(const measure::ClockCosts& clocks) {
    return {{"wall", json_number(clocks.wall_s)},
            {"thread_cpu", json_number(clocks.thread_cpu_s)},
            {"ticks", or_null(clocks.ticks_s)}};
}

json::object spread_object(const verdict::Spread& spread) {
    return {{"slice_sd", json_number(spread.slice_sd)},
            {"wall_sd", json_number(spread.wall_sd)},
            {"step_sd", json_number(spread.step_sd)},
            {"pair_sd", json_number(spread.pair_sd)},
            {"preempted_share", json_number(spread.preempted_share)},
            {"timeless_share", json_number(spread.timeless_share)},
            {"slices", json_count(spread.slices)},
            {"pairs", json_count(spread.pairs)}};
}

json::object kept_object(const verdict::Resolution& resolution) {
    json::object object = spread_object(resolution);
    object["free"] = spread_object(resolution.free);
    object["pinned"] =
        resolution.pinned ? json::value(spread_object(*resolution.pinned)) : json::value(nullptr);
    object["steal_share"] = or_null(resolution.steal_share);
    object["clock_costs"] = clock_object(resolution.clocks);
    object["seconds"] = json_number(resolution.seconds);
    return object;
}

json::object decisions_object(const verdict::Resolution& resolution) {
    const verdict::PinningDecision pinning = verdict::pinning_of(resolution);
    const verdict::ClockDecision clock = verdict::clock_of(resolution);
    return {
        {"pinning", json::object{{"kept", pinning.kept}, {"reason", pinning.reason}}},
        {"clock",
         json::object{{"open_cases", measure::name_of(clock.clock)}, {"reason", clock.reason}}}};
}

bool read_figure(const json::object& object, std::string_view key, double& into) {
    const auto value = number_at(object, key);
    into = value.value_or(0);
    return value && *value >= 0;
}

// Every figure must be there: half a resolution is none.
bool read_spread(const json::object& object, verdict::Spread& spread) {
    for (const auto& [key, into] : {std::pair{"slice_sd", &spread.slice_sd},
                                    std::pair{"wall_sd", &spread.wall_sd},
                                    std::pair{"step_sd", &spread.step_sd},
                                    std::pair{"pair_sd", &spread.pair_sd},
                                    std::pair{"preempted_share", &spread.preempted_share},
                                    std::pair{"timeless_share", &spread.timeless_share}}) {
        if (!read_figure(object, key, *into)) {
            return false;
        }
    }
    for (const auto& [key, into] :
         {std::pair{"slices", &spread.slices}, std::pair{"pairs", &spread.pairs}}) {
        const std::int64_t count = json_int(object, key, -1);
        if (count < 0) {
            return false;
        }
        *into = static_cast<std::size_t>(count);
    }
    return true;
}

// False where it is there and no spread; nothing was pinned where it is null.
bool read_pinned(const json::object& object, std::optional<verdict::Spread>& into) {
    const json::value* pinned = object.if_contains("pinned");
    if (pinned == nullptr || pinned->is_null()) {
        return pinned != nullptr;
    }
    return pinned->is_object() && read_spread(pinned->get_object(), into.emplace());
}

std::optional<verdict::Resolution> resolution_from(const json::object& object) {
    verdict::Resolution resolution;
    const json::value* free = object.if_contains("free");
    const json::value* clocks = object.if_contains("clock_costs");
    if (!read_spread(object, resolution) || free == nullptr || !free->is_object() ||
        !read_spread(free->get_object(), resolution.free) ||
        !read_pinned(object, resolution.pinned) || clocks == nullptr || !clocks->is_object() ||
        !read_figure(clocks->get_object(), "wall", resolution.clocks.wall_s) ||
        !read_figure(clocks->get_object(), "thread_cpu", resolution.clocks.thread_cpu_s) ||
        !read_figure(object, "seconds", resolution.seconds)) {
        return std::nullopt;
    }
    resolution.steal_share = number_at(object, "steal_share");
    resolution.clocks.ticks_s = number_at(clocks->get_object(), "ticks");
    return resolution;
}

std::optional<MachineResolution>
kept_resolution(const std::filesystem::path& file, std::uint64_t now_ns, const std::string& key) {
    const auto text = read_file(file.string(), kResolutionBytesMax);
    const auto document = text ? parse_json(*text) : Result<json::value>(text.error());
    if (!document || !document->is_object()) {
        return std::nullopt;
    }
    const json::object& object = document->get_object();
    const auto measured = static_cast<std::uint64_t>(json_int(object, "measured_ns", 0));
    const json::value* found = object.if_contains("resolution");
    if (json_string(object, "machine") != key || measured > now_ns ||
        now_ns - measured > kResolutionKept_ns || found == nullptr || !found->is_object()) {
        return std::nullopt;
    }
    const auto resolution = resolution_from(found->get_object());
    return resolution ? std::optional(MachineResolution{*resolution, measured, {}}) : std::nullopt;
}

} // namespace

std::string machine_key() {
    return measure::fingerprint_of(measure::platform_identity(measure::this_machine())) + " " +
           allowed_cpus();
}

std::filesystem::path resolution_file() {
    return catalog::cache_folder() / "resolution.json";
}

MachineResolution machine_resolution(const std::filesystem::path& file,
                                     std::uint64_t now_ns,
                                     const std::function<measure::MachineSample()>& sample,
                                     const std::function<measure::KernelSlices()>& kernels) {
    auto known = kept_resolution(file, now_ns, machine_key());
    if (!known) {
        return measure_machine(file, now_ns, sample);
    }
    known->calibration_s = calibration_of(kernels());
    return *known;
}

MachineResolution measure_machine(const std::filesystem::path& file,
                                  std::uint64_t now_ns,
                                  const std::function<measure::MachineSample()>& sample) {
    const measure::MachineSample taken = sample();
    const MachineResolution machine{
        verdict::resolution_of(taken), now_ns, calibration_of(taken.free)};
    const json::object document{{"schema", "assay.resolution/1"},
                                {"machine", machine_key()},
                                {"measured_ns", json_count(now_ns)},
                                {"resolution", kept_object(machine.resolution)}};
    (void)write_file_atomically(file.string(), write_json(document) + "\n");
    return machine;
}

void follow(const MachineResolution& machine, SessionOptions& options) {
    options.pin = options.pin && verdict::pinning_of(machine.resolution).kept;
    options.open_clock = verdict::clock_of(machine.resolution).clock;
}

void describe_machine(const MachineResolution& machine,
                      const ResolutionWish& wish,
                      json::object& run) {
    run["resolution"] = resolution_object(machine, wish);
    run["host_score"] = json_number(machine.resolution.slice_sd);
    run["calibration"] = or_null(machine.calibration_s);
}

json::object resolution_object(const MachineResolution& machine, const ResolutionWish& wish) {
    json::object object = kept_object(machine.resolution);
    object["decisions"] = decisions_object(machine.resolution);
    const std::size_t pairs = verdict::pairs_expected(wish.budget_s, wish.cases);
    object["smallest_change"] =
        or_null(verdict::smallest_change(machine.resolution, wish.margin, pairs));
    object["margin"] = json_number(wish.margin);
    object["budget_s"] = json_number(wish.budget_s);
    object["pairs_expected"] = json_count(pairs);
    object["measured"] = utc_text(machine.measured_ns);
    return object;
}

std::string resolution_text(const MachineResolution& machine, const ResolutionWish& wish) {
    const verdict::Resolution& resolution = machine.resolution;
    const std::size_t pairs = verdict::pairs_expected(wish.budget_s, wish.cases);
    const auto change = verdict::smallest_change(resolution, wish.margin, pairs);
    std::string text = fmt::format(
        "resolution: slices spread {:.2g} % of CPU time ({:.2g} % of wall time), {:.0f} % "
        "preempted; ",
        kPercent * resolution.slice_sd,
        kPercent * resolution.wall_sd,
        kPercent * resolution.preempted_share);
    if (resolution.steal_share && *resolution.steal_share >= 0.005) {
        text += fmt::format("{:.0f} % stolen; ", kPercent * *resolution.steal_share);
    }
    if (const auto pinning = verdict::pinning_of(resolution); !pinning.kept) {
        text += "workers are not pinned (" + pinning.reason + "); ";
    }
    if (const auto clock = verdict::clock_of(resolution); clock.clock == measure::Clock::wall) {
        text += "wall time where a case names no clock (" + clock.reason + "); ";
    }
    if (!change) {
        return text + (verdict::smallest_change(resolution, wish.margin, kPairsPlenty)
                           ? "the budget is too small to find any change"
                           : "the sample was too short to say what can be found");
    }
    const auto cases = static_cast<double>(std::max<std::size_t>(wish.cases, 1));
    return text + fmt::format("{:.3g} s a case find changes from {:.2g} %",
                              wish.budget_s / cases,
                              kPercent * *change);
}

} // namespace assay::app
