#include "agent_setup.hpp"

#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

std::vector<ai::Tensor> tenfold(std::vector<ai::Tensor> tensors) {
    for (ai::Tensor& tensor : tensors) {
        for (double& entry : tensor.data) {
            entry *= 10;
        }
    }
    return tensors;
}

} // namespace

ai::AgentCaches agent_caches(const std::string& name) {
    if (name == "off") {
        return {};
    }
    if (name == "likelihoods") {
        return {.likelihoods = true};
    }
    if (name == "transitions") {
        return {.transitions = true};
    }
    if (name == "intermediates") {
        return {.intermediates = true};
    }
    if (name == "all") {
        return {.likelihoods = true, .transitions = true, .intermediates = true};
    }
    throw assay::config_error("caches=" + name +
                              ": expected off, likelihoods, transitions, intermediates or all");
}

ai::AgentState owning_agent(const ai::FactoredModel& model, bool learns) {
    if (!learns) {
        return ai::AgentState(model, ai::AgentTensors(model));
    }
    ai::DirichletCounts counts{.likelihoods = tenfold(model.likelihoods),
                               .transitions = tenfold(model.transitions),
                               .priors = {}};
    return ai::AgentState(model, ai::AgentTensors(std::move(counts), model));
}

} // namespace assay::inference
