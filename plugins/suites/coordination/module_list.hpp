// Which modules the loop coordinates. Another one is a class of coordination/module.hpp, a name
// here, and a line in make_modules().
//
//   ThreadCrew crew(make_modules({.period = 0.1, .seed = 1}));
#pragma once

#include "coordination/module.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace assay::coordination_suite {

// In the order of their places on the board.
inline constexpr std::array<std::string_view, 5> kModuleNames{
    "module_net", "semantic_tokens", "cache_lookup", "policy_decision", "alert_ladder"};

struct ModuleSetup {
    double period = 0.1; // s
    std::uint64_t seed = 1;
    bool is_reference = false; // the slow way, to compare with
};

[[nodiscard]] std::vector<std::unique_ptr<coordination::Module>>
make_modules(const ModuleSetup& setup);

} // namespace assay::coordination_suite
