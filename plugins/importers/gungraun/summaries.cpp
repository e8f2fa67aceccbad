// Summaries, one object after the other among the words of a build:
//
//   {"module_path": "play_game::bench_group::bench_play_game", "id": "some_id", "details": null,
//    "profiles": [{"tool": "Callgrind", "summaries": {"total": {"summary": {"Callgrind":
//      {"Ir": {"metrics": {"Both": [{"Int": new}, {"Int": old}]}}}}}}}], "version": "6"}
#include "gungraun.hpp"
#include "import_formats/json_stream.hpp"

#include <optional>
#include <string>

namespace gungraun {
namespace {

namespace json_formats = assay::import_formats;
using json_formats::JsonKind;
using json_formats::JsonNode;
using json_formats::JsonTree;

bool is_summary(JsonNode root) {
    return root["module_path"].is(JsonKind::string) && root["profiles"].is(JsonKind::array);
}

// The figure of this run; nothing: the summary has that of an older one only.
JsonNode newest(JsonNode metrics) {
    JsonNode left = metrics["Left"];
    if (const JsonNode both = metrics["Both"]; both.size() == 2) {
        left = *both.begin();
    }
    return left["Int"] ? left["Int"] : left["Float"];
}

void add_profile(JsonNode profile, assay::imported_case& row) {
    for (const JsonNode tool : profile["summaries"]["total"]["summary"]) {
        for (const JsonNode metric : tool) {
            if (const auto value = newest(metric["metrics"]).number()) {
                row.metrics.push_back(counter(profile["tool"].text(), metric.key(), *value));
            }
        }
    }
}

assay::imported_case summary_case(JsonNode root) {
    const std::string_view path = root["module_path"].text();
    // What ends in the mark has no name behind it: then all of it is the name.
    const std::size_t last = path.ends_with("::") ? std::string_view::npos : path.rfind("::");
    assay::imported_case row;
    row.suite = path.substr(0, last == std::string_view::npos ? 0 : last);
    row.name = path.substr(last == std::string_view::npos ? 0 : last + 2);
    if (const std::string_view id = root["id"].text(); !id.empty()) {
        row.parameters.emplace_back("id", std::string(id));
    }
    if (const std::string_view details = root["details"].text(); !details.empty()) {
        row.parameters.emplace_back("arguments", std::string(details));
    }
    for (const JsonNode profile : root["profiles"]) {
        add_profile(profile, row);
    }
    if (row.metrics.empty()) {
        row.status = assay::case_status::unavailable;
        row.reason = "the summary has no figure of this run";
    }
    return row;
}

} // namespace

bool holds_summaries(std::string_view bytes) {
    json_formats::JsonStream stream(bytes);
    while (const std::optional<JsonTree> object = stream.next()) {
        if (is_summary(object->root())) {
            return true;
        }
    }
    return false;
}

void parse_summaries(std::string_view bytes, assay::import_output& out) {
    std::string damage;
    json_formats::JsonStream stream(bytes, [&](const JsonTree& broken) {
        if (damage.empty() && (broken.root()["baselines"] || broken.root()["module_path"])) {
            damage = assay::place_in(bytes, broken.end()) + ": " + broken.damage();
        }
    });
    while (const std::optional<JsonTree> object = stream.next()) {
        if (is_summary(object->root()) && !object->root()["module_path"].text().empty()) {
            out.add(summary_case(object->root()));
        }
    }
    if (!damage.empty()) {
        throw assay::damaged(damage);
    }
}

} // namespace gungraun
