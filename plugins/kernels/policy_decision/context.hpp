// What a decision is asked about: an action and its circumstances as typed attributes. Fields of
// the action are attributes like all others ("action.type").
//
//   Context context(set.vocabulary());
//   context.set("risk_level", 0.85);
//   context.set("action.type", "recommend");
//
// Holds the attributes twice: by name for the naive evaluator, by number for the others. One
// thread while it is filled, any number while it is read.
#pragma once

#include "policy.hpp"
#include "vocabulary.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay::policy_decision {

// One attribute by its number. What is absent is 0.
struct Slot {
    double value = 0;
    bool is_present = false;
};

class Context {
public:
    explicit Context(Vocabulary& vocabulary) noexcept
        : vocabulary_(&vocabulary) {}

    // Throws PolicyError where the attribute has another type.
    void set(const std::string& name, Value value);

    void set(const std::string& name, const char* text) { set(name, Value(std::string(text))); }

    void erase(const std::string& name);

    [[nodiscard]] const std::map<std::string, Value>& named() const noexcept { return named_; }

    // Absent where the vocabulary grew after the context was made.
    [[nodiscard]] Slot slot(std::uint32_t attribute) const noexcept {
        return attribute < slots_.size() ? slots_[attribute] : Slot{};
    }

private:
    Vocabulary* vocabulary_;
    std::map<std::string, Value> named_;
    std::vector<Slot> slots_;
};

} // namespace assay::policy_decision
