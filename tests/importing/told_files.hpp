// Files of other tools as tests write them.
//
//   project.box().write("before.json", google_file(100));
//   project.box().write("after.txt", sized_file(4096));
//
// Pure.
#pragma once

#include <string>
#include <vector>

namespace assay::test {

// A document of Google Benchmark: one case, bench/BM_Sort/64, with three samples around `time` ns.
std::string google_file(double time, const std::string& date = "2026-11-21T10:00:00Z");

// Go's format: an exact figure (text-bytes, lower is better) and a time of one case.
std::string sized_file(int bytes, double nanoseconds = 12);

// A store of github-action-benchmark: a commit for each value, named c01, c02, ..., a day apart.
std::string branch_store(const std::vector<double>& values);

} // namespace assay::test
