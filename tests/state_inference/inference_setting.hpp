// Random models, observations and priors to state properties about, from a seed.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"
#include "random_source/random_source.hpp"

#include <cstdint>
#include <vector>

namespace assay::test {

struct InferenceSetting {
    active_inference::FactoredModel model;
    std::vector<active_inference::Outcome> observation;
    active_inference::Beliefs prior;
};

// One to three factors of one to five states, up to four modalities that see some of them, entries
// flat, sharp (to the power of 4 or 12) or with many zeros by turns of the seed.
InferenceSetting random_setting(std::uint64_t seed);

active_inference::Beliefs random_prior(const active_inference::FactoredModel& model,
                                       RandomSource& random);

double largest_difference(const active_inference::Beliefs& left,
                          const active_inference::Beliefs& right);

} // namespace assay::test
