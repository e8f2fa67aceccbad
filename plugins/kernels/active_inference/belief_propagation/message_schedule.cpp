#include "active_inference/belief_propagation/message_schedule.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace assay::active_inference {

namespace {

// Of residual. One step over a binary variable takes 35 ns, finding the largest of thousands as
// much again: so the heap holds blocks of variables with neighbouring numbers, and the block with
// the largest change is swept, over all variables whose change is a good part of that. Blocks of
// 16, 32 and 256 are slower on grids, a share of 1/2 leaves too little to sweep, of 1/100 too much.
constexpr std::size_t kBlock = 64;
constexpr double kShare = 0.125;

std::size_t block_count(const MessageLayout& layout) noexcept {
    return (layout.variable_count() + kBlock - 1) / kBlock;
}

} // namespace

template <typename Arithmetic>
ScheduledPassing<Arithmetic>::ScheduledPassing(const FactorGraph& graph,
                                               const PropagationOptions& options)
    : options_(options)
    , layout_(graph, options.domain)
    , passing_(layout_, options.damping)
    , order_(options.schedule == MessageOrder::forward_backward ? two_pass_order(layout_)
                                                                : std::nullopt)
    , blocks_(block_count(layout_))
    , waiting_(options.schedule == MessageOrder::residual ? layout_.variable_count() : 0)
    , marginals_(layout_.local.size()) {
    sweep_work_.messages = 2 * layout_.edges.size();
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        sweep_work_.multiply_adds += layout_.visit_multiply_adds[i];
        sweep_work_.logarithms += layout_.visit_logarithms[i];
    }
}

template <typename Arithmetic>
PropagationOutcome ScheduledPassing<Arithmetic>::run(const CancelCheck& cancelled) {
    outcome_ = {};
    passing_.reset();
    std::fill(marginals_.begin(), marginals_.end(), 0.0);
    if (pass(cancelled)) {
        read_beliefs(options_.schedule == MessageOrder::forward_backward);
    }
    return outcome_;
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::pass(const CancelCheck& cancelled) {
    switch (options_.schedule) {
    case MessageOrder::flooding:
    case MessageOrder::sequential:
        return sweep_until_quiet(cancelled);
    case MessageOrder::forward_backward:
        return two_passes(cancelled);
    case MessageOrder::residual:
        return by_residual(cancelled);
    }
    return false;
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::sweep_until_quiet(const CancelCheck& cancelled) {
    const bool flooding = options_.schedule == MessageOrder::flooding;
    while (outcome_.sweeps < options_.sweeps_max) {
        if (stopped(cancelled)) {
            return false;
        }
        outcome_.largest_change = 0;
        if (!(flooding ? flood() : sweep())) {
            return contradicted();
        }
        count_sweep();
        if (outcome_.largest_change < options_.tolerance) {
            outcome_.ending = Ending::converged;
            break;
        }
    }
    return true;
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::sweep() {
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        if (!passing_.update(i)) {
            return false;
        }
        note_changes();
    }
    return true;
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::flood() {
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        passing_.receive(i);
    }
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        if (!passing_.send(i)) {
            return false;
        }
        note_changes();
    }
    return true;
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::two_passes(const CancelCheck& cancelled) {
    const std::vector<std::uint32_t>& order = order_->variables;
    if (stopped(cancelled)) {
        return false;
    }
    for (std::size_t next = order.size(); next-- > 0;) {
        const std::uint32_t variable = order[next];
        const std::uint32_t parent = order_->parent_edge[variable];
        for (std::uint32_t e = layout_.first_edge[variable]; e < layout_.first_edge[variable + 1];
             ++e) {
            if (e != parent) {
                passing_.receive_edge(variable, e);
            }
        }
        if (parent != kNoEdge && !passing_.send_edge(variable, parent)) {
            return contradicted();
        }
    }
    if (stopped(cancelled)) {
        return false;
    }
    for (const std::uint32_t variable : order) {
        const std::uint32_t parent = order_->parent_edge[variable];
        if (parent != kNoEdge) {
            passing_.receive_edge(variable, parent);
        }
        if (!passing_.send(variable, parent)) {
            return contradicted();
        }
    }
    count_sweep();
    outcome_.ending = Ending::converged;
    return true;
}

// While all parts of a graph change alike, the best order is the order of the numbers, without the
// third of a step that following the changes costs. True with the run not yet converged: less than
// half of the variables still change by a good part of the largest, or the third sweep from here
// would, at this pace, change nothing any more: the last ones are those that most can be saved of.
template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::sweep_while_even(const CancelCheck& cancelled) {
    double before = 1; // no probability changes by more
    double floor = kShare;
    while (outcome_.sweeps < options_.sweeps_max) {
        if (stopped(cancelled)) {
            return false;
        }
        const std::optional<SweptChanges> swept = sweep_above(floor);
        if (!swept) {
            return contradicted();
        }
        count_sweep();
        outcome_.largest_change = swept->largest;
        if (swept->largest < options_.tolerance) {
            outcome_.ending = Ending::converged;
            break;
        }
        const double pace = std::min(swept->largest / before, 1.0);
        const bool uneven = outcome_.sweeps > 1 && 2 * swept->variables < layout_.variable_count();
        if (uneven || swept->largest * pace * pace * pace < options_.tolerance) {
            break;
        }
        before = swept->largest;
        floor = kShare * pace * swept->largest;
    }
    return true;
}

template <typename Arithmetic>
std::optional<typename ScheduledPassing<Arithmetic>::SweptChanges>
ScheduledPassing<Arithmetic>::sweep_above(double floor) {
    SweptChanges swept;
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        if (!passing_.update(i)) {
            return std::nullopt;
        }
        double change = 0;
        for (const double of_message : passing_.changes()) {
            change = std::max(change, of_message);
        }
        swept.variables += static_cast<std::size_t>(change >= floor);
        swept.largest = std::max(swept.largest, change);
    }
    return swept;
}

// One more sweep in order of the numbers, which notes what waits for whom.
template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::seed_residuals() {
    std::fill(waiting_.begin(), waiting_.end(), 0.0);
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        waiting_[i] = 0;
        if (!passing_.update(i)) {
            return false;
        }
        std::size_t edge = layout_.first_edge[i];
        for (const double change : passing_.changes()) {
            layout_.for_each_neighbour(edge++, [&](std::uint32_t n) { waiting_[n] += change; });
        }
    }
    const std::span<double> keys = blocks_.keys();
    std::fill(keys.begin(), keys.end(), 0.0);
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        keys[i / kBlock] = std::max(keys[i / kBlock], waiting_[i]);
    }
    blocks_.rebuild();
    count_sweep();
    return true;
}

