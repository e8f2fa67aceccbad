#include "app/command_table.hpp"

#include "app/commands/commands.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {

namespace {

std::vector<OptionSpec> global_options() {
    return {
        {.name = "--help", .short_name = "-h", .help = "show this help"},
        {.name = "--quiet", .short_name = "-q", .help = "only the summary, errors and failures"},
        {.name = "--verbose", .short_name = "-v", .help = "say more about what is done and why"},
        {.name = "--directory",
         .short_name = "-C",
         .value = "DIR",
         .help = "work as if started in DIR",
         .kind = ValueKind::folder},
        {.name = "--color",
         .value = "WHEN",
         .help = "auto, always or never",
         .choices = {"auto", "always", "never"}},
        {.name = "--version", .help = "show the version"},
    };
}

void append(std::vector<CommandSpec>& commands, std::vector<CommandSpec> more) {
    std::ranges::move(more, std::back_inserter(commands));
}

CommandTable make_table() {
    CommandTable table;
    table.global_options = global_options();
    table.groups = {
        {.name = "analyze",
         .summary = "what changed in the history: change points, drift, alerts",
         .default_command = "analyze show"},
        {.name = "baseline", .summary = "builds and figures to compare with"},
        {.name = "history",
         .summary = "what was measured before: runs, trends, upkeep",
         .default_command = "history runs"},
        {.name = "new", .summary = "start a plugin project or a .assay folder"},
        {.name = "trust",
         .summary = "say what a project's folder may load",
         .default_command = "trust show"},
    };
    table.commands.push_back(run_spec());
    table.commands.push_back(compare_spec());
    table.commands.push_back(gate_spec());
    append(table.commands, baseline_specs());
    append(table.commands, history_specs());
    append(table.commands, analyze_specs());
    table.commands.push_back(dashboard_spec());
    table.commands.push_back(report_spec());
    table.commands.push_back(import_spec());
    table.commands.push_back(export_run_spec());
    table.commands.push_back(list_spec());
    table.commands.push_back(check_spec());
    table.commands.push_back(doctor_spec());
    append(table.commands, new_specs());
    append(table.commands, trust_specs());
    table.commands.push_back(completion_spec());
    table.commands.push_back(help_spec());
    return table;
}

} // namespace

const CommandTable& command_table() {
    static const CommandTable table = make_table();
    return table;
}

const CommandSpec* find_command(const CommandTable& table, std::string_view name) noexcept {
    const auto found = std::ranges::find(table.commands, name, &CommandSpec::name);
    return found == table.commands.end() ? nullptr : &*found;
}

const GroupSpec* find_group(const CommandTable& table, std::string_view name) noexcept {
    const auto found = std::ranges::find(table.groups, name, &GroupSpec::name);
    return found == table.groups.end() ? nullptr : &*found;
}

std::vector<const CommandSpec*> commands_of(const CommandTable& table, std::string_view group) {
    const std::string prefix = std::string(group) + " ";
    std::vector<const CommandSpec*> found;
    for (const CommandSpec& command : table.commands) {
        if (command.name.starts_with(prefix)) {
            found.push_back(&command);
        }
    }
    return found;
}

std::vector<std::string> first_words(const CommandTable& table) {
    std::vector<std::string> words;
    for (const CommandSpec& command : table.commands) {
        const std::string word = command.name.substr(0, command.name.find(' '));
        if (std::ranges::find(words, word) == words.end()) {
            words.push_back(word);
        }
    }
    return words;
}

} // namespace assay::app
