// The driver's command line.
//
//   auto options = options_from(words);   // error: usage
//
// Pure; any thread.
#pragma once

#include "cell.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace proof {

// In which cells Google Benchmark compares too. Its comparison takes a quarter of a minute.
enum class Peer { none, alarms, all };

struct Options {
    std::vector<Cell> cells;
    std::int64_t n = 100;
    std::int64_t n_fifty = 20; // a comparison of fifty cases takes minutes
    Peer peer = Peer::alarms;
    std::string only = {}; // this method alone
    int load = 0;
    std::filesystem::path out, built;
    std::filesystem::path lock = {}; // held during a comparison
    std::string assay, overhead, calibration;
    std::vector<std::string> more_options; // for assay compare
    bool report_only = false, help = false;
};

// Defaults are what this program was built beside.
[[nodiscard]] assay::Result<Options> options_from(const std::vector<std::string>& words);

[[nodiscard]] std::string help_text();

} // namespace proof
