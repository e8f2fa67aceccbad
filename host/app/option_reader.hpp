// The one place that knows CLI11: splits `--name=value`, `-j4`, `-qv` into options and values.
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"
#include "support/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::app {

struct OptionWords {
    std::map<std::string, std::vector<std::string>> options; // "--mode" -> {"quick"}; flag -> {""}
    std::vector<std::string> rest; // in order: positionals, and options that are not in `specs`
};

// Reads words that hold no "--". Values are not checked here.
Result<OptionWords> read_options(const std::vector<const OptionSpec*>& specs,
                                 const std::vector<std::string>& words);

} // namespace assay::app
