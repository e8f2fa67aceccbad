// One case of the family `hierarchical`: a stream of outcomes filtered by a hierarchy, every level
// at every step or only those that hear of something. One iteration = one step.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/hierarchy/hierarchy.hpp"
#include "active_inference/result_digest.hpp"
#include "case_parameters.hpp"

#include <assay/suite.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace assay::selective_updates {

void add_hierarchical(assay::suite& suite);

class HierarchicalCase {
public:
    explicit HierarchicalCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    struct Difference {
        std::vector<double> levels; // the largest of each
        std::uint64_t values = 0;   // compared

        [[nodiscard]] double largest() const { return *std::ranges::max_element(levels); }
    };

    [[nodiscard]] Difference difference(active_inference::Hierarchy& one,
                                        active_inference::Hierarchy& full,
                                        double threshold) const;
    void draw(std::uint64_t seed, std::vector<std::uint32_t>& outcomes) const;

    std::uint64_t seed_;
    double threshold_;
    UpdatePath path_;
    active_inference::HierarchicalModel model_;
    active_inference::Hierarchy hierarchy_;
    std::vector<std::uint32_t> outcomes_;
    active_inference::ResultDigest digest_;
};

} // namespace assay::selective_updates
