#include "app/gate/gate_settings.hpp"

#include "app/installation.hpp"
#include "app/value_text.hpp"
#include "catalog/folders.hpp"
#include "support/percent.hpp"
#include "support/text.hpp"
#include "verdict/amount.hpp"
#include "verdict/gate_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <vector>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

Error bad_threshold(std::string_view where, std::string_view text, std::string hint) {
    return {.kind = ErrorKind::usage,
            .message = fmt::format("{} is '{}', which is no threshold", where, text),
            .hint = std::move(hint)};
}

// Either reading of a bare number, for the message about the one that was not meant.
std::string both_readings(double number) {
    return fmt::format("write {0:.4g}% for {0:.4g} percent, or {1:.4g}% for the fraction {0:.4g}",
                       number,
                       kPercent * number);
}

// Names of the ready ones that were installed: "nfcs, rag".
std::string ready_names(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ".json") {
            names.push_back(entry.path().stem().string());
        }
    }
    std::ranges::sort(names);
    return join(names, ", ");
}

// A file, or the name of a ready one.
Result<verdict::GateFile> gates_named(const std::string& named, const fs::path& ready) {
    std::error_code failed;
    if (fs::exists(named, failed)) {
        return verdict::read_gate_file(named);
    }
    const fs::path installed = ready / (named.ends_with(".json") ? named : named + ".json");
    if (named.find('/') == std::string::npos && fs::exists(installed, failed)) {
        return verdict::read_gate_file(installed.string());
    }
    const std::string names = ready_names(ready);
    return Error{.kind = ErrorKind::usage,
                 .message = named + ": there is no such gate file",
                 .hint = (names.empty() ? "" : "ready ones by name: " + names + "; ") +
                         "the smallest of your own: {\"schema\": \"assay.gates/1\", \"rules\": "
                         "[{\"id\": \"time\", \"kind\": \"regression\"}]}"};
}

Result<verdict::GateFile> gates_of(const Invocation& invocation, const Settings& settings) {
    const auto of_run = invocation.value("--gate");
    if (const auto named = of_run ? of_run : invocation.value("--gates")) {
        return gates_named(*named, find_installation(process_environment()).gates);
    }
    if (settings.places.project) {
        const fs::path own = *settings.places.project / ".assay" / "gates.json";
        std::error_code failed;
        if (fs::exists(own, failed)) {
            const fs::path shown = own.lexically_proximate(fs::current_path(failed));
            return verdict::read_gate_file((shown.empty() ? own : shown).string());
        }
    }
    return verdict::default_gates();
}

// A saved name may be written without its sign unless something lies at that place.
std::string baseline_of(const Invocation& invocation, const fs::path& here) {
    const std::string named = invocation.value("--baseline").value_or("@main");
    std::error_code failed;
    return named.starts_with('@') || fs::exists(here / named, failed) ||
                   named.find('/') != std::string::npos
               ? named
               : "@" + named;
}

} // namespace

Result<double> threshold_from_option(std::string_view text) {
    constexpr std::string_view kWhere = "--regression-threshold";
    if (const auto share = verdict::share_from(text)) {
        return *share;
    }
    const auto percent = to_double(trim(text));
    if (!percent || !(*percent >= 0)) {
        return bad_threshold(kWhere, text, "give a percentage, such as 15%");
    }
    if (*percent < 1) {
        return bad_threshold(kWhere, text, both_readings(*percent));
    }
    return *percent / kPercent;
}

Result<double> threshold_from_environment(std::string_view text) {
    constexpr std::string_view kWhere = "REGRESSION_THRESHOLD";
    if (const auto share = verdict::share_from(text)) {
        return *share;
    }
    const auto fraction = to_double(trim(text));
    if (!fraction || !(*fraction >= 0)) {
        return bad_threshold(kWhere, text, "give a fraction such as 0.20, or a percentage: 20%");
    }
    if (*fraction > 1) {
        return bad_threshold(kWhere, text, both_readings(*fraction));
    }
    return *fraction;
}

Result<GateSettings> gate_settings(const Invocation& invocation,
                                   const Environment& environment,
                                   const Settings& settings,
                                   const fs::path& here) {
    GateSettings gate;
    auto gates = gates_of(invocation, settings);
    if (!gates) {
        return gates.error();
    }
    gate.gates = std::move(*gates);
    std::optional<Result<double>> threshold;
    if (const auto option = invocation.value("--regression-threshold")) {
        threshold = threshold_from_option(*option);
    } else if (const auto variable = environment("REGRESSION_THRESHOLD")) {
        threshold = threshold_from_environment(*variable);
    }
    if (threshold && !*threshold) {
        return threshold->error();
    }
    if (threshold) {
        verdict::set_regression_threshold(gate.gates, **threshold);
    }
    gate.baseline = baseline_of(invocation, here);
    return gate;
}

Result<SettledGate> settle_gate(const Invocation& invocation) {
    const fs::path here = fs::current_path();
    auto settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return settings.error();
    }
    auto gate = gate_settings(invocation, process_environment(), *settings, here);
    return gate ? Result<SettledGate>(SettledGate{std::move(*settings), std::move(*gate)})
                : Result<SettledGate>(gate.error());
}

} // namespace assay::app
