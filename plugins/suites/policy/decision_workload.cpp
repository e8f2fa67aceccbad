#include "decision_workload.hpp"

#include <algorithm>
#include <utility>

namespace assay::policy {

namespace pd = policy_decision;

namespace {

constexpr std::uint64_t kRequestSeed = 0xA5A5'0001; // apart from that of the policies
constexpr double kOrdinaryMost = 0.8;               // numbers of ordinary requests are below
constexpr double kCommonLeast = 0.2;                // what the second condition asks
constexpr std::size_t kSuspendedEvery = 20;

std::string name_of_attribute(std::size_t attribute) {
    return "attribute." + std::to_string(attribute);
}

pd::AttributeType type_of_attribute(std::size_t attribute) {
    constexpr pd::AttributeType kTypes[] = {pd::AttributeType::number,
                                            pd::AttributeType::number,
                                            pd::AttributeType::number,
                                            pd::AttributeType::boolean,
                                            pd::AttributeType::text};
    return kTypes[attribute % 5];
}

std::uint32_t as_count(std::size_t size) {
    return static_cast<std::uint32_t>(size);
}

} // namespace

DecisionWorkload::DecisionWorkload(const WorkloadShape& shape, std::uint64_t seed)
    : shape_(shape)
    , seed_(seed) {
    RandomSource random(seed);
    for (std::size_t i = 0; i < shape_.policies; ++i) {
        policies_.push_back(policy(i, random));
    }
}

pd::Policy DecisionWorkload::policy(std::size_t number, RandomSource& random) const {
    const std::size_t attribute = random.below(as_count(shape_.attributes));
    const std::size_t other = random.below(as_count(shape_.attributes));
    pd::Condition first{.attribute = name_of_attribute(attribute), .op = pd::Op::equal};
    switch (type_of_attribute(attribute)) {
    case pd::AttributeType::number:
        first.op = pd::Op::greater;
        first.operand = kOrdinaryMost + (1 - kOrdinaryMost) * random.unit();
        break;
    case pd::AttributeType::boolean:
        first.operand = true;
        break;
    case pd::AttributeType::text:
        first.operand = std::string("external");
        break;
    }
    pd::Rule rule{.conditions = {std::move(first)},
                  .kind = static_cast<pd::ViolationKind>(random.below(5)),
                  .severity = random.unit()};
    if (random.below(3) == 0 && other != attribute &&
        type_of_attribute(other) == pd::AttributeType::number) {
        rule.conditions.push_back({name_of_attribute(other), pd::Op::at_least, kCommonLeast});
    }
    const bool is_suspended = number % kSuspendedEvery == kSuspendedEvery - 1;
    const std::uint32_t grade = random.below(50);
    return {.id = "policy." + std::to_string(number),
            .type = static_cast<pd::PolicyType>(random.below(6)),
            .status = is_suspended ? pd::PolicyStatus::suspended : pd::PolicyStatus::active,
            .priority = static_cast<std::int32_t>(random.below(10)),
            .enforcement = grade == 0   ? 1.0
                           : grade < 20 ? 0.9
                                        : 0.5,
            .rules = {std::move(rule)}};
}

std::vector<pd::Context> DecisionWorkload::contexts(pd::Vocabulary& words) const {
    RandomSource random(seed_ ^ kRequestSeed);
    std::vector<pd::Context> made;
    for (std::size_t request = 0; request < kRequests; ++request) {
        pd::Context& context = made.emplace_back(words);
        for (std::size_t attribute = 0; attribute < shape_.attributes; ++attribute) {
            const std::string name = name_of_attribute(attribute);
            switch (type_of_attribute(attribute)) {
            case pd::AttributeType::number:
                context.set(name, kOrdinaryMost * random.unit());
                break;
            case pd::AttributeType::boolean:
                context.set(name, false);
                break;
            case pd::AttributeType::text:
                context.set(name, random.below(2) == 0 ? "internal" : "partner");
                break;
            }
        }
        if (is_violating(request)) {
            violate(context, random);
        }
    }
    return made;
}

// Meets the conditions of one active policy, and so of some others too.
void DecisionWorkload::violate(pd::Context& context, RandomSource& random) const {
    std::size_t chosen = random.below(as_count(policies_.size()));
    while (policies_[chosen].status != pd::PolicyStatus::active) {
        chosen = chosen == 0 ? policies_.size() - 1 : chosen - 1;
    }
    const std::vector<pd::Condition>& conditions = policies_[chosen].rules.front().conditions;
    const pd::Condition& first = conditions.front();
    if (const double* threshold = std::get_if<double>(&first.operand)) {
        context.set(first.attribute, *threshold + (1 - *threshold) * (0.01 + 0.5 * random.unit()));
    } else {
        context.set(first.attribute, first.operand);
    }
    for (std::size_t i = 1; i < conditions.size(); ++i) {
        const double value = std::get<double>(context.named().at(conditions[i].attribute));
        context.set(conditions[i].attribute, std::max(value, kCommonLeast));
    }
}

std::size_t DecisionWorkload::violating() const noexcept {
    return static_cast<std::size_t>(shape_.violation_rate * static_cast<double>(kRequests) + 0.5);
}

bool DecisionWorkload::is_violating(std::size_t request) const noexcept {
    return (request + 1) * violating() / kRequests != request * violating() / kRequests;
}

} // namespace assay::policy
