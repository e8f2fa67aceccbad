#include "history/older_baselines.hpp"

#include "history/possible_figures.hpp"
#include "history/record_document.hpp"
#include "history/units.hpp"
#include "support/json_pointer.hpp"

#include <cmath>
#include <set>

namespace assay::history {
namespace {

// Those systems replaced a figure by a clearly better median: their policy has that name here.
constexpr const char* kPolicy = "ratchet";

// A metric as its name is understood.
struct Understood {
    std::string unit; // an SI base unit
    double factor = 1;
    measure::Direction direction = measure::Direction::none;
    std::string note = {}; // that was not a matter of course
};

std::optional<Understood> memory_from(const std::string& name, bool decimal) {
    const bool mega = name.ends_with("_mb");
    if (!mega && !name.ends_with("_gb")) {
        return std::nullopt;
    }
    const std::string known = name.substr(0, name.size() - 3) + "_gb";
    const std::optional<LegacyMetric> legacy = legacy_metric(known);
    if (!legacy) {
        return std::nullopt;
    }
    const double factor = decimal ? (mega ? 1e6 : 1e9) : std::ldexp(1.0, mega ? 20 : 30);
    return Understood{.unit = "By",
                      .factor = factor,
                      .direction = legacy->direction,
                      .note = name + " counts in " + (decimal ? "10^" : "2^") +
                              (decimal ? (mega ? "6" : "9") : (mega ? "20" : "30")) + " bytes" +
                              (decimal ? "" : "; --decimal reads it otherwise")};
}

std::optional<Understood> understood(const std::string& name, bool decimal) {
    if (std::optional<Understood> memory = memory_from(name, decimal)) {
        return memory;
    }
    const std::optional<LegacyMetric> legacy = legacy_metric(name);
    if (!legacy) {
        return std::nullopt;
    }
    const BaseUnit unit = base_unit(legacy->unit);
    return Understood{.unit = unit.unit, .factor = unit.factor, .direction = legacy->direction};
}

Error wrong(const std::string& document,
            const std::string& pointer,
            const std::string& what,
            const std::string& hint) {
    return {.kind = ErrorKind::config,
            .message = document + ": " + pointer + ": " + what,
            .hint = hint};
}

Status take_platform(const json::object& object,
                     const std::string& document,
                     const std::string& pointer,
                     const BaselinesReading& reading,
                     PlatformBaselines& platform,
                     std::set<std::string>& notes) {
    for (const auto& [key, value] : object) {
        const std::string name(key);
        const std::string place = pointer + "/" + pointer_token(name);
        if (name == "metadata" && value.is_object()) {
            platform.metadata = value.get_object();
            continue;
        }
        const double number = json_double(object, name, std::nan(""));
        if (!value.is_number() || !std::isfinite(number)) {
            return wrong(document,
                         place,
                         "expected a number; found " + write_json(value).substr(0, 80),
                         "a platform holds metrics with their figures, and 'metadata'");
        }
        const std::optional<Understood> meaning = understood(name, reading.decimal);
        if (!meaning) {
            return wrong(document,
                         place,
                         "nobody knows the unit and the direction of '" + name + "'",
                         "write it as assay.baselines/1: {\"value\", \"unit\", \"direction\"}");
        }
        const std::string why = why_impossible(name, meaning->unit, number * meaning->factor);
        if (!why.empty()) {
            return wrong(document, place, "found " + write_json(value) + ", and " + why, "");
        }
        if (!meaning->note.empty()) {
            notes.insert(meaning->note);
        }
        const Series series = record_series(name, meaning->unit, meaning->direction, {});
        platform.figures[figure_key(series)] = {.value = number * meaning->factor,
                                                .unit = meaning->unit,
                                                .direction = meaning->direction,
                                                .policy = kPolicy};
    }
    return {};
}

} // namespace

Result<BaselinesFile> older_baselines(const json::object& document,
                                      const std::string& name,
                                      const BaselinesReading& reading) {
    BaselinesFile file;
    std::set<std::string> notes;
    for (const auto& [label, value] : document) {
        const std::string pointer = "/" + pointer_token(label);
        if (!value.is_object()) {
            return wrong(name,
                         pointer,
                         "expected a platform with its metrics; found " +
                             write_json(value).substr(0, 80),
                         "a baselines file is {\"schema\": \"assay.baselines/1\", \"platforms\": "
                         "...} or {LABEL: {METRIC: number}}");
        }
        if (Status taken = take_platform(value.get_object(),
                                         name,
                                         pointer,
                                         reading,
                                         file.platforms[std::string(label)],
                                         notes);
            !taken) {
            return taken.error();
        }
    }
    file.notes.assign(notes.begin(), notes.end());
    return file;
}

OlderText older_baselines_text(const BaselinesFile& file) {
    OlderText made;
    json::object document;
    for (const auto& [label, platform] : file.platforms) {
        json::object figures;
        for (const auto& [key, figure] : platform.figures) {
            const std::string metric = key.substr(key.rfind(' ') + 1);
            const std::optional<LegacyMetric> legacy = legacy_metric(metric);
            const BaseUnit unit = legacy ? base_unit(legacy->unit) : BaseUnit{};
            const bool fits =
                legacy && unit.unit == figure.unit && legacy->direction == figure.direction &&
                key == figure_key(
                           record_series(metric, std::string(legacy->unit), figure.direction, {}));
            if (fits) {
                figures[metric] = figure.value / unit.factor;
            } else {
                made.left_out.push_back(label + ": " + key);
            }
        }
        if (figures.empty()) {
            continue;
        }
        if (!platform.metadata.empty()) {
            figures["metadata"] = platform.metadata;
        }
        document[label] = std::move(figures);
    }
    made.text = document.empty() ? "" : write_json(document, JsonLayout::indented) + "\n";
    return made;
}

} // namespace assay::history
