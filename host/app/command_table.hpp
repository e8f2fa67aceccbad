// The command table: one description of every command and option, from which parsing (CLI11),
// --help, shell completion, the man page and the CLI reference are all made.
//
//   const CommandTable& table = command_table();
//   for (const CommandSpec& command : table.commands) ...
//
// Constant after start-up; callable from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

// What an option's value must look like; checked while parsing, and told to shell completion.
enum class ValueKind {
    text,     // anything
    count,    // decimal, 0 or more
    duration, // "90s", "1500ms", "2m"; a bare number is seconds
    shard,    // "2/8": 1 <= i <= n
    file,
    folder,
};

// What shell completion offers where any word may stand.
struct Offer {
    std::vector<std::string> words = {}; // "auto"
    std::string listing = {};            // the names in a listing: "--importers" of `assay list`

    [[nodiscard]] bool empty() const noexcept { return words.empty() && listing.empty(); }
};

struct OptionSpec {
    std::string name;                      // "--mode"
    std::string short_name = {};           // "-j" or empty
    std::string value = {};                // "MODE"; empty = a flag
    std::string help = {};                 // one line
    std::string group = {};                // heading it stands under in --help
    std::vector<std::string> choices = {}; // allowed values; empty = any
    bool repeatable = false;
    std::string environment = {}; // variable that gives the value when the command line does not
    ValueKind kind = ValueKind::text;
    Offer offer = {};
    std::string explained_by = {}; // the command whose --help says what it does: "run"

    [[nodiscard]] bool is_flag() const noexcept { return value.empty(); }
};

struct PositionalSpec {
    std::string name; // "FILTER"
    std::string help;
    bool required = false;
    bool repeatable = false;
    std::vector<std::string> choices = {}; // allowed words; empty = any
    ValueKind kind = ValueKind::text;      // for completion
    Offer offer = {};
};

// What the user asked for, parsed and checked against the table: names known, values valid.
class Invocation {
public:
    std::string command;            // "run", "trust add"
    std::vector<std::string> words; // positionals
    // "--mode" -> {"quick"}; a flag -> {""}. From the command line only.
    std::map<std::string, std::vector<std::string>> options;
    // "--mode" -> "quick": of the options not given, those whose environment variable is set.
    std::map<std::string, std::string> environment;
    std::vector<std::string> argv; // as typed, for the record

    // Given on the command line or by its environment variable.
    [[nodiscard]] bool has(std::string_view option) const;
    // The last value given, from the command line or else the option's environment variable.
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    // The same, read as what the table promised (ValueKind::count, ValueKind::duration).
    [[nodiscard]] std::optional<std::uint64_t> count(std::string_view option) const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration(std::string_view option) const;
};

struct CommandSpec {
    std::string name;                               // "run"; a subcommand is written "trust add"
    std::string summary;                            // one line
    std::vector<std::string> examples;              // --help leads with them
    std::vector<PositionalSpec> positionals = {};   //
    std::vector<OptionSpec> options = {};           // besides the global ones
    std::string notes = {};                         // at the end of --help: where to read on
    std::function<int(const Invocation&)> run = {}; // returns the exit code
};

// The first word of commands of two words: "trust" of "trust add".
struct GroupSpec {
    std::string name, summary;
    std::string default_command = {}; // what the word alone means: "trust show"; or nothing
};

struct CommandTable {
    std::vector<OptionSpec> global_options; // -h -q -v -C --color --version
    std::vector<GroupSpec> groups;
    std::vector<CommandSpec> commands;
};

const CommandTable& command_table();

const CommandSpec* find_command(const CommandTable& table, std::string_view name) noexcept;
const GroupSpec* find_group(const CommandTable& table, std::string_view name) noexcept;
// The commands of a group, in the order of the table.
std::vector<const CommandSpec*> commands_of(const CommandTable& table, std::string_view group);
// "run", "list", "trust", ...: what may stand behind `assay`, in the order of the table.
std::vector<std::string> first_words(const CommandTable& table);

} // namespace assay::app
