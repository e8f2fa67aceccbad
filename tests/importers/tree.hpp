// A folder as the ustar image that a host makes of it.
//
//   read_with("asv", "results/", tar_of({{"benchmarks.json", "{}"}}));
#pragma once

#include "reading.hpp"

#include <string>
#include <utility>
#include <vector>

namespace assay::test {

std::string tar_of(const std::vector<std::pair<std::string, std::string>>& files);

// Every sample below that folder; nothing, told with MESSAGE, where the samples are not there.
std::optional<std::string> sample_tree(const std::string& folder);

} // namespace assay::test
