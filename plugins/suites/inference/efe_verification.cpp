#include "efe_verification.hpp"

#include "active_inference/number_text.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"

#include <assay/errors.hpp>

#include <cmath>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

std::size_t check_values(const ai::FactoredModel& model,
                         const ai::PolicySpace& policies,
                         const ai::Beliefs& q,
                         std::span<const double> values,
                         const PolicySample& sample) {
    const std::size_t stride = (values.size() + sample.most - 1) / sample.most;
    std::size_t compared = 0;
    for (std::size_t policy = stride * sample.turn / sample.turns; policy < values.size();
         policy += stride) {
        const double expected = ai::plain_expected_free_energy(model, policies, policy, q);
        if (!(std::abs(values[policy] - expected) <= 1e-9 + 1e-9 * std::abs(expected))) {
            throw assay::wrong_result("G of policy " + std::to_string(policy) + " is " +
                                      ai::number_text(values[policy]) + ", by the formula " +
                                      ai::number_text(expected));
        }
        ++compared;
    }
    return compared;
}

} // namespace assay::inference
