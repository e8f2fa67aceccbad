// The likelihood of a step's observation as one table over all factors: the modalities multiplied
// (`plain` message passing) or, for the energy of the factorised form, added.
//
//   StepLikelihoods joint(model, 5, JointRule::product, false);
//   joint.set(t, slices, work);             // A_m[o_t, ...] of every modality
//   joint.table(t)                    // over the factors in order
//
// Allocates in its constructor only. One thread at a time.
#pragma once

#include "active_inference/contraction.hpp"
#include "active_inference/model.hpp"
#include "active_inference/trajectories/trajectory.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

enum class JointRule { product, sum };

// Refused above this size: the tables grow with the product of the states.
inline constexpr std::size_t kJointTableBytesMax = std::size_t{256} << 20U;

// Tables, their logarithms and the places of their entries; nothing if that cannot be counted.
[[nodiscard]] std::optional<std::size_t> joint_table_bytes(const FactoredModel& model,
                                                           std::size_t steps);

class StepLikelihoods {
public:
    // Throws std::length_error with the bytes where those pass kJointTableBytesMax.
    // `with_logs`: expected_log() is wanted.
    StepLikelihoods(const FactoredModel& model, std::size_t steps, JointRule rule, bool with_logs);

    // A slice per modality, over its own factors.
    void
    set(std::size_t step, std::span<const double* const> slices, TrajectoryWork& work) noexcept;

    [[nodiscard]] const double* table(std::size_t step) const noexcept {
        return tables_.data() + step * states_;
    }

    // E_q[ln(table + 1e-16)]
    [[nodiscard]] double
    expected_log(std::size_t step, const Beliefs& q, TrajectoryWork& work) noexcept;

private:
    JointRule rule_;
    std::size_t states_ = 1;
    std::vector<std::vector<std::size_t>> places_; // [m][joint state] -> entry of the slice
    std::vector<double> tables_;
    std::vector<double> logs_; // empty unless wanted
    Contraction everything_;
    std::vector<const double*> vectors_;
    std::vector<double> space_;
};

} // namespace assay::active_inference
