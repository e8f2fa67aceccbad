// The command table: one description of every command and option, from which parsing (CLI11), --help,
// shell completion, the man page and the CLI reference are all made.
//
//   const CommandTable& table = command_table();
//   for (const CommandSpec& command : table.commands) ...
//
// Constant after start-up.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

struct OptionSpec {
    std::string name;        // "--mode"
    std::string short_name;  // "-j" or empty
    std::string value;       // "MODE"; empty = a flag
    std::string help;        // one line
    std::string group;       // heading it stands under in --help
    std::vector<std::string> choices = {}; // allowed values; empty = any
    bool repeatable = false;
    std::string environment = {}; // variable that gives the value when the command line does not
};

struct PositionalSpec {
    std::string name; // "FILTER"
    std::string help;
    bool required = false;
    bool repeatable = false;
};

// What the user asked for, parsed and checked against the table: names known, choices valid.
class Invocation {
  public:
    std::string command;                                        // "run", "trust add"
    std::vector<std::string> words;                             // positionals
    std::map<std::string, std::vector<std::string>> options;    // "--mode" -> {"quick"}; a flag -> {""}
    std::vector<std::string> argv;                              // as typed, for the record

    [[nodiscard]] bool has(std::string_view option) const;
    // The last value given, from the command line or else the option's environment variable.
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
};

struct CommandSpec {
    std::string name;    // "run"; a subcommand is written "trust add"
    std::string summary; // one line
    std::vector<std::string> examples; // --help leads with the first
    std::vector<PositionalSpec> positionals;
    std::vector<OptionSpec> options; // besides the global ones
    std::string notes = {};          // at the end of --help: exit codes, where to read on
    std::function<int(const Invocation&)> run;
};

struct CommandTable {
    std::vector<OptionSpec> global_options; // -h -q -v -C --color --version
    std::vector<CommandSpec> commands;
};

} // namespace assay::app
