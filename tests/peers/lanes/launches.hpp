// Whole runs of `assay run` with and without lanes, and what they say of time and cases.
//
//   const Launch one = launch(sandbox, {"run", "--mode", "quick", "--lanes", "1"}, lock);
//
// One thread.
#pragma once

#include "program.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lanes_peer {

struct Launch {
    double seconds = 0;                    // wall time from outside, all in all
    std::map<std::string, double> medians; // of `time`, by case
    std::string decision, reason;          // of run.lanes
};

// Throws std::runtime_error where the run failed, with what it said.
Launch launch(const integration::Sandbox& sandbox,
              std::vector<std::string> words,
              const std::filesystem::path& lock);

} // namespace lanes_peer
