// Options that several commands have, written once so that they mean the same everywhere.
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"

#include <string>
#include <vector>

namespace assay::app {

OptionSpec suite_option(const std::string& group);
OptionSpec mode_option(const std::string& group);
OptionSpec config_option(const std::string& group);
// --plugin, --plugin-dir, --trust-project
std::vector<OptionSpec> plugin_options(const std::string& group);
// --format text|json|csv
OptionSpec table_format_option(const std::string& group);

// Those options of `run` that another measuring command has too, by name.
std::vector<OptionSpec> options_of_run(const std::vector<std::string>& names); // run_options.cpp

// --margin, --alpha, --method, --budget, --no-controls, --require-same-results
std::vector<OptionSpec> comparison_options_table(const std::string& group); // compare_options.cpp

PositionalSpec filter_words();

} // namespace assay::app
