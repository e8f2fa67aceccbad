// Message passing over time against what pymdp and SPM computed.
#include "active_inference/trajectories/chain_smoothing.hpp"
#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "active_inference/trajectories/variational_message_passing.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace assay::active_inference;
using namespace assay::test;
namespace json = assay::json;

namespace {

using Actions = std::vector<std::size_t>;

// [[2], [1]] -> {2, 1}; null -> {}
Actions rows_of(const json::value& rows) {
    Actions actions;
    if (!rows.is_null()) {
        for (const json::value& row : rows.as_array()) {
            std::ranges::copy(sizes_of(row), std::back_inserter(actions));
        }
    }
    return actions;
}

std::vector<Outcome> outcomes_of(const Actions& indices) {
    std::vector<Outcome> outcomes;
    for (const std::size_t index : indices) {
        outcomes.push_back({.index = index});
    }
    return outcomes;
}

Beliefs prior_of(const FactoredModel& model) {
    Beliefs prior(model.state_counts);
    for (std::size_t f = 0; f < prior.size(); ++f) {
        std::ranges::copy(model.priors.at(f), prior[f].begin());
    }
    return prior;
}

void check_close(std::span<const double> found, std::span<const double> expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t at = 0; at < found.size(); ++at) {
        CAPTURE(at);
        CHECK_MESSAGE(is_close(found[at], expected[at]), found[at] << " for " << expected[at]);
    }
}

// {"cell": [...]}: the entries; indices of SPM count from 1.
std::vector<Tensor> cell_of(const json::value& value) {
    return tensors_of(value.at("cell"));
}

Actions from_one(const json::value& tensor) {
    Actions indices;
    for (const double number : tensor_of(tensor).data) {
        indices.push_back(static_cast<std::size_t>(number) - 1);
    }
    return indices;
}

} // namespace

TEST_CASE("marginal message passing gives the beliefs and free energies of the reference data") {
    const auto file = reference_data("active-inference/mmp.json");
    if (!file) {
        return;
    }
    std::size_t cases = 0;
    for (const json::value& each : file->at("cases").as_array()) {
        const json::value& in = each.at("in");
        const json::value& out = each.at("out");
        CAPTURE(std::string(each.at("id").as_string()));
        const FactoredModel model = model_of(in);
        const std::size_t factors = model.state_counts.size();
        const Actions previous = rows_of(in.at("prev_actions"));
        const Actions policy = rows_of(in.at("policy"));
        const std::vector<Outcome> window = outcomes_of(rows_of(in.at("obs_index")));
        MarginalMessagePassing solver(
            model,
            {.observed = previous.size() / factors + 1, .horizon = policy.size() / factors},
            {.form = in.at("function").as_string() == "run_mmp" ? MessageForm::plain
                                                                : MessageForm::factorised,
             .update = in.at("grad_descent").as_bool() ? MessageUpdate::gradient
                                                       : MessageUpdate::fixed_point,
             .step_size = in.at("tau").as_double(),
             .iterations = in.at("num_iter").to_number<std::size_t>(),
             .last_timestep = in.at("last_timestep").as_bool()});
        Trajectory trajectory = solver.trajectory();
        solver.observe(window);
        solver.set_prior(prior_of(model));
        const TrajectoryResult result = solver.infer({previous, policy}, trajectory);
        const auto& expected = out.at("qs_seq").as_array();
        REQUIRE(trajectory.size() == expected.size());
        for (std::size_t t = 0; t < expected.size(); ++t) {
            const std::vector<Tensor> beliefs = tensors_of(expected[t]);
            for (std::size_t f = 0; f < beliefs.size(); ++f) {
                CAPTURE(t);
                CAPTURE(f);
                check_close(std::as_const(trajectory[t])[f], beliefs[f].data);
            }
        }
        const double free_energy = out.at("F").to_number<double>();
        CHECK_MESSAGE(is_close(result.free_energy, free_energy),
                      result.free_energy << " for " << free_energy);
        ++cases;
    }
    CHECK(cases == 5);
}

namespace {

// A model whose action at transition t is t: the data has one tensor per transition.
FactoredModel model_per_transition(const json::value& in) {
    FactoredModel model;
    model.likelihoods = tensors_of(in.at("A"));
    model.state_counts = sizes_of(in.at("num_states"));
    model.outcome_counts = sizes_of(in.at("num_obs"));
    model.likelihood_factors = lists_of(in.at("A_dependencies"));
    model.transition_factors = lists_of(in.at("B_dependencies"));
    for (const Tensor& prior : tensors_of(in.at("prior"))) {
        model.priors.push_back(prior.data);
    }
    for (const Tensor& each : tensors_of(in.at("B_per_transition"))) {
        Tensor transition{{each.shape.begin() + 1, each.shape.end()}, each.data};
        const std::size_t actions = each.shape[0];
        const std::size_t slice = each.data.size() / actions;
        for (std::size_t at = 0; at < each.data.size(); ++at) {
            transition.data[at % slice * actions + at / slice] = each.data[at];
        }
        transition.shape.push_back(actions);
        model.action_counts.push_back(actions);
        model.transitions.push_back(std::move(transition));
    }
    return model;
}

struct TimeSeries {
    FactoredModel model;
    std::size_t steps;
    Actions actions;
    std::vector<Outcome> window;

