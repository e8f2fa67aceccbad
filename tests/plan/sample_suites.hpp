// Descriptions of made-up suites, as short as the tests of planning want to write them.
//
//   auto suites = std::vector{suite("router", {family("pick", {axis("n", {16, 64})})})};
#pragma once

#include "plan/plan.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace assay::plan {

inline measure::AxisDescription axis(std::string name, std::vector<std::int64_t> values) {
    measure::AxisDescription axis;
    axis.name = std::move(name);
    axis.type = measure::ParameterType::integer;
    axis.values.assign(values.begin(), values.end());
    return axis;
}

inline measure::AxisDescription text_axis(std::string name, std::vector<std::string> values) {
    measure::AxisDescription axis;
    axis.name = std::move(name);
    axis.type = measure::ParameterType::text;
    axis.values.assign(values.begin(), values.end());
    return axis;
}

inline measure::AxisDescription zip(measure::AxisDescription axis) {
    axis.zip = true;
    return axis;
}

inline measure::AxisDescription variant(measure::AxisDescription axis, std::uint32_t reference) {
    axis.variant = true;
    axis.reference = reference;
    return axis;
}

inline measure::AxisDescription
masked(measure::AxisDescription axis, std::uint64_t quick, std::uint64_t standard) {
    axis.quick_mask = quick;
    axis.standard_mask = standard;
    return axis;
}

inline measure::FamilyDescription family(std::string name,
                                         std::vector<measure::AxisDescription> axes,
                                         std::vector<std::string> tags = {}) {
    measure::FamilyDescription family;
    family.name = std::move(name);
    family.axes = std::move(axes);
    family.tags = std::move(tags);
    return family;
}

inline PlannedSuite suite(std::string name, std::vector<measure::FamilyDescription> families) {
    PlannedSuite suite;
    suite.description.name = std::move(name);
    suite.description.families = std::move(families);
    return suite;
}

inline std::vector<std::string> ids_of(const Plan& plan) {
    std::vector<std::string> ids;
    for (const PlannedCase& planned : plan.cases) {
        ids.push_back(planned.id);
    }
    return ids;
}

// The ids in declared order, or the error's message as the only one.
inline std::vector<std::string> planned_ids(const std::vector<PlannedSuite>& suites,
                                            Selection selection = {}) {
    selection.declared_order = true;
    const auto plan = make_plan(suites, selection);
    return plan ? ids_of(*plan) : std::vector<std::string>{plan.error().message};
}

inline Error plan_error(const std::vector<PlannedSuite>& suites, const Selection& selection) {
    const auto plan = make_plan(suites, selection);
    return plan ? Error{ErrorKind::cancelled, "no error", {}} : plan.error();
}

} // namespace assay::plan
