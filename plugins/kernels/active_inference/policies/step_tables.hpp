// What the evaluation of policies keeps of one model: B laid out by action, the logarithms of its
// preferences, sum_o A ln A of every state. It lives where it is used (step_terms.hpp), or with the
// model, so that many models take turns on one workspace and none has its tables computed again.
//
//   StepTables tables = efe.new_tables();                 // filled at their first use
//   const FactoredModel* before = efe.exchange(&model, tables);
//   efe.evaluate(q);
//   efe.exchange(before, tables);                         // the model has its tables again
//
// Plain values.
#pragma once

#include "active_inference/policies/kept_table.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::active_inference {

struct OutcomeTables {
    std::vector<double> log_preferences; // [step][outcome]
    KeptTable ambiguity;
};

struct StepTables {
    std::uint64_t version = 0;                    // of the model that they were laid out from
    bool stale = true;                            // they were not
    std::vector<std::vector<double>> transitions; // by factor, [action][s', s_parents...]
    std::vector<OutcomeTables> outcomes;          // by modality

    // All they hold, this object not included.
    [[nodiscard]] std::size_t heap_bytes() const noexcept {
        std::size_t bytes = transitions.capacity() * sizeof(std::vector<double>) +
                            outcomes.capacity() * sizeof(OutcomeTables);
        for (const std::vector<double>& slices : transitions) {
            bytes += slices.capacity() * sizeof(double);
        }
        for (const OutcomeTables& modality : outcomes) {
            bytes += modality.log_preferences.capacity() * sizeof(double) +
                     modality.ambiguity.heap_bytes();
        }
        return bytes;
    }
};

} // namespace assay::active_inference
