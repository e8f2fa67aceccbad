// The cases of two builds, matched by id: which can be compared, and why the others cannot.
//
//   std::vector<MatchedCase> cases = match(old_side, new_side);
//
// Pure; any thread.
#pragma once

#include "app/comparison/side.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

enum class CaseFate {
    compared,     // measured on both sides, whatever the verdict
    only_in_old,  // lost: a failure, not a smaller comparison
    only_in_new,  // counted, no fault
    incomparable, // the two do not measure the same thing
    failed,       // crashed, timed out, wrong or dishonest on a side
};

std::string_view name_of(CaseFate fate) noexcept; // "only_in_old", ... as in the document

struct MatchedCase {
    std::string id;
    CaseFate fate = CaseFate::compared; // of those that may be measured, before they are
    std::string reason;                 // why not, for the others
    // Valid as the fate says: only_in_old has no new side and the other way round.
    const SessionSuite* old_suite = nullptr;
    const SessionSuite* new_suite = nullptr;
    const plan::PlannedCase* old_case = nullptr;
    const plan::PlannedCase* new_case = nullptr;

    [[nodiscard]] const measure::FamilyDescription& family() const {
        return new_case != nullptr ? new_suite->description.families[new_case->family]
                                   : old_suite->description.families[old_case->family];
    }
};

// In the order of the new side's plan, then what only the old side has. The sides must outlive it.
std::vector<MatchedCase> match(const Side& old_side, const Side& new_side);

} // namespace assay::app
