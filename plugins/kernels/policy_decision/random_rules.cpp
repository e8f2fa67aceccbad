#include "random_rules.hpp"

#include <array>
#include <limits>
#include <utility>

namespace assay::policy_decision {

namespace {

struct RandomAttribute {
    const char* name;
    AttributeType type;
};

// Few, so that contexts agree often; some are fields of the action.
constexpr std::array kRandomAttributes{
    RandomAttribute{"action.type", AttributeType::text},
    RandomAttribute{"action.risk", AttributeType::number},
    RandomAttribute{"action.amount", AttributeType::number},
    RandomAttribute{"action.reversible", AttributeType::boolean},
    RandomAttribute{"load", AttributeType::number},
    RandomAttribute{"region", AttributeType::text},
    RandomAttribute{"consent", AttributeType::boolean},
    RandomAttribute{"trust", AttributeType::number},
};

constexpr const char* kRandomTexts[] = {"read", "write", "erase"};

} // namespace

// A few values, so that equality and the edges of thresholds happen.
double RandomRules::number() {
    return 0.25 * static_cast<double>(random_.below(9)) - 0.5;
}

Condition RandomRules::condition() {
    const RandomAttribute& attribute =
        kRandomAttributes[random_.below(static_cast<std::uint32_t>(kRandomAttributes.size()))];
    const auto either = [this] { return random_.below(2) == 0 ? Op::equal : Op::not_equal; };
    Condition made{.attribute = attribute.name};
    switch (attribute.type) {
    case AttributeType::number:
        made.op = static_cast<Op>(random_.below(6));
        made.operand = number();
        break;
    case AttributeType::boolean:
        made.op = either();
        made.operand = random_.below(2) == 0;
        break;
    case AttributeType::text:
        made.op = either();
        made.operand = std::string(kRandomTexts[random_.below(3)]);
        break;
    }
    if (random_.below(8) == 0) {
        made.op = Op::missing;
    }
    return made;
}

Rule RandomRules::rule() {
    Rule made;
    for (std::uint32_t left = 1 + random_.below(3); left > 0; --left) {
        made.conditions.push_back(condition());
    }
    made.kind = static_cast<ViolationKind>(random_.below(5));
    made.severity = random_.unit();
    const Condition& first = made.conditions.front();
    if (type_of(first.operand) == AttributeType::number && first.op != Op::missing) {
        made.severity_from = static_cast<SeverityFrom>(random_.below(3));
        if (random_.below(2) == 0) {
            made.escalation = Escalation{.above = number(), .kind = ViolationKind::systemic};
        }
    }
    return made;
}

Policy RandomRules::policy(std::string id) {
    constexpr double kEnforcements[] = {0, 0.5, 0.79, 0.8, 0.9, 0.3, 0.1, 1.0};
    Policy made{.id = std::move(id),
                .type = static_cast<PolicyType>(random_.below(6)),
                .status = random_.below(5) == 0 ? static_cast<PolicyStatus>(random_.below(5))
                                                : PolicyStatus::active,
                .priority = static_cast<std::int32_t>(random_.below(4)),
                .enforcement = kEnforcements[random_.below(8)]};
    for (std::uint32_t left = random_.below(4); left > 0; --left) {
        made.rules.push_back(rule());
    }
    return made;
}

std::vector<Policy> RandomRules::policies(std::size_t count) {
    std::vector<Policy> made;
    for (std::size_t i = 0; i < count; ++i) {
        made.push_back(policy("p" + std::to_string(i)));
        if (i > 0 && random_.below(6) == 0) {
            made.back().extends = made[random_.below(static_cast<std::uint32_t>(i))].id;
        }
    }
    return made;
}

Context RandomRules::context(Vocabulary& vocabulary) {
    Context made(vocabulary);
    for (const RandomAttribute& attribute : kRandomAttributes) {
        if (random_.below(6) == 0) {
            continue;
        }
        switch (attribute.type) {
        case AttributeType::number:
            made.set(attribute.name,
                     random_.below(12) == 0 ? std::numeric_limits<double>::quiet_NaN() : number());
            break;
        case AttributeType::boolean:
            made.set(attribute.name, random_.below(2) == 0);
            break;
        case AttributeType::text:
            made.set(attribute.name, kRandomTexts[random_.below(3)]);
            break;
        }
    }
    return made;
}

void RandomRules::edit(PolicySet& set) {
    if (set.size() == 0 || random_.below(3) == 0) {
        set.add(policy("added" + std::to_string(set.size())));
        return;
    }
    const std::string id = set.policy(random_.below(static_cast<std::uint32_t>(set.size()))).id;
    if (random_.below(2) == 0) {
        set.replace(policy(id));
    } else {
        set.set_status(id, static_cast<PolicyStatus>(random_.below(3)));
    }
}

} // namespace assay::policy_decision
