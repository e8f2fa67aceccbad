#include "app/gate/kept_lines.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace assay::app {
namespace {

std::optional<double> share(const std::optional<double>& percent) {
    return percent ? std::optional(*percent / 100) : std::nullopt;
}

} // namespace

Status keep_lines(history::Store& store,
                  const std::string& run_uuid,
                  const SeriesIds& ids,
                  const verdict::GateReport& report) {
    std::vector<history::GateRow> rows;
    std::map<std::int64_t, history::VerdictRow> verdicts; // one word about a series
    for (const verdict::GateLine& line : report.lines) {
        const auto id = ids.find({line.case_id, line.metric});
        rows.push_back({.run_uuid = run_uuid,
                        .rule_id = line.rule,
                        .series_id = id == ids.end() ? std::nullopt : std::optional(id->second),
                        .verdict = std::string(name_of(line.outcome)),
                        .op = line.limit,
                        .source = line.evidence.empty() ? "today" : line.evidence,
                        .figure = line.figure});
        if (id != ids.end() && !line.verdict.empty()) {
            verdicts[id->second] = {.run_uuid = run_uuid,
                                    .series_id = id->second,
                                    .source = "gate",
                                    .verdict = line.verdict,
                                    .severity = line.severity,
                                    .change = share(line.figure),
                                    .mde = share(line.mde),
                                    .fence = share(line.fence),
                                    .change_scale = line.unit == "points" ? "points" : "relative"};
        }
    }
    std::vector<history::VerdictRow> words;
    for (auto& [series, row] : verdicts) {
        words.push_back(std::move(row));
    }
    if (Status kept = store.add_verdicts(words); !kept) {
        return kept;
    }
    return store.add_gate_results(rows);
}

} // namespace assay::app
