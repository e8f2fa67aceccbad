#include "app/comparison/comparison_notes.hpp"

#include "app/comparison/comparison_counts.hpp"
#include "app/comparison/comparison_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace assay::app {
namespace {

class Notes {
public:
    void add(std::string text, std::string next) {
        notes_.push_back(json::object{{"text", std::move(text)}, {"next", std::move(next)}});
    }

    [[nodiscard]] json::array take() { return std::move(notes_); }

private:
    json::array notes_;
};

// "1 case is", "3 cases are"
std::string cases_are(std::size_t n) {
    return std::to_string(n) + (n == 1 ? " case is" : " cases are");
}

// Which case's old build differed from its own copy, and by how much.
std::string fired_controls(const ComparisonOutcome& outcome) {
    std::string text;
    for (std::size_t i = 0; i < outcome.null_findings.size(); ++i) {
        const verdict::Finding& finding = outcome.null_findings[i];
        const double log_e = std::max(finding.evidence.log_e_slower, finding.evidence.log_e_faster);
        if (finding.ratio && i < outcome.null_records.size() && log_e > 0) {
            text += fmt::format("{}{} by {:+.2f} % over {} pairs",
                                text.empty() ? "" : ", ",
                                outcome.null_records[i].case_id,
                                100 * (*finding.ratio - 1),
                                finding.pairs);
        }
    }
    return text;
}

void add_controls(Notes& notes,
                  const ComparisonOutcome& outcome,
                  const ComparisonOptions& options) {
    switch (outcome.null_control) {
    case verdict::NullControl::fired:
        notes.add("the null control fired: the old build differed from its own copy (" +
                      fired_controls(outcome) + "), so nothing of this run is proven",
                  "repeat it on a quieter machine");
        break;
    case verdict::NullControl::unfinished:
        if (outcome.cancelled) {
            break;
        }
        notes.add("the null control got too few pairs to say anything", "a longer --budget");
        break;
    case verdict::NullControl::quiet:
    case verdict::NullControl::off:
        break;
    }
    if (outcome.positive_control == verdict::PositiveControl::missed && !outcome.cancelled) {
        notes.add(
            fmt::format("the positive control was missed: a change of {:.3g} % would not have "
                        "been seen",
                        300 * options.margin),
            "a longer --budget");
    }
    if (!options.controls) {
        notes.add("controls are off: nothing checked that this run can be believed", "");
    }
}

void add_unoptimised(Notes& notes, const ComparisonOutcome& outcome) {
    std::set<std::string> builds;
    for (const ComparedCase& compared : outcome.cases) {
        const MatchedCase& matched = compared.matched;
        for (const auto& [suite, side] :
             {std::pair{matched.old_suite, "old"}, {matched.new_suite, "new"}}) {
            if (suite != nullptr && suite->unoptimised) {
                builds.insert(std::string("the ") + side + " build of " + suite->plugin_id);
            }
        }
    }
    for (const std::string& build : builds) {
        notes.add(build + " was built without optimisation", "compare what users get: -O2");
    }
}

void add_counts(Notes& notes, const ComparisonOutcome& outcome) {
    if (const std::string why = uncounted(outcome); !why.empty()) {
        notes.add("instructions are not counted: " + why,
                  why.find("not installed") != std::string::npos ? "apt install valgrind" : "");
    }
    if (const std::size_t untrusted = untrusted_counts(outcome); untrusted > 0) {
        notes.add(
            "the counts of " + std::to_string(untrusted) +
                (untrusted == 1 ? " case say" : " cases say") +
                " nothing: their work is not the same in every launch, or their suites do not "
                "say that it is",
            ".deterministic() in the suite, if it is");
    }
    if (const std::size_t suspects = slower_with_equal_work(outcome); suspects > 0) {
        notes.add(cases_are(suspects) +
                      " slower with as many instructions as before: layout or environment",
                  "compare again: other pairs have other layouts");
    }
}

// Cases whose pairs went on for other figures than `time`: the most of it stands for all.
void add_uneven_pairs(Notes& notes, const ComparisonOutcome& outcome) {
    const auto extra = [](const ComparedCase& compared) {
        const verdict::Finding& finding = compared.finding;
        return compared.matched.fate == CaseFate::compared && finding.decided_after
                   ? finding.pairs - *finding.decided_after
                   : 0;
    };
    const auto cases =
        std::ranges::count_if(outcome.cases, [&](const auto& one) { return extra(one) > 0; });
    if (cases == 0) {
        return;
    }
    const ComparedCase& most = *std::ranges::max_element(outcome.cases, {}, extra);
    notes.add(
        fmt::format("other figures than `time` asked for more pairs: {} got {}, its `time` was "
                    "decided after {}{}",
                    most.matched.id,
                    most.finding.pairs,
                    *most.finding.decided_after,
                    cases == 1   ? ""
                    : cases == 2 ? "; so in 1 other case"
                                 : fmt::format("; so in {} other cases", cases - 1)),
        "");
}

void add_budget(Notes& notes, const ComparisonOutcome& outcome) {
    if (outcome.cancelled || !std::ranges::any_of(outcome.cases, wants_more_pairs)) {
        return;
    }
    const bool time_is_open = std::ranges::any_of(outcome.cases, [](const ComparedCase& one) {
        return wants_more_pairs(one) && !one.finding.wants_pairs;
    });
    const std::optional<double> budget = budget_that_would_do(outcome);
    notes.add(fmt::format("the budget of {:.3g} s did not {}",
                          outcome.budget_s,
                          time_is_open ? "decide every case"
                                       : "answer all that is asked about figures beside `time`"),
              budget ? fmt::format("--budget {:.0f}s would probably do", *budget)
                     : std::string("a longer --budget"));
}

} // namespace

json::array comparison_notes(const ComparisonOutcome& outcome, const ComparisonOptions& options) {
    Notes notes;
    add_controls(notes, outcome, options);
    add_unoptimised(notes, outcome);
    add_counts(notes, outcome);
    add_uneven_pairs(notes, outcome);
    add_budget(notes, outcome);
    return notes.take();
}

} // namespace assay::app
