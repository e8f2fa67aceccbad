// Cases under their suites and families, as lines with the branches of a tree in front.
//
//   for (const TreeLine& line : tree_of(rows, look)) ...
//
// A family with one case shares its line with it. Pure function.
#pragma once

#include "row.hpp"

#include <span>
#include <string>
#include <vector>

namespace console {

struct TreeLine {
    std::string prefix;       // "├─ " and what stands before it
    std::string continuation; // in front of further lines of the same case
    std::string name;
    const Row* row = nullptr; // nullptr: a suite or a family
    bool suite = false;
};

// `rows` sorted by comes_before(); the lines point into them.
[[nodiscard]] std::vector<TreeLine> tree_of(std::span<const Row> rows, const Look& look);

} // namespace console
