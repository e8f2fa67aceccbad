#include "learning_case.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/number_text.hpp"
#include "active_inference/result_digest.hpp"
#include "model_settings.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kExperienceSeed = 4;
constexpr std::size_t kSteps = 4; // taken in turn
constexpr double kRate = 1;
constexpr double kCountSlack = 1e-12;

ai::Beliefs random_beliefs(const ai::FactoredModel& model, RandomSource& random) {
    ai::Beliefs q(model.state_counts);
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        for (double& share : q[factor]) {
            share = 1 - random.unit(); // (0, 1]
        }
        ai::normalise(q[factor]);
    }
    return q;
}

std::vector<Experience> random_experience(const assay::params& params,
                                          const ai::FactoredModel& model) {
    std::vector<Experience> steps;
    RandomSource random(derived_seed(params.seed(), kExperienceSeed));
    for (auto& observation : observations_of(params, model, kSteps)) {
        Experience& step = steps.emplace_back();
        step.observation = std::move(observation);
        for (const std::size_t actions : model.action_counts) {
            step.actions.push_back(random.below(static_cast<std::uint32_t>(actions)));
        }
        step.before = random_beliefs(model, random);
        step.after = random_beliefs(model, random);
    }
    return steps;
}

// The probability of a joint state, whose index runs over `factors` row-major.
double joint(const ai::Beliefs& q, const ai::FactorList& factors, std::size_t index) {
    double product = 1;
    for (std::size_t k = factors.size(); k-- > 0;) {
        const std::size_t extent = q[factors[k]].size();
        product *= q[factors[k]][index % extent];
        index /= extent;
    }
    return product;
}

// What a step adds to the counts of tensor `number`, entry by entry, from its definition. Entries
// that the model excludes are not learnt.
void add_to_likelihood(const ai::FactoredModel& model,
                       const Experience& step,
                       std::size_t number,
                       ai::Tensor& counts) {
    const std::size_t columns = counts.data.size() / counts.shape.front();
    const ai::Outcome& seen = step.observation[number];
    for (std::size_t i = 0; i < counts.data.size(); ++i) {
        const std::size_t outcome = i / columns;
        const double weight = seen.is_soft() ? seen.soft[outcome] : outcome == seen.index ? 1 : 0;
        if (model.likelihoods[number].data[i] > 0) {
            counts.data[i] +=
                kRate * weight * joint(step.after, model.likelihood_factors[number], i % columns);
        }
    }
}

void add_to_transition(const ai::FactoredModel& model,
                       const Experience& step,
                       std::size_t number,
                       ai::Tensor& counts) {
    const std::size_t actions = counts.shape.back();
    const std::size_t columns = counts.data.size() / counts.shape.front() / actions;
    for (std::size_t i = 0; i < counts.data.size(); ++i) {
        const std::size_t from = i / actions % columns, to = i / actions / columns;
        if (i % actions == step.actions[number] && model.transitions[number].data[i] > 0) {
            counts.data[i] += kRate * step.after[number][to] *
                              joint(step.before, model.transition_factors[number], from);
        }
    }
}

std::uint64_t compare(const std::string& what, const ai::Tensor& found, const ai::Tensor& wanted) {
    for (std::size_t i = 0; i < wanted.data.size(); ++i) {
        if (!(std::abs(found.data[i] - wanted.data[i]) <=
              kCountSlack * std::max(1.0, wanted.data[i]))) {
            throw assay::wrong_result(what + " " + ai::shape_text(ai::unravel(found.shape, i)) +
                                      " is " + ai::number_text(found.data[i]) + ", expected " +
                                      ai::number_text(wanted.data[i]));
        }
    }
    return wanted.data.size();
}

// Columns over their sums.
ai::Tensor expectation(const ai::Tensor& counts) {
    ai::Tensor shares = counts;
    const std::size_t columns = counts.data.size() / counts.shape.front();
    for (std::size_t column = 0; column < columns; ++column) {
        double sum = 0;
        for (std::size_t i = column; i < counts.data.size(); i += columns) {
            sum += counts.data[i];
        }
        for (std::size_t i = column; i < counts.data.size(); i += columns) {
            shares.data[i] /= sum;
        }
    }
    return shares;
}

} // namespace

