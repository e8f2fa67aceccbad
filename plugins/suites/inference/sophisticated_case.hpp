// The family `sophisticated`: the value of each action by a search that counts what one would do
// after every outcome it may have. One iteration = one search.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/policies/sophisticated_search.hpp"
#include "active_inference/result_digest.hpp"
#include "model_axis.hpp"

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::inference {

void add_sophisticated(assay::suite& suite, const ModelAxis& models);

class SophisticatedCase {
public:
    explicit SophisticatedCase(const assay::params& params);
    SophisticatedCase(const SophisticatedCase&) = delete;
    SophisticatedCase& operator=(const SophisticatedCase&) = delete;

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    active_inference::FactoredModel model_;
    active_inference::Beliefs q_;
    active_inference::SophisticatedOptions options_;
    active_inference::SophisticatedSearch search_;
    active_inference::ResultDigest digest_;
    bool ran_ = false;
};

} // namespace assay::inference
