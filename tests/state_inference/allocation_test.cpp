#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "allocation_count.hpp"

#include <doctest/doctest.h>

using namespace assay::active_inference;

TEST_CASE("inference allocates nothing after its construction, whatever the schedule") {
    const FactoredModel model = random_model({.state_counts = {4, 3, 2},
                                              .action_counts = {1, 1, 1},
                                              .outcome_counts = {3, 3, 2},
                                              .likelihood_factors = {{0, 1, 2}, {0, 1, 2}, {1}}},
                                             1);
    const std::vector<double> soft{0.5, 0.25, 0.25};
    const std::vector<Outcome> observation{
        {.index = 2, .soft = {}}, {.index = 0, .soft = soft}, {.index = 1, .soft = {}}};
    const Beliefs prior = prior_beliefs(model);
    Beliefs q(model.state_counts);
    LogLikelihood tables(model);
    FreeEnergy energy(model);
    for (const Schedule schedule :
         {Schedule::sequential, Schedule::parallel, Schedule::parallel_damped}) {
        for (const LogDialect dialect : {LogDialect::eps, LogDialect::clip}) {
            for (const bool cached : {false, true}) {
                StateInference infer(
                    model, {.schedule = schedule}, {.dialect = dialect, .cached = cached});
                const std::uint64_t before = allocation_count();
                double sum = 0;
                for (int repetition = 0; repetition < 3; ++repetition) {
                    sum += infer(observation, prior, q).free_energy;
                    tables.observe(observation);
                    sum += energy(tables, prior, q);
                }
                CHECK(allocation_count() == before);
                CHECK(sum > 0);
            }
        }
    }
}