LearningCase::Learnt LearningCase::learnt_of(const assay::params& params) {
    const std::string name = params.str("tensor");
    if (name != "A" && name != "B") {
        throw assay::config_error("tensor=" + name + ": expected A or B");
    }
    return name == "A" ? Learnt::likelihoods : Learnt::transitions;
}

LearningCase::LearningCase(const assay::params& params)
    : model_(model_of(params))
    , learnt_(learnt_of(params))
    , start_(start_of(params))
    , steps_(random_experience(params, model_))
    , learner_(model_) {
    if (start_.empty()) {
        throw assay::skip("the model has no tensor of this kind to learn");
    }
    counted() = start_;
    ai::expect_from_counts(counts_, model_);
    expected_at_start_ = expected();
}

std::vector<ai::Tensor> LearningCase::start_of(const assay::params& params) const {
    const ai::DirichletCounts& given = params.config<ModelSettings>().counts();
    const auto& counts = learnt_ == Learnt::likelihoods ? given.likelihoods : given.transitions;
    return counts.empty() ? expected() : counts;
}

std::vector<ai::Tensor>& LearningCase::counted() noexcept {
    return learnt_ == Learnt::likelihoods ? counts_.likelihoods : counts_.transitions;
}

const std::vector<ai::Tensor>& LearningCase::expected() const noexcept {
    return learnt_ == Learnt::likelihoods ? model_.likelihoods : model_.transitions;
}

void LearningCase::learn(const Experience& step) {
    if (learnt_ == Learnt::likelihoods) {
        learner_.learn_likelihoods(step.observation, step.after, kRate, counts_, model_);
    } else {
        learner_.learn_transitions(step.actions, step.before, step.after, kRate, counts_, model_);
    }
}

void LearningCase::verify(assay::context& host) {
    std::vector<ai::Tensor> wanted = start_;
    for (const Experience& step : steps_) {
        learn(step);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (learnt_ == Learnt::likelihoods) {
                add_to_likelihood(model_, step, i, wanted[i]);
            } else {
                add_to_transition(model_, step, i, wanted[i]);
            }
        }
    }
    std::uint64_t compared = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string number = "[" + std::to_string(i) + "]";
        compared += compare("count" + number, counted()[i], wanted[i]);
        compared += compare("expectation" + number, expected()[i], expectation(wanted[i]));
    }
    host.metric("values_verified", static_cast<double>(compared));
}

// Every batch starts from the same counts: of those of a whole run the first steps would be lost.
void LearningCase::prepare(assay::batch&) {
    counted() = start_;
    (learnt_ == Learnt::likelihoods ? model_.likelihoods : model_.transitions) = expected_at_start_;
    ran_ = false;
}

void LearningCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        learn(steps_[done % steps_.size()]);
    }
    batch.done(done);
    ran_ = true;
}

void LearningCase::finish(assay::batch& batch) {
    if (!ran_ || batch.done() < batch.iterations()) {
        return;
    }
    ai::ResultDigest digest;
    std::uint64_t entries = 0;
    for (std::size_t i = 0; i < start_.size(); ++i) {
        digest.add(counted()[i].data);
        digest.add(expected()[i].data);
        entries += start_[i].data.size();
    }
    batch.checksum(digest.value());
    batch.items(entries * batch.done());
}

void add_learning(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<LearningCase>("learning", assay::shape::chain);
    family.help("Dirichlet counts after a step of experience and the tensors they expect")
        .tags("active-inference", "learning");
    models.add(family,
               {.names = {"20x20", "5x5", "10x10x5"},
                .help = "states of each factor, as many modalities that see all"});
    family.axis("tensor", {"A", "B"})
        .help("likelihoods, from an observation, or transitions, from an action");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("counts and expectations that verification compared")
        .exact();
}

} // namespace assay::inference
