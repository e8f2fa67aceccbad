// Complexity over every numeric axis of a run: collected case by case, fitted at the end.
//
//   ComplexityFits fits;
//   fits.see(result, family);             // every case that is over, whatever its status
//   json::array found = fits.document(seed);   // "complexity" of run_end and of the results
//
// An axis is fitted where at least three of its values were measured, once for each combination of
// the other axes, and only where all cases of that combination passed. Axes that advance together
// (zip) count as one: what varies with an axis is no fixed parameter. Not thread-safe.
#pragma once

#include "report/event.hpp"
#include "statistics/complexity.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay::app {

class ComplexityFits {
public:
    void see(const report::CaseResult& result, const measure::FamilyDescription& family);

    // One object per fit, in the order of suite, family, axis and parameters. Where no fit was
    // possible "class" is null and "reason" says why.
    [[nodiscard]] json::array document(std::uint64_t seed) const;

private:
    struct Group {
        std::string suite, family, axis;
        json::object params; // of the other axes, all fixed
        std::string at;      // the same as in a case id: "[dtype=f32]", or empty
        std::vector<statistics::ComplexityPoint> points;
        bool all_passed = true;
    };

    std::map<std::string, Group> groups_; // by what they have in common, as text
};

} // namespace assay::app
