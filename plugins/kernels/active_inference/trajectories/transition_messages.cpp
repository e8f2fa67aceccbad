#include "active_inference/trajectories/transition_messages.hpp"

#include "active_inference/logarithm.hpp"

#include <algorithm>

namespace assay::active_inference {

namespace {

// [s', parents..., u] -> [u][s'][parents...]
std::vector<double> action_first(const Tensor& transition, TransitionTable table) {
    const std::size_t actions = transition.shape.back();
    const std::size_t slice = transition.data.size() / actions;
    std::vector<double> entries(transition.data.size());
    for (std::size_t action = 0; action < actions; ++action) {
        for (std::size_t at = 0; at < slice; ++at) {
            const double entry = transition.data[at * actions + action];
            entries[action * slice + at] =
                table == TransitionTable::probability ? entry : log_clip(entry);
        }
    }
    return entries;
}

// 1 / (sum of a row), with the floor under each entry; 0 for a row of zeros.
double row_scale(const double* row, std::size_t width, double floor) noexcept {
    double sum = 0;
    for (std::size_t at = 0; at < width; ++at) {
        sum += row[at] + floor;
    }
    return sum > 0 ? 1 / sum : 0;
}

} // namespace

TransitionMessages::TransitionMessages(const FactoredModel& model,
                                       TransitionTable table,
                                       double floor)
    : factors_(model.state_counts.size())
    , arcs_(model.state_counts.size())
    , floor_(floor) {
    std::size_t axes = 0;
    std::size_t space = 0;
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        const Tensor& transition = model.transitions[f];
        Factor& factor = factors_[f];
        factor.parents = model.transition_factors[f];
        factor.states = model.state_counts[f];
        factor.slice = transition.data.size() / transition.shape.back();
        factor.table = action_first(transition, table);
        const auto shape = std::span(transition.shape).first(transition.shape.size() - 1);
        factor.predict = Contraction(shape, {0});
        axes = std::max(axes, shape.size());
        space = std::max(space, factor.predict.workspace());
    }
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        for (std::size_t position = 0; position < factors_[f].parents.size(); ++position) {
            add_arc(f, position);
        }
    }
    std::size_t averaged = 0;
    std::size_t rows = 0;
    for (const auto& arcs : arcs_) {
        for (const TransitionArc& arc : arcs) {
            space = std::max(
                {space, arc.average.workspace(), arc.gather.workspace(), arc.collect.workspace()});
            averaged = std::max(averaged, arc.average.outputs());
            rows = std::max(rows, factors_[arc.child].states);
        }
    }
    vectors_.resize(axes);
    space_.resize(space);
    averaged_.resize(averaged);
    row_weights_.resize(rows);
}

void TransitionMessages::add_arc(std::size_t child, std::size_t position) {
    const Factor& factor = factors_[child];
    const std::size_t parent = factor.parents[position];
    std::vector<std::size_t> shape{factor.states};
    for (const std::size_t each : factor.parents) {
        shape.push_back(factors_[each].states);
    }
    const std::size_t states = factors_[parent].states;
    TransitionArc arc;
    arc.child = child;
    arc.parent = parent;
    arc.position = position;
    arc.average = Contraction(shape, {0, position + 1});
    arc.gather = Contraction(shape, {position + 1});
    arc.collect = Contraction(std::vector<std::size_t>{factor.states, states}, {1});
    if (factor.parents.size() == 1) {
        arc.reversed = factor.table;
        for (std::size_t row = 0; row < arc.reversed.size() / states; ++row) {
            double* const entries = arc.reversed.data() + row * states;
            const double scale = row_scale(entries, states, floor_);
            for (std::size_t at = 0; at < states; ++at) {
                entries[at] = (entries[at] + floor_) * scale;
            }
        }
    }
    arcs_[parent].push_back(std::move(arc));
}

void TransitionMessages::point_at(const Factor& factor, const Beliefs& parents) noexcept {
    for (std::size_t at = 0; at < factor.parents.size(); ++at) {
        vectors_[at + 1] = parents[factor.parents[at]].data();
    }
}

void TransitionMessages::forward(std::size_t factor,
                                 std::size_t action,
                                 const Beliefs& before,
                                 std::span<double> out,
                                 TrajectoryWork& work) noexcept {
    const Factor& to = factors_[factor];
    point_at(to, before);
    to.predict(to.table.data() + action * to.slice, vectors_.data(), out.data(), space_.data());
    work.count(to.predict.ops());
}

void TransitionMessages::reversed(const TransitionArc& arc,
                                  std::size_t action,
                                  std::span<const double> child,
                                  const Beliefs& co_parents,
                                  std::span<double> out,
                                  TrajectoryWork& work) noexcept {
    const Factor& from = factors_[arc.child];
    if (!arc.reversed.empty()) {
        vectors_[0] = child.data();
        arc.collect(
            arc.reversed.data() + action * from.slice, vectors_.data(), out.data(), space_.data());
        work.count(arc.collect.ops());
        return;
    }
    point_at(from, co_parents);
    arc.average(
        from.table.data() + action * from.slice, vectors_.data(), averaged_.data(), space_.data());
    work.count(arc.average.ops());
    // The division goes into the weights of the rows, the floor comes back as one number:
    // sum_s' w (M + floor) = sum_s' w M + floor * sum_s' w.
    const std::size_t width = out.size();
    double floors = 0;
    for (std::size_t row = 0; row < child.size(); ++row) {
        row_weights_[row] = child[row] * row_scale(averaged_.data() + row * width, width, floor_);
        floors += row_weights_[row] * floor_;
    }
    vectors_[0] = row_weights_.data();
    arc.collect(averaged_.data(), vectors_.data(), out.data(), space_.data());
    work.count(arc.collect.ops());
    for (double& value : out) {
        value += floors;
    }
}

void TransitionMessages::gathered(const TransitionArc& arc,
                                  std::size_t action,
                                  std::span<const double> child,
                                  const Beliefs& co_parents,
                                  std::span<double> out,
                                  TrajectoryWork& work) noexcept {
    const Factor& from = factors_[arc.child];
    point_at(from, co_parents);
    vectors_[0] = child.data();
    arc.gather(from.table.data() + action * from.slice, vectors_.data(), out.data(), space_.data());
    work.count(arc.gather.ops());
}

} // namespace assay::active_inference
