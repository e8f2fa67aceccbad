// The three forms in which criterion.rs gives its results; criterion.cpp asks each whether a file
// is of its form.
//
//   if (criterion::probe_text(file) > 60) criterion::parse_text(bytes, out);
//
// Pure but for what goes to `out`.
#pragma once

#include <assay/importer.hpp>

#include <string_view>
#include <vector>

namespace criterion {

int probe_tree(const assay::probed_file& file);
void parse_tree(std::string_view image, assay::import_output& out);

// An estimates.json or sample.json by itself: only the folders around it name its benchmark.
int probe_part(const assay::probed_file& file);

int probe_messages(const assay::probed_file& file);
void parse_messages(std::string_view bytes, assay::import_output& out);

int probe_text(const assay::probed_file& file);
void parse_text(std::string_view bytes, assay::import_output& out);

// Adds `per_iteration` of `unit` ("bytes", "elements") as a rate over the times of an iteration.
void add_rate(std::string_view unit,
              double per_iteration,
              const std::vector<double>& seconds,
              assay::imported_case& row);

} // namespace criterion
