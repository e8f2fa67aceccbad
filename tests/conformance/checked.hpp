// Runs `assay check` the way a user does and reads the document it prints.
#pragma once

#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace conformance {

struct Outcome {
    std::string word; // "success", "failed", ...
    std::string text; // all findings, one per line
};

struct Checked {
    int exit_code = -1;
    std::string out, err;
    assay::json::value document;
    std::map<std::string, Outcome> outcomes; // by the check's id

    [[nodiscard]] const std::string& word_of(const std::string& id) const;
    [[nodiscard]] const std::string& text_of(const std::string& id) const;
    // "C7 warning: ..." of every check that is neither success, info nor skipped.
    [[nodiscard]] std::string complaints() const;
};

// No `only`: every check.
Checked check(const std::filesystem::path& plugin, const std::vector<std::string>& only = {});

std::filesystem::path fixture(const std::string& name); // plugins of the tests
std::filesystem::path bundled(const std::string& name); // plugins of the build
std::filesystem::path sinner(const std::string& sin);

} // namespace conformance
