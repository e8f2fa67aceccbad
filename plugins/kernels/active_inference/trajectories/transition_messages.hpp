// What a belief at one time step says about the next one and the one before, through B. Everything
// strided is done once: tables are laid out [action][s'][parents...], and the reversed tables of
// factors with one parent are normalised in advance.
//
//   TransitionMessages messages(model, TransitionTable::probability, kLogFloor);
//   messages.forward(f, u, before, out, work);                // B_f[..., u] q_parents
//   for (const TransitionArc& arc : messages.arcs(f)) {       // children of f, f itself among them
//       messages.reversed(arc, u, after[arc.child], after, out, work);
//   }
//
// Allocates in its constructor only. One thread at a time: the workspace is its own.
#pragma once

#include "active_inference/contraction.hpp"
#include "active_inference/model.hpp"
#include "active_inference/trajectories/trajectory.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

// What the tables hold: B, or ln max(B, DBL_EPSILON).
enum class TransitionTable { probability, log_clip };

// B_child depends on `parent`, which is number `position` in the child's list.
struct TransitionArc {
    std::size_t child = 0;
    std::size_t parent = 0;
    std::size_t position = 0;
    Contraction average;          // over the co-parents: [child states, parent states]
    Contraction gather;           // over all axes but the parent's
    Contraction collect;          // of [child states, parent states] over the child's states
    std::vector<double> reversed; // [u][s'][s], every row s' a distribution; of one parent only
};

class TransitionMessages {
public:
    // `floor` is added to the entries of a row before it is normalised. Copies what it needs.
    TransitionMessages(const FactoredModel& model, TransitionTable table, double floor);

    // out[s'] = sum over parents of table[s', parents, action] * prod before[parent]
    void forward(std::size_t factor,
                 std::size_t action,
                 const Beliefs& before,
                 std::span<double> out,
                 TrajectoryWork& work) noexcept;

    [[nodiscard]] std::span<const TransitionArc> arcs(std::size_t parent) const noexcept {
        return arcs_[parent];
    }

    // out[s] = sum over s' of child[s'] * R[s', s], R the table averaged over the beliefs of the
    // co-parents with each row s' divided by its sum. A row of zeros says nothing.
    void reversed(const TransitionArc& arc,
                  std::size_t action,
                  std::span<const double> child,
                  const Beliefs& co_parents,
                  std::span<double> out,
                  TrajectoryWork& work) noexcept;

    // The same without dividing: every axis but the parent's contracted.
    void gathered(const TransitionArc& arc,
                  std::size_t action,
                  std::span<const double> child,
                  const Beliefs& co_parents,
                  std::span<double> out,
                  TrajectoryWork& work) noexcept;

private:
    struct Factor {
        FactorList parents;
        std::size_t states = 0;
        std::size_t slice = 0;     // entries of one action
        std::vector<double> table; // [u][s'][parents...]
        Contraction predict;
    };

    void add_arc(std::size_t child, std::size_t position);
    void point_at(const Factor& factor, const Beliefs& parents) noexcept;

    std::vector<Factor> factors_;
    std::vector<std::vector<TransitionArc>> arcs_; // by parent
    double floor_;
    std::vector<const double*> vectors_;
    std::vector<double> space_;
    std::vector<double> averaged_;
    std::vector<double> row_weights_;
};

} // namespace assay::active_inference
