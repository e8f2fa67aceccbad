// {"schema": "assay.results/1", "cases": [...], "run": {...}, "summary": {...}}
//
// What the events of a recorded run say (told_run.hpp).
#include "support/json.hpp"
#include "tracking/exports/told_run.hpp"
#include "tracking/exports/writers.hpp"

#include <utility>

namespace assay::tracking {
namespace {

std::string document_of(std::vector<json::object> told) {
    json::object document{{"schema", "assay.results/1"}};
    json::array cases;
    for (json::object& event : told) {
        for (const char* const key : {"run", "summary", "complexity"}) {
            if (json::value* const member = event.if_contains(key)) {
                document[key] = std::move(*member);
            }
        }
        json::value* const one = event.if_contains("case");
        if (json_string(event, "kind") == "case_end" && one != nullptr && one->is_object()) {
            cases.push_back(std::move(*one));
        }
    }
    document["cases"] = std::move(cases);
    return write_json(document, JsonLayout::indented) + "\n";
}

} // namespace

Result<std::optional<ExportText>> results_of_bundle(const std::filesystem::path& bundle) {
    auto told = told_by_bundle(bundle);
    if (!told) {
        return told.error();
    }
    return *told ? std::optional(ExportText{.text = document_of(std::move(**told))}) : std::nullopt;
}

ExportText results_text(const ExportedRun& exported) {
    ExportText made;
    for (const history::Point& point : exported.run.points) {
        made.left_out.add("sketches of old samples", point.samples.sketch ? 1 : 0);
    }
    made.text = document_of(told_by_history(exported.run));
    return made;
}

} // namespace assay::tracking
