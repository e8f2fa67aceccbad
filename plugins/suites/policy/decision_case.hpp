// One case of the families `decisions` and `latency`: a ring of requests to a set that nobody
// edits. One iteration = one decision.
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

void add_decisions(assay::suite& suite);
void add_latency(assay::suite& suite);

class DecisionCase {
public:
    explicit DecisionCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);

    // What was decided, as one word.
    std::uint64_t operator()() {
        const policy_decision::Decision& decision = point_.decide(contexts_[at_]);
        at_ = at_ + 1 == contexts_.size() ? 0 : at_ + 1;
        violated_ += decision.compliant ? 0 : 1;
        sum_ = sum_ * 0x9E3779B97F4A7C15ull + decision.violations.size() * 2 +
               (decision.blocked ? 1 : 0);
        return sum_;
    }

    [[nodiscard]] std::uint64_t digest() const noexcept { return sum_; }

    void finish(assay::batch& batch, assay::context& host);

protected:
    // What both families report; false where there is nothing to report.
    bool report(const assay::batch& batch, assay::context& host);

private:
    std::string config_;
    DecisionPath path_;
    DecisionWorkload workload_;
    policy_decision::PolicySet set_;
    std::vector<policy_decision::Context> contexts_;
    DecisionPoint point_;
    std::uint64_t seed_;
    std::size_t at_ = 0;
    std::uint64_t sum_ = 0, violated_ = 0; // of the batch
    policy_decision::CacheCounts before_;
};

// The same decisions, timed one by one: without a rate.
class LatencyCase : public DecisionCase {
public:
    using DecisionCase::DecisionCase;

    void finish(assay::batch& batch, assay::context& host) { (void)report(batch, host); }
};

} // namespace assay::policy
