#include "edit_case.hpp"

#include "decision_metrics.hpp"
#include "policy_decision/naive_evaluator.hpp"

#include <bit>

namespace assay::policy {

namespace pd = policy_decision;

namespace {

constexpr std::size_t kEditAttributes = 20, kEditedPolicies = 16;
constexpr double kEditViolationRate = 0.01;
constexpr double kStrictLimit = 0.5, kLenientLimit = 0.9;
constexpr std::uint64_t kWitnessSeed = 0xA5A5'0002;
constexpr std::size_t kCheckedRequests = 8; // after a batch, against the naive evaluator

pd::Policy limited(std::size_t number, double limit) {
    return {.id = "limit." + std::to_string(number),
            .priority = 5,
            .enforcement = 0.9,
            .rules = {{.conditions = {{"limit." + std::to_string(number), pd::Op::greater, limit}},
                       .severity_from = pd::SeverityFrom::value}}};
}

} // namespace

void add_edits(assay::suite& suite) {
    assay::family_builder family = suite.custom<EditCase>("edits", assay::shape::independent);
    family.help("one edit of a policy and the decisions until the next: what an edit costs")
        .tags("policy")
        .stateful();
    family.axis("policies", {100, 1000, 10000})
        .unit("{policy}")
        .help("and 16 that are edited in turn")
        .quick({1000})
        .standard({100, 1000});
    family.axis("between", {1, 10, 100, 1000})
        .unit("{decision}")
        .help("decisions after each edit: the first about what it changes, the others round a ring "
              "of 200 requests")
        .quick({10, 1000});
    add_impl_axis(family);
    family.metric("decisions", "{decision}/s", higher, assay::rate)
        .help("decisions / seconds, edits included");
    add_decision_metrics(family);
    family.metric("stale_decisions", "{decision}", lower, assay::sum)
        .help("decisions after an edit that are not those of the edited set; must be 0")
        .exact()
        .gate();
    family.metric("edits", "{edit}", no_direction, assay::sum)
        .help("edits in all recorded batches");
}

EditCase::EditCase(const assay::params& params)
    : config_(config_text(params,
                          "\"policies\":" + std::to_string(params.i64("policies")) +
                              ",\"between\":" + std::to_string(params.i64("between")) +
                              ",\"attributes\":20,\"violation_rate\":0.01,\"edited_policies\":16"))
    , path_(path_of(params))
    , between_(count_of(params, "between", 1'000'000))
    , seed_(params.seed())
    , workload_({.policies = count_of(params, "policies", 100'000),
                 .attributes = kEditAttributes,
                 .violation_rate = kEditViolationRate},
                seed_)
    , set_(workload_.policies())
    , contexts_(workload_.contexts(set_.vocabulary()))
    , edited_(make_edited())
    , point_(path_, set_) {}

// The witness is an ordinary request but for the one number between both limits.
std::vector<EditCase::Edited> EditCase::make_edited() {
    std::size_t ordinary = 0;
    while (workload_.is_violating(ordinary)) {
        ++ordinary;
    }
    RandomSource random(seed_ ^ kWitnessSeed);
    std::vector<Edited> made;
    for (std::size_t i = 0; i < kEditedPolicies; ++i) {
        set_.add(limited(i, kLenientLimit));
        pd::Context witness = contexts_[ordinary];
        witness.set("limit." + std::to_string(i),
                    kStrictLimit + (kLenientLimit - kStrictLimit) * (0.1 + 0.8 * random.unit()));
        made.push_back({limited(i, kStrictLimit), limited(i, kLenientLimit), std::move(witness)});
    }
    return made;
}

bool EditCase::edit(std::uint64_t round) {
    const Edited& edited = edited_[round % kEditedPolicies];
    const bool is_strict = round / kEditedPolicies % 2 == 0;
    set_.replace(is_strict ? edited.strict : edited.lenient);
    return is_strict;
}

void EditCase::decide_all(std::uint64_t round, bool is_strict) {
    const auto take = [this](const pd::Decision& decision) {
        violated_ += decision.compliant ? 0 : 1;
        sum_ = sum_ * 0x9E3779B97F4A7C15ull + decision.violations.size() * 2 +
               (decision.blocked ? 1 : 0);
    };
    const pd::Decision& first = point_.decide(edited_[round % kEditedPolicies].witness);
    stale_ += first.compliant == is_strict ? 1 : 0;
    take(first);
    sum_ += first.compliant ? 0 : std::bit_cast<std::uint64_t>(first.violations.front().severity);
    for (std::size_t i = 1, at = 0; i < between_; ++i) {
        take(point_.decide(contexts_[at]));
        at = at + 1 == contexts_.size() ? 0 : at + 1;
    }
}

// Of the set as it is now: witnesses and some requests that are decided otherwise than naively.
std::uint64_t EditCase::differing() {
    pd::NaiveEvaluator naive(set_);
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < kCheckedRequests; ++i) {
        const pd::Context& witness = edited_[i * 2].witness;
        found += point_.decide(witness) == naive.decide(witness) ? 0 : 1;
        const pd::Context& request = contexts_[i * (kRequests / kCheckedRequests)];
        found += point_.decide(request) == naive.decide(request) ? 0 : 1;
    }
    return found;
}

// Two turns over all edits, each decision held to the naive one.
void EditCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_);
    std::uint64_t compared = verify_random_sets(path_, seed_);
    pd::NaiveEvaluator naive(set_);
    for (std::uint64_t round = 0; round < 2 * kEditedPolicies; ++round) {
        const pd::Context& witness = edited_[round % kEditedPolicies].witness;
        const bool is_strict = edit(round);
        const pd::Context* const all[] = {&witness, &contexts_.front(), &contexts_.back()};
        for (const pd::Context* asked : all) {
            check_equal(point_.decide(*asked),
                        naive.decide(*asked),
                        "a decision after edit " + std::to_string(round));
            ++compared;
        }
        if (point_.decide(witness).compliant == is_strict) {
            throw assay::wrong_result("edit " + std::to_string(round) +
                                      " did not change the decision about its witness");
        }
    }
    host.metric("decisions_verified", static_cast<double>(compared));
}

// All policies lenient, all decisions forgotten with them.
void EditCase::prepare(assay::batch&) {
    for (const Edited& edited : edited_) {
        set_.replace(edited.lenient);
    }
    (void)point_.decide(contexts_.front());
    sum_ = 0;
    violated_ = 0;
    stale_ = 0;
    before_ = counts_of(point_);
}

void EditCase::run(assay::batch& batch) {
    std::uint64_t round = 0;
    for (; round < batch.iterations() && !batch.cancelled(); ++round) {
        decide_all(round, edit(round));
    }
    batch.done(round);
}

void EditCase::finish(assay::batch& batch, assay::context& host) {
    batch.checksum(sum_ == 0 ? 1 : sum_);
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const auto done = static_cast<double>(batch.done() * between_);
    host.metric("decisions", done);
    host.metric("requests", done);
    host.metric("violated", static_cast<double>(violated_));
    host.metric("edits", static_cast<double>(batch.done()));
    report_cache(host, point_, before_);
    host.metric("stale_decisions", static_cast<double>(stale_ + differing()));
}

} // namespace assay::policy
