#include "policy_set.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace assay::policy_decision {

namespace {

bool is_share(double value) {
    return value >= 0 && value <= 1;
}

std::string place_of(const Policy& policy, std::size_t rule) {
    return "policy '" + policy.id + "' /rules/" + std::to_string(rule);
}

void check_condition(const Condition& condition, const std::string& where) {
    if (condition.attribute.empty()) {
        throw PolicyError(where + ": expected the name of an attribute");
    }
    const bool is_number = type_of(condition.operand) == AttributeType::number;
    if (!is_number && condition.op <= Op::at_least) {
        throw PolicyError(where + ": '" + condition.attribute +
                          "' is compared by order, expected a number, got " +
                          std::string(name_of(type_of(condition.operand))));
    }
    if (is_number && std::isnan(std::get<double>(condition.operand))) {
        throw PolicyError(where + ": the operand of '" + condition.attribute + "' is not a number");
    }
}

void check_rule(const Policy& policy, std::size_t number) {
    const Rule& rule = policy.rules[number];
    const std::string where = place_of(policy, number);
    if (rule.conditions.empty()) {
        throw PolicyError(where + ": expected at least one condition");
    }
    for (std::size_t i = 0; i < rule.conditions.size(); ++i) {
        check_condition(rule.conditions[i], where + "/conditions/" + std::to_string(i));
    }
    if (!is_share(rule.severity)) {
        throw PolicyError(where + "/severity: expected a number from 0 to 1");
    }
    const Condition& first = rule.conditions.front();
    const bool needs_number = rule.severity_from != SeverityFrom::constant || rule.escalation;
    if (needs_number &&
        (type_of(first.operand) != AttributeType::number || first.op == Op::missing)) {
        throw PolicyError(where +
                          ": severity or kind follow the first condition, expected one that "
                          "compares a number");
    }
    if (rule.escalation && !std::isfinite(rule.escalation->above)) {
        throw PolicyError(where + "/escalation: expected a finite number");
    }
}

void check_policy(const Policy& policy) {
    if (policy.id.empty()) {
        throw PolicyError("a policy has no id");
    }
    if (!is_share(policy.enforcement)) {
        throw PolicyError("policy '" + policy.id + "' /enforcement: expected a number from 0 to 1");
    }
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        check_rule(policy, i);
    }
}

// Types of attributes, as far as they are known before anything is interned.
class TypeCheck {
public:
    explicit TypeCheck(const Vocabulary& known)
        : known_(&known) {}

    void add(const Policy& policy) {
        for (std::size_t rule = 0; rule < policy.rules.size(); ++rule) {
            for (const Condition& condition : policy.rules[rule].conditions) {
                add(condition, place_of(policy, rule));
            }
        }
    }

private:
    void add(const Condition& condition, const std::string& where) {
        const AttributeType used = type_of(condition.operand);
        const auto number = known_->find(condition.attribute);
        const AttributeType type =
            number ? known_->type(*number)
                   : fresh_.try_emplace(condition.attribute, used).first->second;
        if (type != used) {
            throw type_mismatch(where, condition.attribute, type, used);
        }
    }

    const Vocabulary* known_;
    std::map<std::string, AttributeType> fresh_;
};

} // namespace

PolicySet::PolicySet(std::vector<Policy> policies)
    : policies_(std::move(policies)) {
    TypeCheck types(vocabulary_);
    for (std::uint32_t i = 0; i < policies_.size(); ++i) {
        check_policy(policies_[i]);
        types.add(policies_[i]);
        if (!numbers_.try_emplace(policies_[i].id, i).second) {
            throw PolicyError("policy '" + policies_[i].id + "' is there twice");
        }
    }
    for (const Policy& policy : policies_) {
        check_base(policy);
        intern(policy);
    }
}

void PolicySet::add(Policy policy) {
    check_policy(policy);
    if (numbers_.contains(policy.id)) {
        throw PolicyError("policy '" + policy.id + "' is there already");
    }
    check_base(policy);
    TypeCheck(vocabulary_).add(policy);
    intern(policy);
    numbers_.emplace(policy.id, static_cast<std::uint32_t>(policies_.size()));
    policies_.push_back(std::move(policy));
    ++version_;
}

void PolicySet::replace(Policy policy) {
    check_policy(policy);
    const std::uint32_t number = number_of(policy.id);
    check_base(policy);
    TypeCheck(vocabulary_).add(policy);
    intern(policy);
    policies_[number] = std::move(policy);
    ++version_;
}

void PolicySet::set_status(const std::string& id, PolicyStatus status) {
    policies_[number_of(id)].status = status;
    ++version_;
}

std::uint32_t PolicySet::number_of(const std::string& id) const {
    const auto at = numbers_.find(id);
    if (at == numbers_.end()) {
        throw PolicyError("there is no policy '" + id + "'");
    }
    return at->second;
}

std::vector<std::uint32_t> PolicySet::order() const {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < policies_.size(); ++i) {
        if (policies_[i].status == PolicyStatus::active) {
            numbers.push_back(i);
        }
    }
    std::ranges::sort(numbers, [this](std::uint32_t a, std::uint32_t b) {
        const Policy &one = policies_[a], &other = policies_[b];
        return one.priority != other.priority ? one.priority > other.priority : one.id < other.id;
    });
    return numbers;
}

std::vector<const Rule*> PolicySet::rules_of(std::uint32_t number) const {
    std::vector<const Policy*> line{&policies_[number]};
    while (line.back()->extends) {
        line.push_back(&policies_[number_of(*line.back()->extends)]);
    }
    std::vector<const Rule*> rules;
    for (std::size_t i = line.size(); i-- > 0;) {
        for (const Rule& rule : line[i]->rules) {
            rules.push_back(&rule);
        }
    }
    return rules;
}

// Follows what it extends to the end. Throws where that is not there or leads back.
void PolicySet::check_base(const Policy& policy) const {
    std::set<std::string> seen{policy.id};
    const Policy* at = &policy;
    while (at->extends) {
        const std::string& base = *at->extends;
        if (!seen.insert(base).second) {
            throw PolicyError("policy '" + policy.id + "' extends itself by way of '" + base + "'");
        }
        const auto found = numbers_.find(base);
        if (found == numbers_.end()) {
            throw PolicyError("policy '" + at->id + "' extends '" + base + "', which is not there");
        }
        at = &policies_[found->second];
    }
}

void PolicySet::intern(const Policy& policy) {
    for (const Rule& rule : policy.rules) {
        for (const Condition& condition : rule.conditions) {
            vocabulary_.intern(condition.attribute, type_of(condition.operand));
            vocabulary_.intern_value(condition.operand);
        }
    }
}

} // namespace assay::policy_decision
