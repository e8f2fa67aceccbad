#include "active_inference/agent/agent_state.hpp"

#include "active_inference/learning/dirichlet_learning.hpp"

#include <atomic>
#include <utility>

namespace assay::active_inference {
namespace {

std::uint64_t next_identity() noexcept {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

template <class T>
std::size_t heap_bytes(const std::vector<T>& list) noexcept {
    return list.capacity() * sizeof(T);
}

std::size_t heap_bytes(const Beliefs& beliefs) noexcept {
    return beliefs.values().size_bytes() +
           (beliefs.size() == 0 ? 0 : (beliefs.size() + 1) * sizeof(std::size_t));
}

std::size_t heap_bytes(const std::vector<Tensor>& tensors) noexcept {
    std::size_t bytes = tensors.capacity() * sizeof(Tensor);
    for (const Tensor& tensor : tensors) {
        bytes += heap_bytes(tensor.shape) + heap_bytes(tensor.data);
    }
    return bytes;
}

template <class T>
std::size_t heap_bytes(const std::vector<std::vector<T>>& lists) noexcept {
    std::size_t bytes = lists.capacity() * sizeof(std::vector<T>);
    for (const std::vector<T>& list : lists) {
        bytes += heap_bytes(list);
    }
    return bytes;
}

std::size_t heap_bytes(const FactoredModel& model) noexcept {
    return heap_bytes(model.state_counts) + heap_bytes(model.action_counts) +
           heap_bytes(model.outcome_counts) + heap_bytes(model.transition_factors) +
           heap_bytes(model.likelihood_factors) + heap_bytes(model.transitions) +
           heap_bytes(model.likelihoods) + heap_bytes(model.preferences) +
           heap_bytes(model.priors) + heap_bytes(model.policy_prior);
}

std::size_t heap_bytes(const DirichletCounts& counts) noexcept {
    return heap_bytes(counts.likelihoods) + heap_bytes(counts.transitions) +
           heap_bytes(counts.priors);
}

std::size_t entry_bytes(const std::vector<Tensor>& tensors) noexcept {
    std::size_t bytes = 0;
    for (const Tensor& tensor : tensors) {
        bytes += tensor.data.size() * sizeof(double);
    }
    return bytes;
}

} // namespace

AgentTensors::AgentTensors(const FactoredModel& from)
    : identity(next_identity())
    , model(from) {}

AgentTensors::AgentTensors(DirichletCounts start, const FactoredModel& from)
    : identity(next_identity())
    , model(from)
    , counts(std::move(start)) {
    // D is learnt from the first belief at the end: until then it stays what the model says.
    std::vector<std::vector<double>> kept = std::move(counts.priors);
    counts.priors.clear();
    expect_from_counts(counts, model);
    counts.priors = std::move(kept);
}

AgentState::AgentState(const FactoredModel& model)
    : q(model.state_counts)
    , before(model.state_counts)
    , first(model.state_counts)
    , taken(model.state_counts.size())
    , chosen(model.state_counts.size()) {}

AgentState::AgentState(const FactoredModel& model, AgentTensors tensors)
    : AgentState(model) {
    own = std::make_unique<AgentTensors>(std::move(tensors));
}

std::size_t AgentState::bytes() const noexcept {
    std::size_t bytes = sizeof(*this) + heap_bytes(q) + heap_bytes(before) + heap_bytes(first) +
                        heap_bytes(taken) + heap_bytes(chosen);
    if (own) {
        bytes += sizeof(*own) + heap_bytes(own->model) + heap_bytes(own->counts) +
                 (own->tables ? own->tables->heap_bytes() : 0);
    }
    return bytes;
}

std::size_t AgentState::tensor_bytes() const noexcept {
    if (!own) {
        return 0;
    }
    return entry_bytes(own->model.likelihoods) + entry_bytes(own->model.transitions) +
           entry_bytes(own->counts.likelihoods) + entry_bytes(own->counts.transitions);
}

} // namespace assay::active_inference
