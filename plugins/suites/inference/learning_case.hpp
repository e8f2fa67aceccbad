// The family `learning`: Dirichlet counts of one kind of tensor after one step of experience, and
// the tensor that they expect. One iteration = one step, from the counts that the step before left.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/learning/dirichlet_learning.hpp"
#include "active_inference/model.hpp"
#include "model_axis.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <vector>

namespace assay::inference {

void add_learning(assay::suite& suite, const ModelAxis& models);

// What happened in one step.
struct Experience {
    std::vector<active_inference::Outcome> observation;
    std::vector<std::size_t> actions;
    active_inference::Beliefs before, after;
};

class LearningCase {
public:
    explicit LearningCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch);

private:
    enum class Learnt { likelihoods, transitions };

    static Learnt learnt_of(const assay::params& params);
    void learn(const Experience& step);
    // The counts of the settings, or the model's own tensors as if each column had been seen once.
    [[nodiscard]] std::vector<active_inference::Tensor> start_of(const assay::params& params) const;
    [[nodiscard]] std::vector<active_inference::Tensor>& counted() noexcept;
    [[nodiscard]] const std::vector<active_inference::Tensor>& expected() const noexcept;

    active_inference::FactoredModel model_;
    Learnt learnt_;
    std::vector<active_inference::Tensor> start_,
        expected_at_start_; // counts, their columns over their sums
    active_inference::DirichletCounts counts_;
    std::vector<Experience> steps_;
    active_inference::DirichletLearner learner_;
    bool ran_ = false;
};

} // namespace assay::inference
