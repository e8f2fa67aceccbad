// What a table of log-likelihoods says about each of its factors, given beliefs about the others:
//   field_k(s_k) = E_{q without q_k}[table]
// Factors share contractions: the table is first contracted over the upper half of the factors for
// the lower half, then over the lower half for the upper, and so on down. Any number of factors
// costs two passes over the table instead of one each, and because the lower half is updated
// before the upper half is asked for, a sequential sweep sees every update.
//
//   MeanField field(group);
//   for (std::size_t k = 0; k < field.size(); ++k) {   // in this order, all of them, every sweep
//       const double* message = field(k, table, q, work);
//   }
//
// One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/contraction.hpp"
#include "active_inference/state_inference/inference_work.hpp"
#include "active_inference/state_inference/modality_groups.hpp"

#include <cstddef>
#include <vector>

namespace assay::active_inference {

class MeanField {
public:
    explicit MeanField(const ModalityGroup& group);

    [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }

    // Members are the factors of the group in ascending order.
    [[nodiscard]] std::size_t factor(std::size_t member) const noexcept {
        return members_[member].factor;
    }

    // The field of a member, valid until that of the next one is asked for. Members in ascending
    // order; q of a member may change after its field was used and before the next is asked for.
    [[nodiscard]] const double* operator()(std::size_t member,
                                           const double* table,
                                           const Beliefs& q,
                                           InferenceWork& work) noexcept;

    // That of the last member, as it was asked for last.
    [[nodiscard]] const double* last_field(const double* table) const noexcept {
        const std::size_t node = members_.back().node;
        return node == kTable ? table : nodes_[node].result.data();
    }

    // E_q[table].
    [[nodiscard]] double
    expectation(const double* table, const Beliefs& q, InferenceWork& work) noexcept;

private:
    static constexpr std::size_t kTable = static_cast<std::size_t>(-1);

    // A contraction of the table or of another node's result.
    struct Node {
        std::size_t source = kTable;
        Contraction contraction;
        FactorList source_factors;          // of the source's axes
        std::vector<const double*> vectors; // beliefs about them, at the time of the call
        std::vector<double> result;
    };

    struct Member {
        std::size_t factor = 0;
        std::size_t node = kTable;          // whose result is the field
        std::vector<std::size_t> evaluates; // nodes to compute first, in this order
    };

    void split(std::size_t begin, std::size_t end, std::size_t source, const ModalityGroup& over);
    [[nodiscard]] std::size_t
    add_node(std::size_t begin, std::size_t end, std::size_t source, const ModalityGroup& over);
    void evaluate(Node& node, const double* table, const Beliefs& q, InferenceWork& work) noexcept;

    std::vector<Member> members_;
    std::vector<Node> nodes_;
    Node all_; // to a single number
    std::vector<double> workspace_;
};

} // namespace assay::active_inference
