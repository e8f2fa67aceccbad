// Which importer reads a file: the one that was named, or the one that is sure, and clearly surer
// than every other. "Unknown" is an answer, guessing is not.
//
//   Result<std::string> name = choose_importer("results.json", {{"hyperfine", 95}, {"jmh", 0}});
//
// Pure.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::app {

struct ImporterScore {
    std::string importer;
    std::int32_t sure = 0; // 0 to 100
};

inline constexpr std::int32_t kSureEnough = 60;
inline constexpr std::int32_t kClearlySurer = 20;

// Errors (usage): none is sure enough, or two are; the candidates are named.
Result<std::string> choose_importer(const std::string& file, std::vector<ImporterScore> scores);

// "google-benchmark" and "google_benchmark" are one name.
std::string importer_name(std::string word);

} // namespace assay::app
