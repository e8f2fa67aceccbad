#include "indexed_evaluator.hpp"

#include <algorithm>
#include <bit>

namespace assay::policy_decision {

namespace {

constexpr std::size_t kBits = 64;

// How few contexts a condition is likely to hold in: the rule waits at the best.
int rank_of(Op op) noexcept {
    switch (op) {
    case Op::equal:
        return 3;
    case Op::less:
    case Op::at_most:
    case Op::greater:
    case Op::at_least:
        return 2;
    case Op::not_equal:
        return 1;
    case Op::missing:
        break;
    }
    return 0;
}

} // namespace

IndexedEvaluator::IndexedEvaluator(const PolicySet& set)
    : set_(&set) {
    refresh();
}

void IndexedEvaluator::refresh() {
    if (version_ == set_->version()) {
        return;
    }
    table_ = RuleTable(*set_);
    anchors_.clear();
    postings_.clear();
    always_.clear();
    const std::size_t rules = table_.rules().size();
    std::vector<std::vector<std::uint32_t>> by_attribute(set_->vocabulary().size());
    for (std::uint32_t rule = 0; rule < rules; ++rule) {
        add(rule, by_attribute);
    }
    for (const std::uint32_t attribute : table_.compared()) {
        post(attribute, by_attribute[attribute]);
    }
    marked_.assign((rules + kBits - 1) / kBits, 0);
    decision_.violations.reserve(rules);
    version_ = set_->version();
}

void IndexedEvaluator::add(std::uint32_t rule,
                           std::vector<std::vector<std::uint32_t>>& by_attribute) {
    const auto conditions = table_.conditions_of(table_.rules()[rule]);
    const TableCondition& anchor = *std::ranges::max_element(
        conditions, {}, [](const TableCondition& condition) { return rank_of(condition.op); });
    anchors_.push_back(anchor);
    (anchor.op == Op::missing ? always_ : by_attribute[anchor.attribute]).push_back(rule);
}

void IndexedEvaluator::post(std::uint32_t attribute, const std::vector<std::uint32_t>& rules) {
    Posting& posting = postings_.emplace_back();
    posting.attribute = attribute;
    std::vector<std::uint32_t> rising = rules;
    std::ranges::stable_sort(rising, {}, [this](std::uint32_t r) { return anchors_[r].operand; });
    for (const std::uint32_t rule : rising) {
        Thresholds* const all[] = {&posting.less,
                                   &posting.at_most,
                                   &posting.greater,
                                   &posting.at_least,
                                   &posting.equal,
                                   &posting.not_equal}; // in the order of Op
        Thresholds& list = *all[static_cast<std::size_t>(anchors_[rule].op)];
        list.operands.push_back(anchors_[rule].operand);
        list.rules.push_back(rule);
    }
}

void IndexedEvaluator::mark(const std::vector<std::uint32_t>& rules,
                            std::size_t begin,
                            std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        marked_[rules[i] / kBits] |= std::uint64_t{1} << (rules[i] % kBits);
    }
}

void IndexedEvaluator::mark(const Posting& posting, const Slot& slot) {
    const double value = slot.value;
    // Those that are smaller, and those that are not larger. Nothing compares with a NaN: all.
    const auto smaller = [value](const Thresholds& list) {
        return static_cast<std::size_t>(std::ranges::lower_bound(list.operands, value) -
                                        list.operands.begin());
    };
    const auto not_larger = [value](const Thresholds& list) {
        return static_cast<std::size_t>(std::ranges::upper_bound(list.operands, value) -
                                        list.operands.begin());
    };
    if (value != value) {
        for (const Thresholds* list : {&posting.less,
                                       &posting.at_most,
                                       &posting.greater,
                                       &posting.at_least,
                                       &posting.equal,
                                       &posting.not_equal}) {
            mark(list->rules, 0, list->rules.size());
        }
        return;
    }
    mark(posting.less.rules, not_larger(posting.less), posting.less.rules.size());
    mark(posting.at_most.rules, smaller(posting.at_most), posting.at_most.rules.size());
    mark(posting.greater.rules, 0, smaller(posting.greater));
    mark(posting.at_least.rules, 0, not_larger(posting.at_least));
    mark(posting.equal.rules, smaller(posting.equal), not_larger(posting.equal));
    mark(posting.not_equal.rules, 0, smaller(posting.not_equal));
    mark(posting.not_equal.rules, not_larger(posting.not_equal), posting.not_equal.rules.size());
}

// In the order of evaluation, which is the order of the bits. Leaves all of them cleared.
void IndexedEvaluator::judge_marked(const Context& context) {
    bool ends = false;
    std::uint32_t last = 0; // the policy that ends it is still evaluated whole
    for (std::size_t word = 0; word < marked_.size(); ++word) {
        for (std::uint64_t bits = marked_[word]; bits != 0; bits &= bits - 1) {
            const TableRule& rule =
                table_.rules()[word * kBits + static_cast<std::size_t>(std::countr_zero(bits))];
            if (ends && rule.place != last) {
                std::fill(marked_.begin() + static_cast<std::ptrdiff_t>(word), marked_.end(), 0);
                return;
            }
            if (table_.judge(rule, context, decision_) && rule.enforcement >= kEnforcementEnds) {
                ends = true;
                last = rule.place;
            }
        }
        marked_[word] = 0;
    }
}

const Decision& IndexedEvaluator::decide(const Context& context) {
    refresh();
    decision_.clear();
    mark(always_, 0, always_.size());
    for (const Posting& posting : postings_) {
        const Slot slot = context.slot(posting.attribute);
        if (slot.is_present) {
            mark(posting, slot);
        } else {
            ++decision_.unknown_attributes;
        }
    }
    judge_marked(context);
    return decision_;
}

} // namespace assay::policy_decision
