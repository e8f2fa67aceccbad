// Families x axes -> cases: which cases a run measures, with their ids, in which order.
//
//   auto plan = make_plan(suites, {.mode = Mode::quick, .filters = {"router/"}, .order_seed = 7});
//   for (const PlannedCase& planned : plan->cases) ...
//
// Pure functions. A plugin never makes an id: history hangs on them.
#pragma once

#include "measure/description.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::plan {

enum class Mode { quick, standard, comprehensive };

std::string_view name_of(Mode mode) noexcept;
std::optional<Mode> mode_from(std::string_view name) noexcept;

struct Shard {
    std::uint32_t index = 1, count = 1; // 1-based
};

// `--param n=64,128`: replaces the values of every axis of that name; cannot add an axis.
struct ParameterOverride {
    std::string name;
    std::vector<std::string> values;
};

struct Selection {
    Mode mode = Mode::standard;
    std::vector<std::string> suites;  // --suite; empty = all
    std::vector<std::string> filters; // an exact id or suite/family literally, else a regular
                                      // expression; tag:NAME; ! excludes
    std::vector<ParameterOverride> params;
    std::optional<Shard> shard;
    std::uint64_t order_seed = 0;
};

// One suite to plan for, with what the host needs to find its plugin again.
struct PlannedSuite {
    std::size_t plugin = 0; // the caller's index
    measure::SuiteDescription description;
};

struct PlannedCase {
    std::string id;                              // "suite/family[n=64,dtype=f32]"
    std::size_t suite = 0;                       // index into the suites given
    std::size_t family = 0;                      // index into that suite's families
    std::vector<measure::ParameterValue> params; // in axis order
    // Set when the family has a variant axis and this is not its reference value: the id of the
    // case at the same point with the reference value (which may not be selected).
    std::optional<std::string> reference_id;
};

struct Plan {
    std::vector<PlannedCase> cases; // in the order they are to be measured
    std::size_t expanded = 0;       // before filters
    std::size_t matched = 0;        // by the filters, before exclusion
    std::size_t selected = 0;       // after exclusion, before sharding
};

// A run of more cases than this is a mistake in an axis.
inline constexpr std::size_t kCasesMax = 1'000'000;

// Errors (usage): unknown suite, parameter or malformed filter or value, with the nearest match; a
// filter that matches nothing. An empty selection by exclusion or an empty shard is a Plan without
// cases.
Result<Plan> make_plan(const std::vector<PlannedSuite>& suites, const Selection& selection);

} // namespace assay::plan
