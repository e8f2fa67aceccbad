// The table of tools/measure-lanes: what lanes gain in time, and by how much they move each median.
//
//   std::string text = table(rounds);
//
// Pure; any thread.
#pragma once

#include "launches.hpp"

#include <string>
#include <vector>

namespace lanes_peer {

// The same run twice, one shortly after the other, in drawn order.
struct Round {
    Launch one_lane, lanes;
};

// Intervals are always-valid at 95 %, over rounds: none before the seventh.
std::string table(const std::vector<Round>& rounds);

} // namespace lanes_peer
