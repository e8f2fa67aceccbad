// What the pairs of a comparison are asked beside its verdicts on `time`, and how the figures of
// every pair reach those questions.
//
//   AskedOfPairs asked(matched, options);                 // the cases entered, before the first
//   pair asked.tell(series, pairs_of_the_case, old_figures, new_figures); comparison.want(series,
//   asked.wanted(affordable).at(series));
//
// One thread at a time.
#pragma once

#include "app/comparison/comparison_options.hpp"
#include "app/comparison/matched_case.hpp"
#include "app/session/launch_figures.hpp"
#include "verdict/pair_questions.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::app {

class AskedOfPairs {
public:
    // `cases[series]`. What a gate watches, or else whether the metrics that suites gate got worse
    // or better: then all that are judged count, and those that are gated ask for pairs.
    AskedOfPairs(const std::vector<const MatchedCase*>& cases, const ComparisonOptions& options);

    // After a pair of a series: the x of all its pairs, and the figures of both builds.
    void tell(std::size_t series,
              std::span<const double> x,
              const CaseFigures& old_figures,
              const CaseFigures& new_figures);

    void drop(std::size_t series) { questions_.drop(series); }

    // `affordable`: the pairs that each series could still have.
    [[nodiscard]] std::vector<verdict::WantedPairs>
    wanted(std::span<const double> affordable) const {
        return questions_.wanted(affordable);
    }

private:
    verdict::PairQuestions questions_;
    std::vector<std::vector<std::string>> metrics_; // by series, beside `time`
};

} // namespace assay::app
