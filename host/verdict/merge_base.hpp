// What a branch is held against that left another: of that other's runs those of the segment in
// which it left, and never the newest as such. What was done there since is not this branch's.
//
//   std::vector<StoredPoint> reference = before_leaving(points_of_main, merge_base, 5);
//   BaselineChoice choice = choose_baseline(reference, {});
//
// Pure; any thread.
#pragma once

#include "verdict/stored_point.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace assay::verdict {

// The points up to the last one of the commit `merge_base`, oldest first. Where fewer than `needed`
// of its segment count, the next ones of the same segment too, until they are enough. Nothing: no
// point is of that commit.
[[nodiscard]] std::vector<StoredPoint> before_leaving(std::span<const StoredPoint> points,
                                                      const std::string& merge_base,
                                                      std::size_t needed);

} // namespace assay::verdict
