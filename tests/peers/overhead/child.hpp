// Runs this program again with a role and reads the one number that it prints.
#pragma once

#include "loops.hpp"

#include <string>

namespace overhead {

enum class Side { google_benchmark, assay };

// The median reading of a fresh process, in ns per iteration. Throws std::runtime_error.
double in_fresh_process(Side side, Body body);

// What the fresh process does when main() finds the words of a role; the exit status.
int play_role(const std::string& side, const std::string& body);

} // namespace overhead
