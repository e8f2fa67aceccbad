// What the pairs of a comparison are asked beside the verdicts on `time`: the limits of a gate, and
// whether a metric that its suite gates got worse or better. Says how many more pairs of a case
// would answer what is open, so that none end while they could.
//
//   PairQuestions questions(cases, {.alpha = 0.05});
//   questions.add({.series = 0, .metric = "recall", .kind = QuestionKind::loss, .share = 0.2});
//   questions.tell(0, recall, pairs);                 // all its figures so far, after every pair
//   comparison.want(0, questions.wanted().at(0));
//
// All questions are added before the first pair: their number is what e-BH counts. Plain value.
#pragma once

#include "verdict/comparison.hpp"
#include "verdict/gate_rule.hpp"
#include "verdict/limit_test.hpp"
#include "verdict/metric_change.hpp"
#include "verdict/metric_verdict.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

enum class QuestionKind {
    loss,        // is it worse by more than the share?
    gain,        // is it better by more than the share?
    missed_gain, // is it not better by as much as the share?
};

struct PairQuestion {
    std::size_t series = 0; // a case of the comparison
    std::string metric = "time";
    QuestionKind kind = QuestionKind::loss;
    double share = 0;
    std::optional<double> points = {}; // in its place where the change is one in points; / 100
    Scale scale = Scale::automatic;
    // Questions of one family are told "beyond" together (limit_test.hpp).
    std::size_t family = 0;
    // Else it counts in its family and is content with the pairs that others want.
    bool asks_for_pairs = true;
};

class PairQuestions {
public:
    struct Rules {
        double alpha = 0.05;
        statistics::EvidenceMethod method = statistics::EvidenceMethod::mixture;
    };

    PairQuestions(std::size_t series, Rules rules);

    void add(PairQuestion question);

    // The metrics beside `time` that the pairs of a series are asked about, each once.
    [[nodiscard]] std::vector<std::string> metrics_of(std::size_t series) const;

    // What a series has shown after `pairs` pairs: all figures of a metric, or all x of `time`.
    void tell(std::size_t series, const MetricPairs& figures, std::size_t pairs);
    void tell_time(std::size_t series, std::span<const double> x);
    // It gets no more pairs, and claims nothing.
    void drop(std::size_t series);

    // By series. What no number of pairs would answer wants none: figures that do not come with the
    // pairs, that have no ratio, that are exact in enough launches, that lie on the limit in every
    // pair. Nor does a metric so noisy that, with luck, more pairs would be needed than the series
    // can have at all: `affordable`, by series; none given = no end.
    [[nodiscard]] std::vector<WantedPairs> wanted(std::span<const double> affordable = {}) const;

    // Of the questions in the order they were added.
    [[nodiscard]] std::vector<LimitState> states() const;

private:
    struct Asked {
        PairQuestion question;
        std::vector<double> x = {}; // what the evidence was made of
        std::optional<LimitEvidence> evidence = {};
        double limit = 0;
        bool open_to_pairs = false;    // more of them would bring more of its figures
        std::size_t exact_missing = 0; // launches until a figure counts as exact
    };

    void take(Asked& asked, const MetricChange& change, bool higher_is_better) const;
    [[nodiscard]] std::vector<std::size_t> family_sizes() const;

    Rules rules_;
    std::vector<bool> dropped_;
    std::vector<Asked> asked_;
};

} // namespace assay::verdict
