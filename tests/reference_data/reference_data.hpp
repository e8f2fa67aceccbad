// The reference data beside the project, for tests that hold results against what others computed.
//
//   const auto file = reference_data("active-inference/fpi.json");
//   if (!file) { return; }             // the folder is absent; the test's output says so
//
// ASSAY_REFERENCE_DATA names another folder. Pure but for reading files.
#pragma once

#include "support/json.hpp"

#include <active_inference/model.hpp>
#include <optional>
#include <string>
#include <vector>

namespace assay::test {

// Nothing where the folder is missing, which a message tells. A file that is there and cannot be
// read fails the test.
std::optional<json::value> reference_data(const std::string& path);

// {"shape": [...], "data": [...]}, row-major.
active_inference::Tensor tensor_of(const json::value& value);
std::vector<active_inference::Tensor> tensors_of(const json::value& list);
std::vector<double> numbers_of(const json::value& list);
std::vector<std::size_t> sizes_of(const json::value& list);
std::vector<active_inference::FactorList> lists_of(const json::value& list);

// Of a case's "in": A, B, C, D or prior, E, the lists and counts, as far as they are there. Lists
// that are not there: every modality sees all factors, every factor depends on itself.
active_inference::FactoredModel model_of(const json::value& in);

// |x - y| <= 1e-9 + 1e-9 |y|: the tolerance that the data was made for.
[[nodiscard]] bool is_close(double found, double expected) noexcept;

} // namespace assay::test
