// Values that do not belong to the rest of a sample, up to a given number, by the generalised ESD
// test (Rosner, Technometrics 25 (1983)): unlike repeated single tests it is not fooled where
// several outliers hide each other.
//
//   for (std::size_t i : find_outliers(segment).indices) { mark(i); }
//
// Outliers are marked and left out of baselines, never deleted. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::statistics {

enum class OutlierCentre {
    mean, // mean and standard deviation, Rosner's test
    mad,  // median and 1.4826 MAD (Iglewicz & Hoaglin, 1993), for samples with many outliers
};

struct OutlierOptions {
    double alpha = 0.05;
    // Default: a tenth of the values, but 1 at least and 10 at most.
    std::optional<std::size_t> outliers_max = std::nullopt;
    OutlierCentre centre = OutlierCentre::mean;
};

struct OutlierStep {
    std::size_t index = 0; // of the value that was furthest out
    double r = 0;          // its distance in units of the spread
    double critical = 0;   // lambda
};

struct Outliers {
    std::vector<std::size_t> indices; // ascending
    std::vector<OutlierStep> steps;   // as tested, the furthest first
};

// Precondition: finite values.
[[nodiscard]] Outliers find_outliers(std::span<const double> values,
                                     const OutlierOptions& options = {});

} // namespace assay::statistics
