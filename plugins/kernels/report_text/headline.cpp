#include "report_text/headline.hpp"

#include "report_text/figure_text.hpp"

#include <algorithm>
#include <cmath>

namespace report_text {
namespace {

const ToldCase* gravest_case(const std::vector<ToldCase>& cases) {
    const auto found = std::ranges::min_element(cases, matters_more);
    return found == cases.end() ? nullptr : &*found;
}

std::string gate_statement(const GateRow& row) {
    const std::string rule = "rule '" + row.rule + "'";
    if (row.outcome == "FAIL") {
        return "fails " + rule;
    }
    if (row.outcome == "BROKEN") {
        return "is broken for " + rule;
    }
    if (row.outcome == "UNDECIDED") {
        return "is undecided by " + rule;
    }
    return row.outcome == "NOTHING" ? "has nothing to compare for " + rule : "is near " + rule;
}

// "13.60 % worse, at most 10 % worse"; without a figure the reason.
std::string gate_deciding(const GateRow& row) {
    if (!std::isfinite(row.figure)) {
        return row.reason.empty() ? "no figure" : row.reason;
    }
    return gate_figure(row) + (row.limit.empty() ? "" : ", limit " + row.limit);
}

Headline headline_of_gate(const ToldGate& gate) {
    Headline head{Gravity::plain, {}, {}, {}, counts_text(gate.rows)};
    const auto gravest = std::ranges::min_element(gate.rows, row_matters_more);
    if (!gate.unmatched.empty() &&
        (gravest == gate.rows.end() || gravity_of(*gravest) > Gravity::worse)) {
        head.gravity = Gravity::open;
        head.figure = "0 cases for rule '" + gate.unmatched.front() + "'";
        head.statement = "the gate judged too little";
    } else if (gravest == gate.rows.end()) {
        head.gravity = Gravity::open;
        head.figure = "0 lines";
        head.statement = "the gate judged nothing";
    } else if (gravity_of(*gravest) != Gravity::plain) {
        head.gravity = gravity_of(*gravest);
        head.figure = gate_deciding(*gravest);
        head.subject = gravest->case_id;
        head.statement = gate_statement(*gravest);
    } else if (!std::isfinite(gravest->figure)) {
        head.figure = "0 of " + std::to_string(gate.rows.size()) + " lines failed";
        head.statement = "the gate passes";
    } else {
        head.figure = gate_deciding(*gravest);
        head.subject = gravest->case_id;
        head.statement = "is what came nearest, and the gate passes";
    }
    return head;
}

Headline headline_of_comparison(const ToldRun& run) {
    Headline head{Gravity::plain, {}, {}, {}, counts_text(run.cases)};
    const ToldCase* const gravest = gravest_case(run.cases);
    if (gravest == nullptr) {
        return {Gravity::open, "0 cases", {}, "nothing was compared", {}};
    }
    head.gravity = gravity_of(*gravest);
    head.figure = deciding_figure(*gravest);
    if (run.null_control == "fired") {
        head.gravity = Gravity::open;
        head.statement = "cannot be told from noise: the old build differs from its own copy";
    } else {
        head.statement = "is " + words_of(outcome_of(*gravest));
    }
    head.subject = gravest->id;
    if (head.figure.empty()) {
        head.figure = words_of(outcome_of(*gravest));
    }
    if (outcome_of(*gravest) == "same") {
        head.figure += " at most";
        head.statement = "changed most, and is the same";
    } else if (gravest->compared && gravest->compared->status != "compared") {
        head.statement = outcome_of(*gravest) == "failed"
                             ? "failed"
                             : "was not compared: " + words_of(outcome_of(*gravest));
    }
    return head;
}

Headline headline_of_run(const ToldRun& run) {
    if (run.cases.empty()) {
        return {Gravity::open, "0 cases", {}, "nothing was measured", {}};
    }
    const auto passed = static_cast<std::size_t>(
        std::ranges::count(run.cases, assay::case_status::passed, &ToldCase::status));
    Headline head;
    head.figure = std::to_string(passed) + " of " + std::to_string(run.cases.size()) +
                  (run.cases.size() == 1 ? " case passed" : " cases passed");
    const ToldCase& gravest = *gravest_case(run.cases);
    head.gravity = gravity_of(gravest);
    if (head.gravity != Gravity::plain) {
        head.subject = gravest.id;
        head.statement =
            words_of(outcome_of(gravest)) + (gravest.reason.empty() ? "" : ": " + gravest.reason);
        head.counts = counts_text(run.cases);
    }
    return head;
}

} // namespace

Headline headline_of(const ToldRun& run) {
    Headline head = run.gate            ? headline_of_gate(*run.gate)
                    : run.is_comparison ? headline_of_comparison(run)
                                        : headline_of_run(run);
    if (run.partial) {
        head.counts += head.counts.empty() ? "" : "; ";
        head.counts += "interrupted, only what was complete is here";
    }
    if (const std::string took = duration_text(run.seconds); !took.empty()) {
        head.counts += (head.counts.empty() ? "" : "; ") + took;
    }
    return head;
}

std::string plain_text(const Headline& headline) {
    std::string text = headline.figure;
    const std::string claim = headline.subject +
                              (headline.subject.empty() || headline.statement.empty() ? "" : " ") +
                              headline.statement;
    return claim.empty() ? text : text + ": " + claim;
}

} // namespace report_text