// What waits is the sum of what the messages to a variable changed since it received them: what it
// knows differs from what they are by no more, also after many small changes.
template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::by_residual(const CancelCheck& cancelled) {
    if (!sweep_while_even(cancelled)) {
        return false;
    }
    if (outcome_.ending == Ending::converged || outcome_.sweeps == options_.sweeps_max) {
        return true;
    }
    if (stopped(cancelled)) {
        return false;
    }
    if (!seed_residuals()) {
        return contradicted();
    }
    while (blocks_.largest() >= options_.tolerance) {
        if (outcome_.work.messages >= outcome_.sweeps * sweep_work_.messages) {
            if (outcome_.sweeps == options_.sweeps_max) {
                outcome_.largest_change = blocks_.largest();
                return true;
            }
            if (stopped(cancelled)) {
                return false;
            }
            ++outcome_.sweeps;
        }
        const double floor = std::max(kShare * blocks_.largest(), options_.tolerance);
        if (!sweep_block(blocks_.take_largest(), floor)) {
            return contradicted();
        }
    }
    outcome_.largest_change = blocks_.largest();
    outcome_.ending = Ending::converged;
    return true;
}

// All variables of a block for which at least `floor` waits. They are chosen beforehand, without a
// branch: whether one is swept is a coin toss, and a wrong guess costs as much as half a step.
template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::sweep_block(std::size_t block, double floor) {
    const std::size_t begin = block * kBlock;
    const std::size_t end = std::min(begin + kBlock, waiting_.size());
    std::array<std::size_t, kBlock> chosen; // NOLINT(*-member-init): written before it is read
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        chosen[count] = i;
        count += static_cast<std::size_t>(waiting_[i] >= floor);
    }
    PropagationWork work;
    for (const std::size_t i : std::span(chosen).first(count)) {
        waiting_[i] = 0;
        if (!passing_.update(i)) {
            return false;
        }
        std::size_t edge = layout_.first_edge[i];
        for (const double change : passing_.changes()) {
            layout_.for_each_neighbour(edge++, [&](std::uint32_t n) {
                const double waits = waiting_[n] += change;
                if (n < begin || n >= end) {
                    blocks_.raise(n / kBlock, waits);
                }
            });
        }
        work.messages += 2 * layout_.degree(i);
        work.multiply_adds += layout_.visit_multiply_adds[i];
        work.logarithms += layout_.visit_logarithms[i];
    }
    double left = 0; // the largest change that still waits in this block
    for (std::size_t i = begin; i < end; ++i) {
        left = std::max(left, waiting_[i]);
    }
    blocks_.raise(block, left);
    outcome_.work.messages += work.messages;
    outcome_.work.multiply_adds += work.multiply_adds;
    outcome_.work.logarithms += work.logarithms;
    return true;
}

