// Which part of a run a machine measures: `--shard i/n` by hash of the case id, so that the shards
// are disjoint, together the whole, and do not depend on the order in which plugins were found.
//
//   if (in_shard(planned.id, {.index = 2, .count = 5})) ...
//
// Pure; callable from any thread.
#pragma once

#include "plan/plan.hpp"

#include <string_view>

namespace assay::plan {

// Usage error unless 1 <= index <= count.
Status check_shard(Shard shard);

bool in_shard(std::string_view case_id, Shard shard) noexcept;

} // namespace assay::plan
