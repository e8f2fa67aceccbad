// How a case is named: `suite/family[n=64,dtype=f32]`, axes in declared order, no brackets without
// axes. Every id of every document, history and shard is made here.
//
//   std::string id = case_id("router", "least_latency", "n=16");
//
// Pure functions; callable from any thread.
#pragma once

#include "measure/description.hpp"
#include "support/result.hpp"

#include <string>
#include <string_view>

namespace assay::plan {

// An id longer than this is a document on an axis; it also bounds the recursion of std::regex.
inline constexpr std::size_t kIdBytesMax = 4096;

// "n=64": one axis and its value; text is percent-encoded.
std::string axis_text(std::string_view axis, const measure::ParameterValue& value);

// "model=router.json-0123abcd": a file as a value, by what it holds and not by where it lies.
std::string axis_file_text(std::string_view axis, std::string_view path, std::string_view digest);

// `axes` = axis texts joined by ','; empty for a family without axes.
std::string case_id(std::string_view suite, std::string_view family, std::string_view axes);

} // namespace assay::plan
