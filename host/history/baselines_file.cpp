#include "history/baselines_file.hpp"

#include "history/baselines_schema.hpp"
#include "history/older_baselines.hpp"
#include "history/possible_figures.hpp"
#include "history/units.hpp"
#include "support/file.hpp"
#include "support/json_pointer.hpp"
#include "support/schema.hpp"

#include <optional>

namespace assay::history {
namespace {

constexpr std::string_view kSchema = "assay.baselines/1";
// A tree of a thousand cases on a dozen machines has 10 MB; what is longer is another document.
constexpr std::size_t kBytesMax = std::size_t{64} << 20;

BaselineFigure figure_from(const json::object& object) {
    const BaseUnit unit = base_unit(json_string(object, "unit"));
    BaselineFigure figure{.value = json_double(object, "value", 0) * unit.factor,
                          .unit = unit.unit,
                          .direction = measure::direction_named(json_string(object, "direction")),
                          .runs = json_int(object, "runs", 0),
                          .policy = json_string(object, "policy"),
                          .commit = json_string(object, "commit"),
                          .date = json_string(object, "date"),
                          .branch = json_string(object, "branch"),
                          .why = json_string(object, "why")};
    if (const json::value* spread = object.if_contains("spread"); spread && spread->is_number()) {
        figure.spread = json_double(object, "spread", 0) * unit.factor;
    }
    if (const json::value* runs = object.if_contains("evidence"); runs && runs->is_array()) {
        for (const json::value& uuid : runs->get_array()) {
            figure.evidence.emplace_back(uuid.get_string());
        }
    }
    return figure;
}

// Of a document that its schema has passed.
BaselinesFile file_from(const json::object& document) {
    BaselinesFile file;
    for (const auto& [label, value] : document.at("platforms").get_object()) {
        const json::object& object = value.get_object();
        PlatformBaselines& platform = file.platforms[std::string(label)];
        platform.fingerprint = json_string(object, "fingerprint");
        for (const auto& [key, figure] : object.at("figures").get_object()) {
            platform.figures[std::string(key)] = figure_from(figure.get_object());
        }
        if (const json::value* metadata = object.if_contains("metadata")) {
            platform.metadata = metadata->get_object();
        }
    }
    return file;
}

// Of a document that its schema has passed.
Status check_possible(const json::object& document, const std::string& name) {
    for (const auto& [label, platform] : document.at("platforms").get_object()) {
        for (const auto& [key, figure] : platform.at("figures").get_object()) {
            const std::string of(key);
            const std::size_t space = of.find_last_of(' '); // "CASE METRIC"
            const std::string metric = space == std::string::npos ? of : of.substr(space + 1);
            const json::object& told = figure.get_object();
            const std::string why =
                why_impossible(metric, json_string(told, "unit"), json_double(told, "value", 0));
            if (!why.empty()) {
                return Error{.kind = ErrorKind::config,
                             .message = name + ": /platforms/" + pointer_token(label) +
                                        "/figures/" + pointer_token(of) + "/value: found " +
                                        write_json(told.at("value")) + ", and " + why,
                             .hint = {}};
            }
        }
    }
    return {};
}

const Result<Schema>& baselines_schema() {
    static const Result<Schema> schema = Schema::compile(kBaselinesSchema, SchemaLevel::host);
    return schema;
}

json::object figure_object(const BaselineFigure& figure) {
    json::object object{{"value", json_number(figure.value)},
                        {"unit", figure.unit},
                        {"direction", std::string(measure::name_of(figure.direction))},
                        {"spread", figure.spread ? json_number(*figure.spread) : nullptr},
                        {"runs", figure.runs},
                        {"policy", json_text(figure.policy)}};
    if (!figure.commit.empty()) {
        object["commit"] = figure.commit;
    }
    if (!figure.date.empty()) {
        object["date"] = figure.date;
    }
    if (!figure.branch.empty()) {
        object["branch"] = figure.branch;
    }
    if (!figure.why.empty()) {
        object["why"] = figure.why;
    }
    if (!figure.evidence.empty()) {
        object["evidence"] = json::array(figure.evidence.begin(), figure.evidence.end());
    }
    return object;
}

json::object platform_object(const PlatformBaselines& platform) {
    json::object figures;
    for (const auto& [key, figure] : platform.figures) {
        figures[key] = figure_object(figure);
    }
    return {{"fingerprint", json_text(platform.fingerprint)},
            {"figures", std::move(figures)},
            {"metadata", platform.metadata}};
}

std::string quoted(const std::string& text) {
    return write_json(json::value(text));
}

std::string platform_text(const PlatformBaselines& platform) {
    std::string text = "      \"fingerprint\": " + write_json(json_text(platform.fingerprint)) +
                       ",\n      \"figures\": {";
    std::string separator = "\n";
    for (const auto& [key, figure] : platform.figures) {
        text += separator + "        " + quoted(key) + ": " + canonical_json(figure_object(figure));
        separator = ",\n";
    }
    text += platform.figures.empty() ? "}" : "\n      }";
    return text + ",\n      \"metadata\": " + canonical_json(platform.metadata) + "\n";
}

} // namespace

std::string figure_key(const Series& series) {
    return series.case_id + " " + series.metric;
}

Result<BaselinesFile> parse_baselines(std::string_view text,
                                      const std::string& document,
                                      const BaselinesReading& reading) {
    Result<json::value> value = parse_json(text, {.bytes_max = kBytesMax});
    if (!value) {
        return Error{.kind = ErrorKind::config,
                     .message = document + ": " + value.error().message,
                     .hint = "baselines are a JSON document: schemas/baselines.json"};
    }
    if (value->is_object() && !value->get_object().contains("schema")) {
        return older_baselines(value->get_object(), document, reading);
    }
    const Result<Schema>& schema = baselines_schema();
    if (!schema) {
        return schema.error();
    }
    if (const auto problems = schema->validate(*value); !problems.empty()) {
        return schema_error(document, problems);
    }
    if (Status possible = check_possible(value->get_object(), document); !possible) {
        return possible.error();
    }
    return file_from(value->get_object());
}

Result<BaselinesFile> read_baselines(const std::string& path, const BaselinesReading& reading) {
    const Result<std::string> text = read_file(path, kBytesMax);
    if (!text) {
        return text.error();
    }
    return parse_baselines(*text, path, reading);
}

json::object baselines_document(const BaselinesFile& file) {
    json::object platforms;
    for (const auto& [label, platform] : file.platforms) {
        platforms[label] = platform_object(platform);
    }
    return {{"schema", kSchema}, {"platforms", std::move(platforms)}};
}

std::string baselines_text(const BaselinesFile& file) {
    std::string text = "{\n  \"schema\": " + quoted(std::string(kSchema)) + ",\n  \"platforms\": {";
    std::string separator = "\n";
    for (const auto& [label, platform] : file.platforms) {
        text += separator + "    " + quoted(label) + ": {\n" + platform_text(platform) + "    }";
        separator = ",\n";
    }
    return text + (file.platforms.empty() ? "}\n}\n" : "\n  }\n}\n");
}

void merge_baselines(BaselinesFile& into, const BaselinesFile& more) {
    for (const auto& [label, platform] : more.platforms) {
        PlatformBaselines& target = into.platforms[label];
        if (!platform.fingerprint.empty()) {
            target.fingerprint = platform.fingerprint;
        }
        for (const auto& [key, figure] : platform.figures) {
            target.figures[key] = figure;
        }
        for (const auto& [key, value] : platform.metadata) {
            target.metadata[key] = value;
        }
    }
    into.notes.insert(into.notes.end(), more.notes.begin(), more.notes.end());
}

} // namespace assay::history
