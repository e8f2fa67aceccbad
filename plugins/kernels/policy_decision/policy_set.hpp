// The policies that hold, checked when they are loaded, with a version that every edit raises.
//
//   PolicySet set(fundamental_policies());
//   set.add({.id = "quiet-hours", ...});
//   set.replace({.id = "quiet-hours", .priority = 3, ...});
//   set.set_status("quiet-hours", PolicyStatus::archived);
//
// An edit that is refused (PolicyError) leaves everything as it was. A policy keeps its number.
// One thread while it is edited, any number while it is not.
#pragma once

#include "policy.hpp"
#include "vocabulary.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::policy_decision {

class PolicySet {
public:
    PolicySet() = default;
    // All at once: a policy may extend one that stands after it.
    explicit PolicySet(std::vector<Policy> policies);
    PolicySet(const PolicySet&) = delete;
    PolicySet& operator=(const PolicySet&) = delete;

    void add(Policy policy);
    void replace(Policy policy);
    void set_status(const std::string& id, PolicyStatus status);

    [[nodiscard]] std::size_t size() const noexcept { return policies_.size(); }

    [[nodiscard]] const Policy& policy(std::uint32_t number) const { return policies_[number]; }

    // Throws PolicyError where there is none.
    [[nodiscard]] std::uint32_t number_of(const std::string& id) const;

    // Numbers of the active ones: higher priority first, ties by id.
    [[nodiscard]] std::vector<std::uint32_t> order() const;

    // With those of the policy that it extends, which come first.
    [[nodiscard]] std::vector<const Rule*> rules_of(std::uint32_t number) const;

    // Never the same for two different states of one set.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }

    [[nodiscard]] Vocabulary& vocabulary() noexcept { return vocabulary_; }

    [[nodiscard]] const Vocabulary& vocabulary() const noexcept { return vocabulary_; }

private:
    void check_base(const Policy& policy) const;
    void intern(const Policy& policy);

    std::vector<Policy> policies_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    Vocabulary vocabulary_;
    std::uint64_t version_ = 1;
};

} // namespace assay::policy_decision
