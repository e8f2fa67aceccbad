#include "app/history/exclusion.hpp"

#include "app/history/instant.hpp"
#include "app/message.hpp"

#include <map>
#include <set>
#include <utility>

namespace assay::app {
namespace {

constexpr const char* kExcluded = "excluded";
constexpr const char* kCountsAgain = "counts again";

json::object detail_of(const ExclusionNote& note) {
    return {{"why", note.why}, {"who", note.who}, {"when", note.when}};
}

std::string line_of(const history::VerdictRow& row, std::size_t figures) {
    const std::string why = json_string(row.detail, "why");
    const std::string who = json_string(row.detail, "who");
    std::string text = row.verdict + ": " + std::to_string(figures) +
                       (figures == 1 ? " figure" : " figures") + ", " +
                       date_text(json_int(row.detail, "when", 0)) + " UTC";
    text += who.empty() ? "" : " by " + who;
    return text + (why.empty() ? "" : ": " + why);
}

} // namespace

Status note_exclusion(history::Store& store,
                      const history::Run& run,
                      const std::optional<std::string>& case_id,
                      const ExclusionNote& note) {
    const auto rows = store.series({.platform = run.platform.label, .case_id = case_id});
    if (!rows) {
        return rows.error();
    }
    std::set<std::string> meant;
    for (const history::Point& point : run.points) {
        if (!case_id || point.series.case_id == *case_id) {
            meant.insert(history::series_key(point.series));
        }
    }
    std::vector<history::VerdictRow> notes;
    for (const history::SeriesRow& row : *rows) {
        if (meant.contains(history::series_key(row.series))) {
            notes.push_back({.run_uuid = run.uuid,
                             .series_id = row.id,
                             .source = std::string(kExclusionSource),
                             .verdict = note.excluded ? kExcluded : kCountsAgain,
                             .severity = {},
                             .change_scale = {},
                             .detail = detail_of(note)});
        }
    }
    return store.add_verdicts(notes);
}

std::string exclusions_text(const std::vector<history::VerdictRow>& rows) {
    // By time, and what was done together in one line.
    std::map<std::pair<std::int64_t, std::string>,
             std::pair<const history::VerdictRow*, std::size_t>>
        told;
    for (const history::VerdictRow& row : rows) {
        if (row.source == kExclusionSource) {
            auto& [first, figures] = told[{json_int(row.detail, "when", 0), row.verdict}];
            first = &row;
            ++figures;
        }
    }
    std::string text;
    for (const auto& [when, one] : told) {
        text += printable(line_of(*one.first, one.second)) + "\n";
    }
    return text;
}

} // namespace assay::app
