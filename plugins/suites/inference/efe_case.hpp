// The family `efe`: the expected free energy of all policies from one belief. One iteration = one
// evaluation; with the cache on the tables of the model are kept from one to the next.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/result_digest.hpp"
#include "model_axis.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <vector>

namespace assay::inference {

void add_efe(assay::suite& suite, const ModelAxis& models);

class EfeCase {
public:
    explicit EfeCase(const assay::params& params)
        : EfeCase(problem_of(params), params) {}

    EfeCase(const EfeCase&) = delete;
    EfeCase& operator=(const EfeCase&) = delete;

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    struct Problem {
        active_inference::FactoredModel model;
        std::size_t horizon = 1;
    };

    EfeCase(Problem problem, const assay::params& params);
    [[nodiscard]] static Problem problem_of(const assay::params& params);

    active_inference::FactoredModel model_;
    active_inference::EfeOptions options_;
    std::vector<active_inference::Beliefs> beliefs_; // evaluated in turn
    active_inference::ExpectedFreeEnergy efe_;
    active_inference::PolicyWork before_; // of the batch
    active_inference::ResultDigest digest_;
    bool ran_ = false;
};

} // namespace assay::inference
