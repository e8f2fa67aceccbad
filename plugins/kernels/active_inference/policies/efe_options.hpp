// What the expected free energy of policies consists of, and whether repeats are avoided.
//
//   EfeOptions options{.horizon = 3, .cache = false};
//
// Plain values.
#pragma once

#include <cstddef>
#include <optional>

namespace assay::active_inference {

// The expected information about states: none; of each modality on its own, summed; of all
// modalities together, over the product of their outcomes. The last two are different numbers.
enum class StateGain { none, factorised, joint };

struct EfeOptions {
    std::size_t horizon = 1;
    bool utility = true;
    StateGain state_gain = StateGain::factorised;
    bool likelihood_gain = false; // needs counts of the likelihoods
    bool transition_gain = false; // needs counts of the transitions
    // On: tables that depend on the model alone are kept, and policies that begin alike share the
    // beginning. Off: everything for each policy and step. Equal bit for bit.
    bool cache = true;
    // Share the beginnings or not, whatever `cache` says about the tables.
    std::optional<bool> share_beginnings = {};
};

} // namespace assay::active_inference
