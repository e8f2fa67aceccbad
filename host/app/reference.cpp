#include "app/reference.hpp"

#include "app/exit_code.hpp"
#include "app/help.hpp"
#include "support/text.hpp"

namespace assay::app {

namespace {

std::string explained(const OptionSpec& option) {
    std::string text = option.help;
    if (!option.environment.empty()) {
        text += "; else `" + option.environment + "`";
    }
    return text;
}

// A "|" would end the table's cell.
std::string cell(const std::string& text) {
    return join(split(text, '|'), "\\|");
}

std::string option_table(const std::vector<OptionSpec>& options) {
    std::string text = "| option | does |\n|---|---|\n";
    for (const OptionSpec& option : options) {
        text += "| `" + cell(option_words(option)) + "` | " + cell(explained(option)) + " |\n";
    }
    return text;
}

std::string markdown_of(const CommandSpec& command) {
    std::string text = "\n## assay " + command.name + "\n\n";
    text += command.summary + "\n\n```sh\n" + join(command.examples, "\n") + "\n```\n\n";
    text += "Usage: `" + usage_line(command) + "`\n";
    if (!command.positionals.empty()) {
        text += "\n| word | is |\n|---|---|\n";
        for (const PositionalSpec& positional : command.positionals) {
            text += "| `" + positional.name + "` | " + cell(positional.help) + " |\n";
        }
    }
    if (!command.options.empty()) {
        text += "\n" + option_table(command.options);
    }
    return command.notes.empty() ? text : text + "\n" + command.notes + "\n";
}

// Text for roff: backslashes and hyphens escaped, a leading dot or quote kept from being a request.
std::string roff(std::string_view text) {
    std::string escaped;
    if (!text.empty() && (text[0] == '.' || text[0] == '\'')) {
        escaped += "\\&";
    }
    for (const char letter : text) {
        if (letter == '\\') {
            escaped += "\\e";
        } else if (letter == '-') {
            escaped += "\\-";
        } else {
            escaped += letter;
        }
    }
    return escaped;
}

std::string man_options(const std::vector<OptionSpec>& options) {
    std::string text;
    for (const OptionSpec& option : options) {
        text += ".TP\n.B " + roff(option_words(option)) + "\n" + roff(option.help) + ".\n";
        if (!option.environment.empty()) {
            text +=
                "Without it, the environment variable " + roff(option.environment) + " is read.\n";
        }
    }
    return text;
}

std::string man_of(const CommandSpec& command) {
    std::string text = ".SS " + roff(usage_line(command)) + "\n" + roff(command.summary) + ".\n";
    for (const std::string& example : command.examples) {
        text += ".PP\n.EX\n" + roff(example) + "\n.EE\n";
    }
    for (const PositionalSpec& positional : command.positionals) {
        text += ".TP\n.I " + roff(positional.name) + "\n" + roff(positional.help) + ".\n";
    }
    text += man_options(command.options);
    return command.notes.empty() ? text : text + ".PP\n" + roff(command.notes) + "\n";
}

} // namespace

std::string markdown_reference(const CommandTable& table) {
    std::string text = "# The command line of assay\n\n"
                       "For whoever calls `assay` by hand or from a script. Made by "
                       "`assay help --all --format markdown`; do not edit.\n\n"
                       "Results go to stdout; progress, notes and errors to stderr. What the "
                       "command line says beats the environment, which beats "
                       "`.assay/assay.json`.\n\n";
    text += "## Everywhere\n\n" + option_table(table.global_options);
    for (const CommandSpec& command : table.commands) {
        text += markdown_of(command);
    }
    text += "\n## Exit codes\n\n| code | means |\n|---|---|\n";
    for (const ExitCodeText& code : exit_code_texts()) {
        text += "| " + std::to_string(static_cast<int>(code.code)) + " | " +
                std::string(code.meaning) + " |\n";
    }
    return text + "\nWhen several apply, the first of 130, 2, 6, 3, 1, 4, 5, 0 is returned.\n";
}

std::string man_page(const CommandTable& table, const std::string& version) {
    std::string text = ".TH ASSAY 1 \"\" \"assay " + version + "\" \"User Commands\"\n";
    text += ".SH NAME\nassay \\- measures software through plugins\n";
    text += ".SH SYNOPSIS\n.B assay\n.I command\n[\\fIwords\\fR] [\\fIoptions\\fR]\n";
    text += ".SH DESCRIPTION\n"
            "Measures how fast, how well and how heavily software works, through plugins, and says "
            "soundly whether it got worse.\n"
            "Results go to stdout; progress, notes and errors to stderr.\n";
    text += ".SH OPTIONS\n" + man_options(table.global_options) + ".SH COMMANDS\n";
    for (const CommandSpec& command : table.commands) {
        text += man_of(command);
    }
    text += ".SH EXIT STATUS\n";
    for (const ExitCodeText& code : exit_code_texts()) {
        text += ".TP\n.B " + std::to_string(static_cast<int>(code.code)) + "\n" +
                roff(code.meaning) + ".\n";
    }
    text += ".PP\nWhen several apply, the first of 130, 2, 6, 3, 1, 4, 5, 0 is returned.\n";
    text += ".SH ENVIRONMENT\n"
            ".TP\n.B ASSAY_PLUGIN_PATH\nFolders of plugins, separated by colons.\n"
            ".TP\n.B ASSAY_TRUST_PROJECT\n1, or sha256: and the hash to trust.\n"
            ".TP\n.B NO_COLOR\nNo colours when not empty.\n";
    return text;
}

} // namespace assay::app
