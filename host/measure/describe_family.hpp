// Copies one family out of the plugin's descriptor and checks it. Used for whole descriptions and,
// by a launch, for the one family that it measures.
//
//   Result<FamilyDescription> family = describe_family(*suite->case_at(handle, 3), where);
//
// Pure functions; the plugin's memory is only read.
#pragma once

#include "measure/description.hpp"
#include "support/result.hpp"

#include <assay/plugin.h>

#include <string>
#include <string_view>

namespace assay::measure {

// Where a descriptor stands, for messages.
struct FamilyPlace {
    std::string suite;
    std::uint32_t index = 0;
};

Result<FamilyDescription>
describe_family(const assay_case_def& def, bool has_prepare, const FamilyPlace& place);

// The axis or metric, or what is wrong with it ("axes[1].type is 9, expected ...").
Result<AxisDescription> describe_axis(const assay_axis* axis, const std::string& field);
Result<MetricDescription> describe_metric(const assay_metric_def* metric, const std::string& field);

// What holds between the metrics of one family: unique keys, RATIO over SUMs, companions that
// exist. Empty: all well.
std::string metrics_fault(const std::vector<MetricDescription>& metrics);

// The functions without which there is no suite, and the struct's size.
Status check_interface(std::string_view suite, const assay_suite_v1& iface);

// [a-z0-9_]+, at most 128 bytes; with_dots: [a-z0-9_.]+.
bool is_name(std::string_view name, bool with_dots = false) noexcept;

} // namespace assay::measure
