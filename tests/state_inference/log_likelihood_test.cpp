#include "active_inference/state_inference/joint_likelihood.hpp"
#include "active_inference/state_inference/log_likelihood.hpp"
#include "inference_setting.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

// Two outcomes, two states, a zero.
FactoredModel small_model() {
    FactoredModel model;
    model.state_counts = {2};
    model.outcome_counts = {2};
    model.likelihood_factors = {{0}};
    model.likelihoods = {{{2, 2}, {0.25, 1, 0.75, 0}}};
    return model;
}

std::vector<double>
table_of(LogLikelihoodOptions options, const Outcome& outcome, const FactoredModel& model) {
    LogLikelihood tables(model, options);
    (void)tables.observe(0, outcome);
    return {tables[0].begin(), tables[0].end()};
}

} // namespace

TEST_CASE("an outcome's table is the logarithm of its slice, floored as the dialect says") {
    const FactoredModel model = small_model();
    for (const bool cached : {false, true}) {
        const Outcome second{.index = 1, .soft = {}};
        const auto eps = table_of({.dialect = LogDialect::eps, .cached = cached}, second, model);
        CHECK(eps[0] == std::log(0.75 + 1e-16));
        CHECK(eps[1] == std::log(1e-16));
        const auto clip = table_of({.dialect = LogDialect::clip, .cached = cached}, second, model);
        CHECK(clip[0] == std::log(0.75));
        CHECK(clip[1] == std::log(2.220446049250313e-16));
    }
}

TEST_CASE("a soft outcome is mixed before the logarithm in eps and after it in clip") {
    const FactoredModel model = small_model();
    const std::vector<double> soft{0.5, 0.5};
    const Outcome outcome{.index = 0, .soft = soft};
    for (const bool cached : {false, true}) {
        const auto eps = table_of({.dialect = LogDialect::eps, .cached = cached}, outcome, model);
        CHECK(eps[0] == doctest::Approx(std::log(0.5)).epsilon(1e-14));
        CHECK(eps[1] == doctest::Approx(std::log(0.5)).epsilon(1e-14));
        const auto clip = table_of({.dialect = LogDialect::clip, .cached = cached}, outcome, model);
        CHECK(clip[0] ==
              doctest::Approx(0.5 * std::log(0.25) + 0.5 * std::log(0.75)).epsilon(1e-14));
        CHECK(clip[1] == doctest::Approx(0.5 * std::log(2.220446049250313e-16)).epsilon(1e-14));
    }
}

TEST_CASE("logarithms are counted, and none is taken where ln A is kept") {
    const FactoredModel model = small_model();
    const std::vector<double> soft{0.5, 0.5};
    const auto count = [&](LogLikelihoodOptions options, const Outcome& outcome) {
        LogLikelihood tables(model, options);
        (void)tables.observe(0, outcome);
        return tables.logarithms();
    };
    const Outcome hard{};
    const Outcome mixed{.index = 0, .soft = soft};
    CHECK(count({}, hard) == 2);
    CHECK(count({.dialect = LogDialect::eps, .cached = true}, hard) == 0);
    CHECK(count({.dialect = LogDialect::eps, .cached = true}, mixed) == 2);
    CHECK(count({.dialect = LogDialect::clip, .cached = false}, mixed) == 4);
    CHECK(count({.dialect = LogDialect::clip, .cached = true}, mixed) == 0);
}

TEST_CASE("a group's table is the sum of the tables of its modalities") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        InferenceSetting setting = random_setting(seed);
        const std::size_t outcomes = setting.model.outcome_counts.back();
        const std::vector<double> even(outcomes, 1.0 / static_cast<double>(outcomes));
        if (seed % 3 == 0) {
            setting.observation.back().soft = even;
        }
        const LogLikelihoodOptions options{
            .dialect = seed % 5 == 0 ? LogDialect::clip : LogDialect::eps, .cached = seed % 2 == 0};
        JointLikelihood joint(setting.model, modality_groups(setting.model), options);
        LogLikelihood tables(setting.model, options);
        joint.observe(setting.observation);
        tables.observe(setting.observation);
        for (std::size_t group = 0; group < joint.groups().size(); ++group) {
            for (std::size_t s = 0; s < joint.groups()[group].entries; ++s) {
                double sum = 0;
                for (const std::size_t m : joint.groups()[group].modalities) {
                    sum += tables[m][s];
                }
                CHECK(joint.tables()[group][s] == doctest::Approx(sum).epsilon(1e-13));
            }
        }
    }
}

TEST_CASE("the dense table is the same where no likelihood is near 0, and floors once elsewhere") {
    FactoredModel model = small_model();
    model.likelihoods.push_back(model.likelihoods[0]);
    model.likelihood_factors.push_back({0});
    model.outcome_counts.push_back(2);
    const std::vector<Outcome> second(2, {.index = 1, .soft = {}});
    const std::vector<double> dense = dense_log_likelihood(model, second);
    CHECK(dense[0] == doctest::Approx(2 * std::log(0.75)).epsilon(1e-14));
    CHECK(dense[1] == std::log(1e-16)); // the sum of the modalities is twice that
}
