#include "active_inference/belief_propagation/belief_propagation.hpp"

#include "active_inference/belief_propagation/message_schedule.hpp"

#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

namespace assay::active_inference {

namespace {

GraphFault option_fault(std::string path, const std::string& what) {
    std::string message = path + ": " + what;
    return {std::move(path), std::move(message)};
}

void refuse(const std::optional<GraphFault>& fault) {
    if (fault) {
        throw std::invalid_argument(fault->message);
    }
}

const PropagationOptions& checked(const FactorGraph& graph, const PropagationOptions& options) {
    refuse(first_fault(graph));
    refuse(first_fault(options));
    return options;
}

} // namespace

std::optional<GraphFault> first_fault(const PropagationOptions& options) {
    if (!(options.damping >= 0 && options.damping < 1)) {
        return option_fault("damping",
                            "is " + std::to_string(options.damping) +
                                ", expected at least 0 and below 1");
    }
    if (options.damping != 0 && options.schedule == MessageOrder::forward_backward) {
        return option_fault("damping",
                            "is " + std::to_string(options.damping) +
                                ", expected 0: forward_backward computes every message once");
    }
    if (!(options.tolerance > 0)) {
        return option_fault("tolerance",
                            "is " + std::to_string(options.tolerance) + ", expected more than 0");
    }
    return std::nullopt;
}

std::string contradiction_text(const Contradiction& contradiction) {
    std::string text =
        "variable " + std::to_string(contradiction.variable) + " has no possible state left";
    if (contradiction.factor != Contradiction::kBelief) {
        text += " in its message with factor " + std::to_string(contradiction.factor);
    }
    return text + ": the factors exclude each other, look for zeros in their tables";
}

class BeliefPropagation::Runner {
public:
    Runner(const FactorGraph& graph, const PropagationOptions& options) {
        if (options.domain == Domain::linear) {
            passing.emplace<ScheduledPassing<Linear>>(graph, options);
        } else {
            passing.emplace<ScheduledPassing<Logarithmic>>(graph, options);
        }
    }

    // Calls use(passing) for the arithmetic there is.
    template <typename Use>
    auto with(Use&& use) {
        if (auto* linear = std::get_if<ScheduledPassing<Linear>>(&passing)) {
            return use(*linear);
        }
        return use(std::get<ScheduledPassing<Logarithmic>>(passing));
    }

    std::variant<std::monostate, ScheduledPassing<Linear>, ScheduledPassing<Logarithmic>> passing;
};

BeliefPropagation::BeliefPropagation(const FactorGraph& graph, const PropagationOptions& options)
    : runner_(std::make_unique<Runner>(graph, checked(graph, options))) {
    if (!runner_->with([](const auto& passing) { return passing.suits_graph(); })) {
        throw std::invalid_argument("schedule: forward_backward needs a graph without loops, this "
                                    "one has one; use sequential, residual or flooding");
    }
}

BeliefPropagation::~BeliefPropagation() = default;
BeliefPropagation::BeliefPropagation(BeliefPropagation&&) noexcept = default;
BeliefPropagation& BeliefPropagation::operator=(BeliefPropagation&&) noexcept = default;

PropagationOutcome BeliefPropagation::run(const CancelCheck& cancelled) {
    return runner_->with([&](auto& passing) { return passing.run(cancelled); });
}

std::span<const double> BeliefPropagation::marginal(std::size_t variable) const noexcept {
    return runner_->with([&](const auto& passing) { return passing.marginal(variable); });
}

bool BeliefPropagation::factor_marginal(std::size_t factor, std::span<double> out) const noexcept {
    return runner_->with([&](const auto& passing) { return passing.factor_marginal(factor, out); });
}

std::size_t BeliefPropagation::edge_count() const noexcept {
    return runner_->with([](const auto& passing) { return passing.layout().edges.size(); });
}

} // namespace assay::active_inference
