#include "verdict/pair_questions.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace assay::verdict {
namespace {

// No throughput falls and no time shrinks by a whole of itself.
bool is_out_of_reach(const PairQuestion& question, bool points, bool higher_is_better) {
    const bool shrinks = higher_is_better == (question.kind == QuestionKind::loss);
    return shrinks && !points && question.share >= 1;
}

double limit_of(const PairQuestion& question, const MetricChange& change, bool higher_is_better) {
    const double share = change.points ? question.points.value_or(question.share) : question.share;
    switch (question.kind) {
    case QuestionKind::loss:
        return change.loss(share, higher_is_better);
    case QuestionKind::missed_gain:
        return change.gain(share, higher_is_better);
    case QuestionKind::gain:
        break;
    }
    return -change.gain(share, higher_is_better);
}

bool begins_with(std::span<const double> all, std::span<const double> first) {
    return first.size() <= all.size() && std::ranges::equal(first, all.first(first.size()));
}

} // namespace

PairQuestions::PairQuestions(std::size_t series, Rules rules)
    : rules_(rules)
    , dropped_(series, false) {}

void PairQuestions::add(PairQuestion question) {
    asked_.push_back({.question = std::move(question)});
}

std::vector<std::string> PairQuestions::metrics_of(std::size_t series) const {
    std::set<std::string> metrics;
    for (const Asked& one : asked_) {
        if (one.question.series == series && one.question.metric != "time") {
            metrics.insert(one.question.metric);
        }
    }
    return {metrics.begin(), metrics.end()};
}

// The evidence grows with the figures, and begins anew where another scale makes them others.
void PairQuestions::take(Asked& asked, const MetricChange& change, bool higher_is_better) const {
    if (change.x.empty() || is_out_of_reach(asked.question, change.points, higher_is_better)) {
        asked.evidence.reset();
        asked.x.clear();
        return;
    }
    const double limit = limit_of(asked.question, change, higher_is_better);
    if (!asked.evidence || limit != asked.limit || !begins_with(change.x, asked.x)) {
        asked.evidence.emplace(rules_.method);
        asked.x.clear();
    }
    asked.limit = limit;
    const double sign = asked.question.kind == QuestionKind::gain ? -1 : 1;
    for (std::size_t i = asked.x.size(); i < change.x.size(); ++i) {
        asked.evidence->add(sign * change.x[i] - limit);
    }
    asked.x = change.x;
}

void PairQuestions::tell(std::size_t series, const MetricPairs& figures, std::size_t pairs) {
    for (Asked& one : asked_) {
        if (one.question.series != series || one.question.metric != figures.key) {
            continue;
        }
        const bool exact = is_exact(figures);
        const MetricChange change = exact ? MetricChange{}
                                          : change_of(figures.old_figures,
                                                      figures.new_figures,
                                                      figures.unit,
                                                      figures.higher_is_better,
                                                      one.question.scale);
        take(one, change, figures.higher_is_better);
        const std::size_t told = pairs_told(figures.old_figures, figures.new_figures);
        const std::size_t needed =
            exact && !figures.only_verified ? exact_launches_min(figures.key) : 0;
        one.exact_missing = needed - std::min(needed, told);
        one.open_to_pairs = comes_with_pairs(told, pairs);
    }
}

void PairQuestions::tell_time(std::size_t series, std::span<const double> x) {
    for (Asked& one : asked_) {
        if (one.question.series == series && one.question.metric == "time") {
            take(one, {.x = {x.begin(), x.end()}, .points = false, .reason = {}}, false);
            one.open_to_pairs = true;
        }
    }
}

void PairQuestions::drop(std::size_t series) {
    dropped_.at(series) = true;
}

std::vector<std::size_t> PairQuestions::family_sizes() const {
    std::vector<std::size_t> sizes;
    for (const Asked& one : asked_) {
        sizes.resize(std::max(sizes.size(), one.question.family + 1));
        ++sizes[one.question.family];
    }
    return sizes;
}

std::vector<LimitState> PairQuestions::states() const {
    std::vector<LimitState> states(asked_.size(), LimitState::undecided);
    const std::vector<std::size_t> sizes = family_sizes();
    for (std::size_t family = 0; family < sizes.size(); ++family) {
        std::vector<double> log_e;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            const Asked& one = asked_[i];
            if (one.question.family != family || !one.evidence || dropped_[one.question.series]) {
                continue;
            }
            log_e.push_back(one.evidence->log_e_beyond());
            places.push_back(i);
            if (one.evidence->log_e_below() >= -std::log(rules_.alpha)) {
                states[i] = LimitState::kept;
            }
        }
        for (const std::size_t i : statistics::e_bh(log_e, sizes[family], rules_.alpha)) {
            states[places[i]] = LimitState::broken;
        }
    }
    return states;
}

std::vector<WantedPairs> PairQuestions::wanted(std::span<const double> affordable) const {
    const std::vector<LimitState> now = states();
    const std::vector<std::size_t> sizes = family_sizes();
    std::vector<std::size_t> broken(sizes.size());
    for (std::size_t i = 0; i < asked_.size(); ++i) {
        broken[asked_[i].question.family] += now[i] == LimitState::broken ? 1 : 0;
    }
    std::vector<WantedPairs> wanted(dropped_.size());
    for (std::size_t i = 0; i < asked_.size(); ++i) {
        const Asked& one = asked_[i];
        const PairQuestion& question = one.question;
        if (now[i] != LimitState::undecided || !question.asks_for_pairs || !one.open_to_pairs ||
            dropped_[question.series]) {
            continue;
        }
        if (one.exact_missing > 0) {
            wanted[question.series].add(static_cast<double>(one.exact_missing));
            continue;
        }
        if (!one.evidence || one.evidence->is_on_the_limit()) {
            continue;
        }
        const double kept = -std::log(rules_.alpha);
        // What one more of its family needs now.
        const double beyond = kept + std::log(static_cast<double>(sizes[question.family]) /
                                              static_cast<double>(broken[question.family] + 1));
        // `time` itself is measured to the end of the budget, whatever the odds.
        if (question.metric == "time" || affordable.empty() ||
            one.evidence->pairs_at_best(beyond, kept) <= affordable[question.series]) {
            wanted[question.series].add(one.evidence->pairs_needed(beyond, kept));
        }
    }
    return wanted;
}

} // namespace assay::verdict
