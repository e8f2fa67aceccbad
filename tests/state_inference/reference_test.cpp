// Against what pymdp (NumPy) computes: fpi.json, all cases, all fields.
#include "active_inference/state_inference/exact_posterior.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "inference_setting.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace assay;
using namespace assay::active_inference;
using namespace assay::test;

namespace {

struct ReferenceCase {
    std::string id;
    FactoredModel model;
    std::vector<std::vector<double>> soft;
    std::vector<Outcome> observation;
    const json::value* out = nullptr;
};

ReferenceCase case_of(const json::value& document) {
    const json::value& in = document.at("in");
    ReferenceCase one{
        std::string(document.at("id").as_string()), model_of(in), {}, {}, &document.at("out")};
    const json::value& indices = in.at("obs_index");
    for (const Tensor& distribution : tensors_of(in.at("obs"))) {
        one.soft.push_back(distribution.data);
    }
    for (std::size_t m = 0; m < one.soft.size(); ++m) {
        if (indices.is_null()) {
            one.observation.push_back({.index = 0, .soft = one.soft[m]});
        } else {
            one.observation.push_back({.index = sizes_of(indices)[m], .soft = {}});
        }
    }
    return one;
}

template <class Check>
void each_case(const Check& check) {
    const auto file = reference_data("active-inference/fpi.json");
    if (!file) {
        return;
    }
    const auto& cases = file->at("cases").as_array();
    REQUIRE(cases.size() == 9);
    for (const json::value& one : cases) {
        const ReferenceCase reference = case_of(one);
        CAPTURE(reference.id);
        check(reference);
    }
}

void check_beliefs(const Beliefs& found, const json::value& expected) {
    const std::vector<Tensor> tensors = tensors_of(expected);
    REQUIRE(tensors.size() == found.size());
    for (std::size_t factor = 0; factor < found.size(); ++factor) {
        REQUIRE(tensors[factor].data.size() == found[factor].size());
        for (std::size_t s = 0; s < found[factor].size(); ++s) {
            CHECK(is_close(found[factor][s], tensors[factor].data[s]));
        }
    }
}

Beliefs dense_posterior(const ReferenceCase& one, const FixedPointOptions& options) {
    const std::vector<double> table = dense_log_likelihood(one.model, one.observation);
    const std::vector<ModalityGroup> groups{dense_group(one.model)};
    FixedPointIteration solve(one.model.state_counts, groups, options);
    const double* const tables[] = {table.data()};
    Beliefs q(one.model.state_counts);
    CHECK(solve(tables, prior_beliefs(one.model), q).sweeps > 0);
    return q;
}

void check_sweeps(const ReferenceCase& one, const json::value& expected, bool cached) {
    const auto sweeps = expected.at("num_iter").to_number<std::size_t>();
    CAPTURE(sweeps);
    const FixedPointOptions options{
        .schedule = Schedule::parallel, .max_sweeps = sweeps, .tolerance = 0};
    StateInference infer(one.model, options, {.dialect = LogDialect::eps, .cached = cached});
    Beliefs q(one.model.state_counts);
    const Beliefs prior = prior_beliefs(one.model);
    const FixedPointResult found = infer(one.observation, prior, q);
    CHECK(found.sweeps == sweeps);
    check_beliefs(q, expected.at("qs"));
    CHECK(is_close(found.free_energy, expected.at("vfe").to_number<double>()));
    LogLikelihood tables(one.model);
    tables.observe(one.observation);
    CHECK(is_close(FreeEnergy(one.model)(tables, prior, q), found.free_energy));
    // Only where every modality sees all factors does the reference have a dense form.
    if (const auto* dense = expected.as_object().if_contains("max_abs_diff_dense_vs_factorized")) {
        const double difference = largest_difference(q, dense_posterior(one, options));
        CHECK(is_close(difference, dense->to_number<double>()));
    }
}

} // namespace

TEST_CASE("the parallel schedule gives the reference's beliefs and free energy after each sweep") {
    each_case([](const ReferenceCase& one) {
        for (const json::value& expected : one.out->at("sweeps").as_array()) {
            check_sweeps(one, expected, false);
            check_sweeps(one, expected, true);
        }
    });
}

TEST_CASE("the stopping rule of the reference gives the reference's posterior") {
    each_case([](const ReferenceCase& one) {
        const json::value& expected = one.out->at("default");
        const FixedPointOptions options{.schedule = Schedule::parallel,
                                        .max_sweeps =
                                            expected.at("num_iter").to_number<std::size_t>(),
                                        .tolerance = expected.at("dF_tol").to_number<double>()};
        StateInference infer(one.model, options);
        Beliefs q(one.model.state_counts);
        const auto found = infer(one.observation, prior_beliefs(one.model), q);
        check_beliefs(q, expected.at("qs"));
        CHECK(is_close(found.free_energy, expected.at("vfe").to_number<double>()));
    });
}

TEST_CASE("enumeration gives the reference's exact marginals and evidence") {
    std::size_t checked = 0;
    each_case([&](const ReferenceCase& one) {
        const auto* const expected = one.out->as_object().if_contains("exact");
        if (expected == nullptr) {
            return; // the deterministic model has none
        }
        ++checked;
        LogLikelihood tables(one.model);
        tables.observe(one.observation);
        const auto exact = exact_posterior(one.model, tables, prior_beliefs(one.model));
        REQUIRE(exact.has_value());
        check_beliefs(exact->marginals, expected->at("marginals"));
        CHECK(is_close(exact->log_evidence, expected->at("log_evidence").to_number<double>()));
    });
    CHECK((checked == 8 || checked == 0));
}
