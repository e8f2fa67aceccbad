#include "active_inference/trajectories/observed_likelihoods.hpp"

#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace assay::active_inference {

ObservedLikelihoods::ObservedLikelihoods(const FactoredModel& model,
                                         std::size_t observed_max,
                                         LikelihoodForm form,
                                         bool with_energy)
    : form_(form)
    , observed_max_(observed_max)
    , modalities_(model.likelihoods.size())
    , uses_(model.state_counts.size())
    , slices_(model.likelihoods.size()) {
    for (std::size_t m = 0; m < modalities_; ++m) {
        Term term;
        term.factors = model.likelihood_factors[m];
        term.table = model.likelihoods[m].data;
        if (form == LikelihoodForm::log_clip) {
            std::ranges::transform(term.table, term.table.begin(), log_clip);
        }
        add_term(std::move(term), model.state_counts);
    }
    if (form == LikelihoodForm::joint || with_energy) {
        const JointRule rule = form == LikelihoodForm::joint ? JointRule::product : JointRule::sum;
        joint_.emplace(model, observed_max, rule, with_energy);
    }
    if (form == LikelihoodForm::joint) {
        Term term;
        term.factors.resize(uses_.size());
        std::iota(term.factors.begin(), term.factors.end(), std::size_t{0});
        add_term(std::move(term), model.state_counts);
    }
    for (std::size_t at = form == LikelihoodForm::joint ? modalities_ : 0; at < terms_.size();
         ++at) {
        for (std::size_t position = 0; position < terms_[at].factors.size(); ++position) {
            uses_[terms_[at].factors[position]].push_back({at, position});
        }
    }
    averaged_.resize(*std::ranges::max_element(model.state_counts));
}

void ObservedLikelihoods::add_term(Term term, std::span<const std::size_t> state_counts) {
    std::vector<std::size_t> shape;
    for (const std::size_t factor : term.factors) {
        shape.push_back(state_counts[factor]);
        term.slice *= state_counts[factor];
    }
    for (std::size_t position = 0; position < shape.size(); ++position) {
        term.keeping.emplace_back(shape, std::initializer_list<std::size_t>{position});
        space_.resize(std::max(space_.size(), term.keeping.back().workspace()));
    }
    term.seen.resize(observed_max_);
    term.mixed.resize(term.table.empty() ? 0 : observed_max_ * term.slice);
    term.logs.resize(
        shape.size() == 1 && form_ != LikelihoodForm::log_clip ? observed_max_ * term.slice : 0);
    vectors_.resize(std::max(vectors_.size(), shape.size()));
    terms_.push_back(std::move(term));
}

const double* ObservedLikelihoods::slice_of(std::size_t modality,
                                            std::size_t step,
                                            const Outcome& outcome) noexcept {
    Term& term = terms_[modality];
    if (!outcome.is_soft()) {
        return term.table.data() + outcome.index * term.slice;
    }
    double* const mixed = term.mixed.data() + step * term.slice;
    std::fill_n(mixed, term.slice, 0.0);
    for (std::size_t o = 0; o < outcome.soft.size(); ++o) {
        const double* const row = term.table.data() + o * term.slice;
        for (std::size_t at = 0; at < term.slice; ++at) {
            mixed[at] += outcome.soft[o] * row[at];
        }
    }
    return mixed;
}

void ObservedLikelihoods::keep_logs(Term& term, std::size_t step, TrajectoryWork& work) noexcept {
    if (term.logs.empty()) {
        return;
    }
    double* const logs = term.logs.data() + step * term.slice;
    std::transform(term.seen[step], term.seen[step] + term.slice, logs, log_eps);
    work.logarithms += term.slice;
}

void ObservedLikelihoods::observe(std::span<const Outcome> window, TrajectoryWork& work) noexcept {
    observed_ = modalities_ == 0 ? 0 : window.size() / modalities_;
    for (std::size_t step = 0; step < observed_; ++step) {
        for (std::size_t m = 0; m < modalities_; ++m) {
            slices_[m] = slice_of(m, step, window[step * modalities_ + m]);
            terms_[m].seen[step] = slices_[m];
            if (form_ != LikelihoodForm::joint) {
                keep_logs(terms_[m], step, work);
            }
        }
        if (joint_) {
            joint_->set(step, slices_, work);
        }
        if (form_ == LikelihoodForm::joint) {
            terms_.back().seen[step] = joint_->table(step);
            keep_logs(terms_.back(), step, work);
        }
    }
}

void ObservedLikelihoods::message(std::size_t step,
                                  std::size_t factor,
                                  const Beliefs& q,
                                  std::span<double> out,
                                  TrajectoryWork& work) noexcept {
    std::ranges::fill(out, 0.0);
    if (step >= observed_) {
        return;
    }
    for (const Use use : uses_[factor]) {
        const Term& term = terms_[use.term];
        const double* part = term.logs.data() + step * term.slice;
        bool take_log = false;
        if (term.logs.empty()) {
            for (std::size_t at = 0; at < term.factors.size(); ++at) {
                vectors_[at] = q[term.factors[at]].data();
            }
            const Contraction& keeping = term.keeping[use.position];
            keeping(term.seen[step], vectors_.data(), averaged_.data(), space_.data());
            work.count(keeping.ops());
            part = averaged_.data();
            take_log = form_ != LikelihoodForm::log_clip;
        }
        for (std::size_t s = 0; s < out.size(); ++s) {
            out[s] += take_log ? log_eps(part[s]) : part[s];
        }
        work.logarithms += take_log ? out.size() : 0;
    }
}

} // namespace assay::active_inference
