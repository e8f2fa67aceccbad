// One case of the family `edits`: a policy is edited, then decisions are asked for. One iteration
// = one edit and the decisions after it.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "decision_path.hpp"
#include "decision_workload.hpp"
#include "policy_decision/policy_set.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace assay::policy {

void add_edits(assay::suite& suite);

class EditCase {
public:
    explicit EditCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    struct Edited {
        policy_decision::Policy strict, lenient;
        policy_decision::Context witness; // violates the strict one alone
    };

    [[nodiscard]] std::vector<Edited> make_edited();
    // The edit of a round; true where the witness violates afterwards.
    bool edit(std::uint64_t round);
    void decide_all(std::uint64_t round, bool is_strict);
    [[nodiscard]] std::uint64_t differing();

    std::string config_;
    DecisionPath path_;
    std::size_t between_;
    std::uint64_t seed_;
    DecisionWorkload workload_;
    policy_decision::PolicySet set_;
    std::vector<policy_decision::Context> contexts_;
    std::vector<Edited> edited_;
    DecisionPoint point_;
    std::uint64_t sum_ = 0, violated_ = 0, stale_ = 0; // of the batch
    policy_decision::CacheCounts before_;
};

} // namespace assay::policy
