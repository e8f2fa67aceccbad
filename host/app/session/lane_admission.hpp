// How many lanes of this run may take timed slices at once: settled by measurement, once a day on
// this machine with these CPUs, and told with its evidence.
//
//   const LaneAdmission lanes = lane_admission(admission_file(), unix_now_ns(), {.lanes = 2, ...});
//   document["lanes"] = lanes_object(lanes);
//
// Measures, where it must, for up to a second; nothing else should run meanwhile.
#pragma once

#include "lanes/canary.hpp"
#include "lanes/processor_supply.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace assay::app {

enum class LaneDecision {
    off,      // nobody would measure beside another: nothing was asked
    refused,  // one measures at a time
    admitted, // a second one may
};

std::string_view name_of(LaneDecision decision) noexcept;

struct LaneAdmission {
    std::uint32_t lanes = 1;
    LaneDecision decision = LaneDecision::off;
    std::string reason{};
    std::optional<lanes::Slowdown> alu{}, memory{}; // of the canary; nothing where it did not run
    std::uint64_t measured_ns = 0;                  // unix time; 0 = it did not run

    [[nodiscard]] std::uint32_t measured_lanes() const noexcept {
        return decision == LaneDecision::admitted ? 2 : 1;
    }
};

struct LaneWish {
    std::uint32_t lanes = 1;
    std::size_t cases = 1; // that will be measured
    bool pin = true;
    double seconds = 1; // for the canary
    lanes::ProcessorSupply supply{};
    std::function<bool()> stop{}; // an interrupted canary decides nothing and is not kept
};

// In the cache folder of this user.
std::filesystem::path admission_file();

using RunCanary = std::function<lanes::CanaryFindings(const lanes::CanaryOptions&)>;

// From the file, if it was measured on this UTC day, on this machine with these CPUs; otherwise
// measured now and kept. A file that cannot be read or written is no error: then it is measured
// each time.
LaneAdmission lane_admission(const std::filesystem::path& file,
                             std::uint64_t now_ns,
                             const LaneWish& wish,
                             const RunCanary& canary = lanes::run_canary);

// "lanes" of the run object.
json::object lanes_object(const LaneAdmission& admission);

// One line for people: "2 lanes, one measures at a time: a second slows the canary by ...".
std::string lanes_text(const LaneAdmission& admission);

} // namespace assay::app
