// `assay help`: the same text as --help, and the documents made from the command table.
#include "app/commands/commands.hpp"
#include "app/help.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/reference.hpp"
#include "app/version.hpp"
#include "support/text.hpp"

namespace assay::app {

namespace {

std::string whole_text(const CommandTable& table) {
    std::string text = help_text(table);
    for (const CommandSpec& command : table.commands) {
        text += "\n" + std::string(kHelpColumns, '-') + "\n" + help_text(table, command);
    }
    return text;
}

Result<std::string> text_about(const CommandTable& table, const std::vector<std::string>& words) {
    if (words.empty()) {
        return help_text(table);
    }
    const std::string name = join(words, " ");
    if (const CommandSpec* command = find_command(table, name)) {
        return help_text(table, *command);
    }
    if (const GroupSpec* group = find_group(table, name)) {
        return help_text(table, *group);
    }
    std::vector<std::string> known;
    for (const CommandSpec& command : table.commands) {
        known.push_back(command.name);
    }
    return Error{.kind = ErrorKind::usage,
                 .message = "no help about '" + name + "'" + did_you_mean(name, known),
                 .hint = "'assay --help' lists the commands"};
}

Result<std::string> text_for(const CommandTable& table, const Invocation& invocation) {
    const std::string format = invocation.value("--format").value_or("text");
    if (format == "markdown") {
        return markdown_reference(table);
    }
    if (format == "man") {
        return man_page(table, kVersion);
    }
    return invocation.has("--all") ? whole_text(table) : text_about(table, invocation.words);
}

int help_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<std::string> text = text_for(command_table(), invocation);
    if (!text) {
        return report(say, text.error());
    }
    return print_result(say, *text);
}

} // namespace

CommandSpec help_spec() {
    return {
        .name = "help",
        .summary = "explain a command, or all of them",
        .examples = {"assay help run"},
        .positionals = {{.name = "COMMAND",
                         .help = "what to explain; nothing: an overview",
                         .repeatable = true}},
        .options = {{.name = "--all", .help = "every command"},
                    {.name = "--format",
                     .value = "FORMAT",
                     .help = "text, or the whole reference as markdown or man",
                     .choices = {"text", "markdown", "man"}}},
        .run = help_command,
    };
}

} // namespace assay::app
