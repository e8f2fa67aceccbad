// The document of one run: what `assay history show --format json` writes.
#include "tracking/run_document.hpp"

#include "app/history/run_page.hpp"
#include "history/run_names.hpp"
#include "tracking/document_values.hpp"

namespace assay::app {
namespace {

json::value series_of(const RunPage& page, std::optional<std::int64_t> id) {
    const auto found = id ? page.series.find(*id) : page.series.end();
    return found == page.series.end() ? json::value(nullptr)
                                      : json::value(tracking::series_value(found->second));
}

json::object verdict_value(const RunPage& page, const history::VerdictRow& row) {
    return {{"series", series_of(page, row.series_id)},
            {"source", row.source},
            {"verdict", row.verdict},
            {"severity", tracking::optional_text(row.severity)},
            {"change", tracking::optional_number(row.change)},
            {"change_scale", tracking::optional_text(row.change_scale)},
            {"p", tracking::optional_number(row.p)},
            {"mde", tracking::optional_number(row.mde)},
            {"fence", tracking::optional_number(row.fence)},
            {"detail", row.detail}};
}

json::object gate_value(const RunPage& page, const history::GateRow& row) {
    return {{"rule", row.rule_id},
            {"series", series_of(page, row.series_id)},
            {"verdict", row.verdict},
            {"figure", tracking::optional_number(row.figure)},
            {"op", tracking::optional_text(row.op)},
            {"limit", tracking::optional_number(row.limit)},
            {"source", tracking::optional_text(row.source)}};
}

} // namespace

json::object run_page_document(const RunPage& page, const std::string& where) {
    json::array verdicts, gates;
    for (const history::VerdictRow& row : page.verdicts) {
        if (!history::naming_of(row).name.empty()) {
            continue; // in `names`
        }
        verdicts.push_back(verdict_value(page, row));
    }
    for (const history::GateRow& row : page.gates) {
        gates.push_back(gate_value(page, row));
    }
    json::object document = tracking::history_head("run", where);
    document["run"] = tracking::run_value(page.run);
    const std::vector<std::string> names = history::run_names(page.verdicts);
    document["names"] = json::array(names.begin(), names.end());
    document["verdicts"] = std::move(verdicts);
    document["gates"] = std::move(gates);
    return document;
}

} // namespace assay::app
