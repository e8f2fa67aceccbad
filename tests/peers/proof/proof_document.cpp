#include "proof_text.hpp"
#include "wording.hpp"

namespace proof {

namespace json = assay::json;

namespace {

json::object share_object(const Share& share) {
    return {{"k", share.k},
            {"n", share.n},
            {"share", share.value()},
            {"interval", json::array{share.interval.low, share.interval.high}}};
}

json::object row_object(const Cell& cell, View view, const Tally& tally) {
    json::object row{{"cell", cell.name},
                     {"method", name_of(view)},
                     {"body", cell.body},
                     {"percent", cell.percent},
                     {"comparisons", tally.comparisons},
                     {"failed", tally.failed},
                     {"slower", tally.slower},
                     {"faster", tally.faster},
                     {"same", tally.same},
                     {"undecided", tally.undecided},
                     {"null_fired", tally.null_fired},
                     {"positive_missed", tally.positive_missed}};
    row[cell.kind == Kind::slower ? "wrong_sign" : "alarms"] = share_object(alarms(cell, tally));
    if (cell.kind != Kind::same) {
        row["found"] = share_object(found(tally));
    }
    if (!tally.seconds.empty()) {
        row["seconds_median"] = quantile(tally.seconds, 0.5);
        row["seconds_p90"] = quantile(tally.seconds, 0.9);
    }
    if (view == View::assay) {
        row["budget_s"] = cell.budget_s;
        row["margin"] = cell.margin_percent / 100;
        row["goal"] = goal_text(cell);
        row["reached"] = name_of(reached(cell, tally));
    }
    return row;
}

} // namespace

json::object proof_document(const Facts& facts, std::span<const Record> records) {
    json::array rows;
    for (const Cell& cell : all_cells()) {
        for (const View view : views_of(records, cell)) {
            if (cell.kind != Kind::overhead) {
                rows.push_back(row_object(cell, view, count(records, cell, view)));
            }
        }
    }
    json::array sessions;
    for (const Session& session : facts.sessions) {
        sessions.push_back(session_object(session));
    }
    json::array all;
    for (const Record& record : records) {
        all.push_back(record_object(record));
    }
    json::array options;
    for (const std::string& option : facts.more_options) {
        options.push_back(json::string(option));
    }
    return {{"platform", facts.platform},
            {"environment", facts.environment},
            {"assay", facts.assay_version},
            {"commit", facts.commit},
            {"compiler", facts.compiler},
            {"google_benchmark", facts.google_benchmark_version},
            {"more_options", options},
            {"calibration", facts.calibration},
            {"sessions", sessions},
            {"rows", rows},
            {"records", all}};
}

} // namespace proof