// Bethe from messages: sum of ln Z_i over variables minus (k - 1) ln Z_a over factors of k
// variables, where Z is the sum before normalising. At a fixed point this equals the formula over
// beliefs, and it is stationary there: its error is of second order in the messages' own. It takes
// one logarithm per variable and factor instead of one per table entry.
template <typename Arithmetic>
void ScheduledPassing<Arithmetic>::read_beliefs(bool received_already) {
    double log_partition = static_cast<double>(layout_.exponent) * std::numbers::ln2;
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        if (!received_already) {
            passing_.receive(i);
        }
        const std::span<double> marginals = marginals_;
        const auto log_sum =
            passing_.belief(i, marginals.subspan(layout_.first_local[i], layout_.extent[i]));
        if (!log_sum) {
            static_cast<void>(contradicted());
            return;
        }
        log_partition += *log_sum;
        ++outcome_.work.logarithms;
        for (std::size_t e = layout_.first_edge[i]; e < layout_.first_edge[i + 1]; ++e) {
            const FactorPlace& factor = layout_.factors[layout_.edge_factor[e]];
            if (factor.last_edge != e) {
                continue;
            }
            const auto factor_log_sum = passing_.edge_log_sum(i, e);
            if (!factor_log_sum) {
                static_cast<void>(contradicted());
                return;
            }
            log_partition -= (factor.arity - 1) * *factor_log_sum;
            ++outcome_.work.logarithms;
        }
    }
    outcome_.log_partition = log_partition;
}

template <typename Arithmetic>
std::span<const double>
ScheduledPassing<Arithmetic>::marginal(std::size_t variable) const noexcept {
    return std::span<const double>(marginals_)
        .subspan(layout_.first_local[variable], layout_.extent[variable]);
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::factor_marginal(std::size_t index,
                                                   std::span<double> out) const noexcept {
    if (!outcome_.log_partition) {
        return false;
    }
    const FactorPlace& factor = layout_.factors[index];
    const std::span<const double> sent = passing_.sent();
    if (factor.arity == 1) {
        const std::span<const double> belief = marginal(factor.last_variable);
        std::copy(belief.begin(), belief.end(), out.begin());
        return true;
    }
    const Edge& edge = layout_.edges[factor.last_edge];
    if (factor.arity == 2) {
        const std::size_t inner = layout_.extent[factor.last_variable];
        const double* const own = &sent[layout_.message(factor.last_variable, factor.last_edge)];
        for (std::size_t entry = 0; entry < factor.entries; ++entry) {
            out[entry] = Arithmetic::product(
                layout_.tables[edge.table + entry],
                Arithmetic::product(sent[edge.source + entry / inner], own[entry % inner]));
        }
    } else {
        const WideFactor& wide = layout_.wide[edge.source];
        std::copy_n(&layout_.tables[wide.table], wide.entries, out.begin());
        std::size_t inner = wide.entries;
        for (std::size_t k = 0; k < wide.axis_count; ++k) {
            const WideAxis& axis = layout_.axes[wide.first_axis + k];
            inner /= axis.extent;
            for (std::size_t entry = 0; entry < wide.entries; ++entry) {
                const double message = sent[axis.message + entry / inner % axis.extent];
                out[entry] = Arithmetic::product(out[entry], message);
            }
        }
    }
    const double total = Arithmetic::sum(out.data(), factor.entries);
    for (double& value : out) {
        value = Arithmetic::share(Arithmetic::quotient(value, total));
    }
    return true;
}

template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::stopped(const CancelCheck& cancelled) {
    if (cancelled && cancelled()) {
        outcome_.ending = Ending::cancelled;
        return true;
    }
    return false;
}

// Always false, for the caller to return.
template <typename Arithmetic>
bool ScheduledPassing<Arithmetic>::contradicted() {
    outcome_.ending = Ending::contradiction;
    outcome_.contradiction = passing_.contradiction();
    std::fill(marginals_.begin(), marginals_.end(), 0.0);
    return false;
}

template <typename Arithmetic>
void ScheduledPassing<Arithmetic>::note_changes() noexcept {
    for (const double change : passing_.changes()) {
        outcome_.largest_change = std::max(outcome_.largest_change, change);
    }
}

template <typename Arithmetic>
void ScheduledPassing<Arithmetic>::count_sweep() noexcept {
    ++outcome_.sweeps;
    outcome_.work.messages += sweep_work_.messages;
    outcome_.work.multiply_adds += sweep_work_.multiply_adds;
    outcome_.work.logarithms += sweep_work_.logarithms;
}

template class ScheduledPassing<Linear>;
template class ScheduledPassing<Logarithmic>;

} // namespace assay::active_inference
