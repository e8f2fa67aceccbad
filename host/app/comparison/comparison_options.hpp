// What a comparison was asked to do, as typed values. Plain values.
#pragma once

#include "app/session/session_options.hpp"
#include "statistics/evidence.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace assay::app {

struct ComparisonOptions {
    SessionOptions session; // its order_seed draws roles, orders and CPUs
    double margin = 0.01;   // smallest relative change that matters
    double alpha = 0.05;
    statistics::EvidenceMethod method = statistics::EvidenceMethod::mixture;
    std::optional<std::chrono::milliseconds> budget; // nothing = min(10 s x cases, 10 min)
    bool controls = true;
    bool require_same_results = false;
};

} // namespace assay::app
