#include "test_result.hpp"

#include "report_text/figure_text.hpp"

#include <algorithm>
#include <cmath>

namespace junit_reporter {
namespace {

using report_text::GateRow;
using report_text::ToldCase;
using report_text::ToldRun;

TestFate fate_of(const GateRow& row) {
    if (row.outcome == "BROKEN") {
        return TestFate::error;
    }
    // What could not be decided, or compared with anything, did not pass.
    return row.outcome == "FAIL" || row.outcome == "UNDECIDED" || row.outcome == "NOTHING"
               ? TestFate::failure
               : TestFate::passed;
}

std::string repeat_command(const ToldCase& one, const ToldRun& run) {
    return run.is_comparison && run.basis.empty()
               ? "; again: assay compare '" + run.before + "' '" + run.after + "' '" + one.id + "'"
               : "";
}

TestResult result_of_comparison(const ToldCase& one, const ToldRun& run) {
    const std::string outcome(report_text::outcome_of(one));
    const std::string figure = report_text::deciding_figure(one);
    if (outcome == "only_in_new") {
        return {TestFate::skipped, outcome, figure};
    }
    switch (report_text::gravity_of(one)) {
    case report_text::Gravity::better:
    case report_text::Gravity::plain:
        return {};
    case report_text::Gravity::broken:
        return {TestFate::error, outcome, figure + repeat_command(one, run)};
    case report_text::Gravity::worse:
    case report_text::Gravity::open:
        break;
    }
    std::string message = figure.empty() ? report_text::words_of(outcome) : figure;
    if (std::isfinite(run.margin) && one.compared->status == "compared") {
        message += ", margin " + report_text::fixed(100 * run.margin, 2) + " %";
    }
    return {TestFate::failure,
            outcome,
            message + ": " + report_text::words_of(outcome) + repeat_command(one, run)};
}

} // namespace

TestResult result_of(std::span<const GateRow* const> rows, const ToldRun&) {
    TestResult worst;
    for (const GateRow* row : rows) {
        const TestFate fate = fate_of(*row);
        if (fate == TestFate::passed) {
            continue;
        }
        worst.message += (worst.message.empty() ? "" : "\n") + report_text::gate_sentence(*row);
        if (fate > worst.fate) {
            worst.fate = fate;
            worst.type = row->outcome;
        }
    }
    return worst;
}

TestResult
result_of(const ToldCase& one, std::span<const GateRow* const> rows, const ToldRun& run) {
    switch (one.status) {
    case assay::case_status::failed:
    case assay::case_status::wrong_result:
    case assay::case_status::timed_out:
    case assay::case_status::crashed:
        return {TestFate::error,
                std::string(name_of(one.status)),
                one.reason.empty() ? report_text::words_of(name_of(one.status)) : one.reason};
    case assay::case_status::skipped:
    case assay::case_status::cancelled:
    case assay::case_status::unavailable:
        if (!one.compared) {
            return {TestFate::skipped,
                    std::string(name_of(one.status)),
                    std::string(name_of(one.status)) +
                        (one.reason.empty() ? "" : ": " + one.reason)};
        }
        break;
    case assay::case_status::passed:
        break;
    }
    if (run.gate) {
        const bool nobody_asked =
            rows.empty() && one.compared && one.compared->status != "compared";
        return nobody_asked ? TestResult{TestFate::skipped,
                                         one.compared->status,
                                         report_text::deciding_figure(one)}
                            : result_of(rows, run);
    }
    return one.compared ? result_of_comparison(one, run) : TestResult{};
}

} // namespace junit_reporter
