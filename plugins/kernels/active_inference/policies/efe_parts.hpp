// The parts of the negative expected free energy of a policy: larger is better.
//
//   parts.value();      // G
//
// Plain values.
#pragma once

namespace assay::active_inference {

struct EfeParts {
    double utility = 0;         // expected log preference of the outcomes
    double state_gain = 0;      // what the outcomes would tell about the states
    double likelihood_gain = 0; // ... about the parameters of A
    double transition_gain = 0; // what the states would tell about the parameters of B

    [[nodiscard]] double value() const noexcept {
        return ((utility + state_gain) + likelihood_gain) + transition_gain;
    }

    friend EfeParts operator+(const EfeParts& a, const EfeParts& b) noexcept {
        return {a.utility + b.utility,
                a.state_gain + b.state_gain,
                a.likelihood_gain + b.likelihood_gain,
                a.transition_gain + b.transition_gain};
    }

    friend bool operator==(const EfeParts&, const EfeParts&) = default;
};

} // namespace assay::active_inference
