// How checks are shown: a line each for people, one document for programs, and the list of what
// there is.
//
//   std::string text = check_lines(results, look) + check_summary(results, path);
//
// Pure functions.
#pragma once

#include "measure/conformance.hpp"
#include "support/json.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::app {

struct CheckLook {
    bool color = false;
    bool failures_only = false; // --quiet
};

[[nodiscard]] std::string check_line(const measure::CheckResult& result, CheckLook look);

// Checks that were skipped one after the other for the same reason: one line for all of them, as
// seven checks of reporters are of a plugin that provides none.
class SkippedChecks {
public:
    // False: it is none of these, or another reason: print what is here first.
    bool take(const measure::CheckResult& result);
    // The line, or nothing for none; empty from then on.
    [[nodiscard]] std::string line(CheckLook look);

private:
    std::vector<measure::CheckResult> results_;
};

[[nodiscard]] std::string check_summary(std::span<const measure::CheckResult> results,
                                        const std::string& path);

// The table itself: assay check --list.
[[nodiscard]] std::string list_text();
[[nodiscard]] json::value list_document();

struct CheckedPlugin {
    std::string path, sha256;
    std::uint64_t seed = 1;
};

// schemas/check.json
[[nodiscard]] json::value check_document(std::span<const measure::CheckResult> results,
                                         const CheckedPlugin& plugin);

} // namespace assay::app
