// What state inference did, counted where it is done: compared for equality between runs, reported
// beside the time.
//
// Plain values.
#pragma once

#include <cstdint>

namespace assay::active_inference {

struct InferenceWork {
    std::uint64_t contractions = 0;
    std::uint64_t multiply_adds = 0; // of these contractions
    std::uint64_t logarithms = 0;    // of likelihood entries and prior entries

    friend bool operator==(const InferenceWork&, const InferenceWork&) = default;

    InferenceWork& operator+=(const InferenceWork& more) noexcept {
        contractions += more.contractions;
        multiply_adds += more.multiply_adds;
        logarithms += more.logarithms;
        return *this;
    }
};

} // namespace assay::active_inference