    explicit TimeSeries(const json::value& in)
        : model(model_per_transition(in))
        , steps(in.at("T").to_number<std::size_t>()) {
        for (std::size_t t = 0; t < steps; ++t) {
            for (const json::value& modality : in.at("obs_index").as_array()) {
                window.push_back({.index = sizes_of(modality)[t]});
            }
        }
        for (std::size_t t = 0; t + 1 < steps; ++t) {
            actions.insert(actions.end(), model.state_counts.size(), t);
        }
    }
};

std::size_t check_rule(const TimeSeries& series, const json::value& results, ParallelRule rule) {
    for (const json::value& each : results.as_array()) {
        const VariationalMessageOptions options{.rule = rule,
                                                .step_size = each.at("tau").to_number<double>(),
                                                .iterations =
                                                    each.at("num_iter").to_number<std::size_t>()};
        CAPTURE(options.iterations);
        CAPTURE(options.step_size);
        VariationalMessagePassing solver(series.model, {.observed = series.steps}, options);
        Trajectory trajectory = solver.trajectory();
        solver.observe(series.window);
        solver.set_prior(prior_of(series.model));
        solver.infer({.previous = series.actions}, trajectory);
        const std::vector<Tensor> expected = tensors_of(each.at("qs"));
        for (std::size_t f = 0; f < expected.size(); ++f) {
            const std::size_t states = series.model.state_counts[f];
            for (std::size_t t = 0; t < series.steps; ++t) {
                CAPTURE(t);
                CAPTURE(f);
                check_close(std::as_const(trajectory[t])[f],
                            std::span(expected[f].data).subspan(t * states, states));
            }
        }
    }
    return results.as_array().size();
}

} // namespace

TEST_CASE("variational and marginal rounds give the beliefs of the reference data") {
    const auto file = reference_data("active-inference/vmp.json");
    if (!file) {
        return;
    }
    std::size_t results = 0;
    std::size_t exact = 0;
    for (const json::value& each : file->at("cases").as_array()) {
        CAPTURE(std::string(each.at("id").as_string()));
        const TimeSeries series(each.at("in"));
        const json::value& out = each.at("out");
        results += check_rule(series, out.at("results").at("vmp"), ParallelRule::vmp);
        results += check_rule(series, out.at("results").at("mmp"), ParallelRule::mmp);
        if (!out.as_object().contains("exact_smoothed")) {
            continue;
        }
        ChainSmoothing smoothing(series.model, {.observed = series.steps});
        Trajectory trajectory(series.steps, Beliefs(series.model.state_counts));
        smoothing.observe(series.window);
        const double log_evidence =
            smoothing.infer(prior_of(series.model), {.previous = series.actions}, trajectory);
        CHECK(is_close(log_evidence, out.at("log_evidence").to_number<double>()));
        for (std::size_t t = 0; t < series.steps; ++t) {
            CAPTURE(t);
            check_close(trajectory[t].values(), numbers_of(out.at("exact_smoothed").at(t)));
        }
        ++exact;
    }
    CHECK(results == 24);
    CHECK(exact == 1);
}

namespace {

// Both files of SPM: plain, 5 iterations of the gradient; the last belief is compared.
void check_spm(FactoredModel model,
               const json::value& in,
               const Beliefs& prior,
               const Actions& previous,
               std::span<const std::size_t> observations) {
    MarginalMessagePassing solver(
        model,
        {.observed = observations.size() / model.outcome_counts.size(), .horizon = 1},
        {.form = MessageForm::plain, .iterations = 5});
    Trajectory trajectory = solver.trajectory();
    const Actions policy = from_one(in.at("policy"));
    const std::vector<Outcome> window = outcomes_of({observations.begin(), observations.end()});
    solver.observe(window);
    solver.set_prior(prior);
    solver.infer({previous, policy}, trajectory);
    const std::vector<Tensor> expected = cell_of(in.at("qs"));
    for (std::size_t f = 0; f < expected.size(); ++f) {
        check_close(std::as_const(trajectory.back())[f], expected[f].data);
    }
}

FactoredModel spm_model(const json::value& in) {
    FactoredModel model;
    model.likelihoods = cell_of(in.at("A"));
    model.transitions = cell_of(in.at("B"));
    FactorList all;
    for (std::size_t f = 0; f < model.transitions.size(); ++f) {
        model.state_counts.push_back(model.transitions[f].shape.front());
        model.action_counts.push_back(model.transitions[f].shape.back());
        model.transition_factors.push_back({f});
        all.push_back(f);
    }
    for (const Tensor& likelihood : model.likelihoods) {
        model.outcome_counts.push_back(likelihood.shape.front());
        model.likelihood_factors.push_back(all);
    }
    return model;
}

} // namespace

TEST_CASE("plain marginal message passing gives the last beliefs of SPM") {
    const auto file = reference_data("active-inference/spm.json");
    if (!file) {
        return;
    }
    const json::value& a = file->at("files").at("mmp_a");
    const FactoredModel chain = spm_model(a);
    const auto t = static_cast<std::size_t>(tensor_of(a.at("t")).data[0]) - 1;
    const auto horizon = static_cast<std::size_t>(tensor_of(a.at("t_horizon")).data[0]);
    const std::size_t first = t > horizon ? t - horizon : 0;
    REQUIRE(first >= 1);
    const Actions seen = from_one(a.at("obs_idx"));
    const Actions taken = from_one(a.at("previous_actions"));
    // The window begins after the first remaining action, which acts on a uniform belief.
    TransitionMessages messages(chain, TransitionTable::probability, 0);
    TrajectoryWork work;
    const Beliefs uniform(chain.state_counts);
    Beliefs prior = uniform;
    messages.forward(0, taken[first - 1], uniform, prior[0], work);
    check_spm(chain,
              a,
              prior,
              {taken.begin() + static_cast<std::ptrdiff_t>(first), taken.end()},
              std::span(seen).subspan(first, t + 1 - first));

    const json::value& c = file->at("files").at("mmp_c");
    const FactoredModel factored = spm_model(c);
    check_spm(factored, c, Beliefs(factored.state_counts), {}, from_one(c.at("obs_idx")));
}
