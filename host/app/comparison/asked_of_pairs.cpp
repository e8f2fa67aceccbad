#include "app/comparison/asked_of_pairs.hpp"

#include "app/comparison/compared_metrics.hpp"

#include <assay/abi/suite.h>

namespace assay::app {
namespace {

using verdict::QuestionKind;

// The families of judge_metrics().
enum AskedFamily : std::size_t { kWorse, kBetter };

void ask_about_metrics(const MatchedCase& matched,
                       std::size_t series,
                       double margin,
                       verdict::PairQuestions& questions) {
    for (const measure::MetricDescription* metric : judged_metrics(matched)) {
        const bool gated = (metric->flags & ASSAY_METRIC_GATE) != 0;
        for (const auto& [kind, family] :
             {std::pair{QuestionKind::loss, kWorse}, std::pair{QuestionKind::gain, kBetter}}) {
            questions.add({.series = series,
                           .metric = metric->key,
                           .kind = kind,
                           .share = margin,
                           .family = family,
                           .asks_for_pairs = gated});
        }
    }
}

} // namespace

AskedOfPairs::AskedOfPairs(const std::vector<const MatchedCase*>& cases,
                           const ComparisonOptions& options)
    : questions_(cases.size(), {.alpha = options.alpha, .method = options.method}) {
    for (std::size_t series = 0; series < cases.size(); ++series) {
        if (!options.watched) {
            ask_about_metrics(*cases[series], series, options.margin, questions_);
        } else {
            for (const WatchedLimit& watched : *options.watched) {
                if (watched.case_id == cases[series]->id) {
                    verdict::PairQuestion question = watched.question;
                    question.series = series;
                    questions_.add(std::move(question));
                }
            }
        }
        metrics_.push_back(questions_.metrics_of(series));
    }
}

void AskedOfPairs::tell(std::size_t series,
                        std::span<const double> x,
                        const CaseFigures& old_figures,
                        const CaseFigures& new_figures) {
    questions_.tell_time(series, x);
    for (const std::string& key : metrics_[series]) {
        const auto before = old_figures.metric(key);
        const auto after = new_figures.metric(key);
        if (before && after) {
            questions_.tell(series, metric_pairs(*before, *after), x.size());
        }
    }
}

} // namespace assay::app
