// What airspeed velocity writes: files of results, their definitions, and the log of `asv run`.
//
//   Definitions known = read_definitions(benchmarks_json);
//   add_results(JsonTree::read(bytes).root(), known, out);
//
// Pure but for what goes to `out`.
#pragma once

#include "import_formats/json_tree.hpp"

#include <assay/importer.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace asv {

// What benchmarks.json says of one benchmark.
struct Definition {
    std::string unit, version;
    std::vector<std::string> parameter_names;
};

using Definitions = std::map<std::string, Definition, std::less<>>;

Definitions read_definitions(assay::import_formats::JsonNode root);

// The unit that the kind of a benchmark, told by its name, has.
std::string unit_by_name(std::string_view benchmark);

// "module.Class.time_it" is time_it in module.Class.
assay::imported_case case_named(std::string_view benchmark);

// A metric without figures, in that unit.
assay::imported_metric metric_in_unit(std::string_view unit);

bool is_results(assay::import_formats::JsonNode root);
void add_results(assay::import_formats::JsonNode root,
                 const Definitions& known,
                 assay::import_output& out);

int probe_log(std::string_view head);
void parse_log(std::string_view bytes, assay::import_output& out);

} // namespace asv
