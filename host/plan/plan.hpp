// Families x axes -> cases: which cases a run measures, with their ids, in which order.
//
//   auto plan = make_plan(suites, {.mode = Mode::quick, .filters = {"router/"}, .order_seed = 7});
//   for (const PlannedCase& planned : plan->cases) ...
//
// A plugin never makes an id: history hangs on them. Pure functions but for `file_digest`, which
// the caller gives; callable from any thread.
#pragma once

#include "measure/description.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::plan {

enum class Mode { quick, standard, comprehensive };

std::string_view name_of(Mode mode) noexcept;
std::optional<Mode> mode_from(std::string_view name) noexcept;

struct Shard {
    std::uint32_t index = 1, count = 1; // 1-based
};

// `--param n=64,128`: replaces the values of every axis of that name, whatever the mode; cannot add
// an axis. Numbers may be new ones; a text, and a variant of any type, is one of those declared, or
// a file where `file_digest` is given and the axis is no variant. On a zip axis, values that are
// all declared there pick their steps; otherwise every axis that advances together must be given
// the same number of values.
struct ParameterOverride {
    std::string name;
    std::vector<std::string> values;
};

// Lower-case hexadecimal digest (8 digits at least) of the regular file at `path`; nothing if there
// is no such file; an error if it cannot be read.
using FileDigest = std::function<Result<std::optional<std::string>>(const std::string& path)>;

struct Selection {
    Mode mode = Mode::standard;
    std::vector<std::string> suites;  // --suite; empty = all
    std::vector<std::string> filters; // an exact id or suite/family literally, else a regular
                                      // expression; tag:NAME; ! excludes
    std::vector<ParameterOverride> params;
    std::optional<Shard> shard;
    std::uint64_t order_seed = 0;
    bool declared_order = false; // as the suites declare their cases, for listings; no shuffle
    // Given: a value of `params` on a text axis that is no declared value and names a file stands
    // in the id as base name + "-" + the first 8 digits of the digest; the value stays the path.
    FileDigest file_digest = {};
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
    // case at the same point with the reference value (which may not be selected). With several
    // variant axes the reference is the case where all of them have theirs.
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
// filter that matches nothing; more than kCasesMax cases. An empty selection by exclusion or an
// empty shard is a Plan without cases. Errors (plugin): axes that advance together and differ in
// length.
//
// The order is a function of the ids and `order_seed` alone: neither the order of the plugins nor
// what else is selected changes which of two cases comes first. The variants of one point stand
// together, their reference first.
Result<Plan> make_plan(const std::vector<PlannedSuite>& suites, const Selection& selection);

} // namespace assay::plan
