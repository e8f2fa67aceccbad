// Histories that a test tells figure by figure, and their analysis.
//
//   tell(store, "add", steady(20, 8.0), 1);      // runs 1 to 20 of sums/add[n=64] time
//   tell(store, "add", steady(20, 10.0), 21);
//   const Shown shown = analysed(store);         // analysed, and its alerts kept
//
// Within a test case.
#pragma once

#include "histories.hpp"
#include "on_every_store.hpp"
#include "tracking/alert_book.hpp"
#include "tracking/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay::tracking::test {

using Figures = std::vector<std::pair<std::string, double>>; // family and figure of one run

// `n` figures about `level` that differ by one percent, in a pattern without neighbours that
// resemble each other: in short series chance has some, and then the detector is careful.
std::vector<double> steady(std::size_t n, double level, std::uint64_t phase = 1);
// The same of chance, from a seed.
std::vector<double> noisy(std::size_t n, double level, std::uint64_t seed);

// Adds run `number` with one point of each family.
void tell(history::Store& store, int number, const Figures& figures);
// Runs `first`, first + 1, ... of one family.
void tell(history::Store& store,
          const std::string& family,
          const std::vector<double>& values,
          int first = 1);

// The only platform and branch of the store; fails the test where there is another number.
BranchAnalysis looked_at(history::Store& store, const AnalysisChoice& choice = {});

struct Shown {
    BranchAnalysis analysis;
    AlertBook book = {};

    [[nodiscard]] const BranchAlert& only_alert() const;
};

// As `assay analyze` does: found, and kept.
Shown analysed(history::Store& store);

// How often somebody was told of anything, over all alerts and their events.
std::size_t notifications(history::Store& store);

} // namespace assay::tracking::test
