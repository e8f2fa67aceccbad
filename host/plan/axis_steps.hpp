// The steps a family's axes take in one run: which values the mode leaves, what `--param` puts in
// their place, and which axes advance together.
//
//   auto groups = axis_groups("router", family, selection);
//   for (const AxisStep& step : groups->front().steps) ...   // step.text == "n=64,dtype=f32"
//
// Pure but for Selection::file_digest; callable from any thread.
#pragma once

#include "plan/plan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

// One value for each axis of a group, and how they stand in the id.
struct AxisStep {
    std::vector<measure::ParameterValue> values;
    std::string text;
};

// An axis and those that advance together with it (zip). The groups of a family are crossed.
struct AxisGroup {
    std::vector<std::string> names;
    std::vector<AxisStep> steps;
    // The text of the reference step where the group holds a variant axis; it need not be among the
    // steps.
    std::optional<std::string> reference_text;
};

// Usage errors: a value that is not of the axis' type, one given twice, numbers of values that do
// not fit together. Plugin error: axes that advance together and differ in length.
Result<std::vector<AxisGroup>> axis_groups(std::string_view suite,
                                           const measure::FamilyDescription& family,
                                           const Selection& selection);

} // namespace assay::plan
