#include "app/help.hpp"

#include "app/exit_code.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::app {

namespace {

constexpr std::size_t kHelpColumn = 30; // where the explanations start

// "  -j, --lanes N              workers driven at once"
std::string row(std::string_view left, std::string_view right) {
    std::string line = "  " + std::string(left);
    if (line.size() + 2 > kHelpColumn) {
        line += "\n";
        line += wrapped(right, kHelpColumn);
        return line;
    }
    line.resize(kHelpColumn, ' ');
    return line + wrapped(right, kHelpColumn).substr(kHelpColumn);
}

// "As in 'assay run': --suite NAME, -j, --lanes N, ...": no line breaks within an option.
std::string explained_elsewhere(const std::vector<OptionSpec>& options) {
    constexpr char kNoBreak = '\x1f';
    std::vector<std::string> words;
    std::string command;
    for (const OptionSpec& option : options) {
        if (!option.explained_by.empty()) {
            command = option.explained_by;
            words.push_back(option_words(option));
            std::ranges::replace(words.back(), ' ', kNoBreak);
        }
    }
    if (words.empty()) {
        return {};
    }
    std::string text =
        "\nAs 'assay " + command + " --help' explains them:\n" + wrapped(join(words, ", "), 2);
    std::ranges::replace(text, kNoBreak, ' ');
    return text;
}

std::string option_rows(const std::vector<OptionSpec>& options) {
    std::vector<std::string> groups;
    for (const OptionSpec& option : options) {
        if (option.explained_by.empty() &&
            std::ranges::find(groups, option.group) == groups.end()) {
            groups.push_back(option.group);
        }
    }
    std::string text;
    for (const std::string& group : groups) {
        text += "\n" + (group.empty() ? "Options" : group) + ":\n";
        for (const OptionSpec& option : options) {
            if (option.group == group && option.explained_by.empty()) {
                text += row(option_words(option), option.help);
            }
        }
    }
    return text + explained_elsewhere(options);
}

std::string examples(const std::vector<std::string>& lines) {
    std::string text = lines.size() == 1 ? "\nExample:\n" : "\nExamples:\n";
    for (const std::string& line : lines) {
        text += "  " + line + "\n";
    }
    return text;
}

std::string global_words(const CommandTable& table) {
    std::vector<std::string> words;
    for (const OptionSpec& option : table.global_options) {
        words.push_back(option.short_name.empty() ? option.name : option.short_name);
        if (!option.is_flag()) {
            words.back() += " " + option.value;
        }
    }
    return join(words, ", ");
}

} // namespace

std::string wrapped(std::string_view text, std::size_t indent) {
    std::string lines;
    std::string line(indent, ' ');
    bool empty = true;
    for (const std::string& word : split(text, ' ')) {
        if (!empty && line.size() + 1 + word.size() > kHelpColumns) {
            lines += line + "\n";
            line.assign(indent, ' ');
            empty = true;
        }
        line += (empty ? "" : " ") + word;
        empty = false;
    }
    return lines + line + "\n";
}

std::string option_words(const OptionSpec& option) {
    const std::string value = option.is_flag() ? "" : " " + option.value;
    return option.short_name.empty() ? option.name + value
                                     : option.short_name + ", " + option.name + value;
}

std::string usage_line(const CommandSpec& command) {
    std::string line = "assay " + command.name;
    for (const PositionalSpec& positional : command.positionals) {
        const std::string word = positional.name + (positional.repeatable ? "..." : "");
        line += positional.required ? " " + word : " [" + word + "]";
    }
    return command.options.empty() ? line : line + " [options]";
}

std::string exit_code_sentence() {
    std::vector<std::string> parts;
    for (const ExitCodeText& text : exit_code_texts()) {
        parts.push_back(std::to_string(static_cast<int>(text.code)) + " " +
                        std::string(text.meaning));
    }
    return join(parts, ", ");
}

std::string help_text(const CommandTable& table) {
    std::string text = "assay: measures software through plugins, and says soundly whether it got "
                       "slower\n";
    text += examples({"assay run --mode quick", "assay list", "assay new suite mine --lang cpp"});
    text += "\nCommands:\n";
    for (const std::string& word : first_words(table)) {
        if (const GroupSpec* group = find_group(table, word)) {
            text += row(word, group->summary);
        } else if (const CommandSpec* command = find_command(table, word)) {
            text += row(word, command->summary);
        }
    }
    text += option_rows(table.global_options);
    text += "\nExit codes:\n";
    for (const ExitCodeText& code : exit_code_texts()) {
        text += row(std::to_string(static_cast<int>(code.code)), code.meaning);
    }
    return text + "\n'assay COMMAND --help' says more.\n";
}

std::string help_text(const CommandTable& table, const CommandSpec& command) {
    std::string text = wrapped("assay " + command.name + ": " + command.summary, 0);
    text += examples(command.examples);
    text += "\nUsage:\n" + wrapped(usage_line(command), 2);
    if (!command.positionals.empty()) {
        text += "\nWords:\n";
        for (const PositionalSpec& positional : command.positionals) {
            text += row(positional.name, positional.help);
        }
    }
    text += option_rows(command.options);
    text += "\n" + wrapped("Everywhere: " + global_words(table) + ".", 0);
    text += wrapped("Exit codes: " + exit_code_sentence() + ".", 0);
    return command.notes.empty() ? text : text + wrapped(command.notes, 0);
}

std::string help_text(const CommandTable& table, const GroupSpec& group) {
    std::string text = wrapped("assay " + group.name + ": " + group.summary, 0);
    std::vector<std::string> lines;
    const std::vector<const CommandSpec*> commands = commands_of(table, group.name);
    for (const CommandSpec* command : commands) {
        lines.push_back(command->examples.front());
    }
    text += examples(lines) + "\nCommands:\n";
    for (const CommandSpec* command : commands) {
        text += row(command->name, command->summary);
    }
    if (!group.default_command.empty()) {
        text += "\n" + wrapped("'assay " + group.name + "' alone is 'assay " +
                                   group.default_command + "'.",
                               0);
    }
    text += "\n" + wrapped("Everywhere: " + global_words(table) + ".", 0);
    text += wrapped("Exit codes: " + exit_code_sentence() + ".", 0);
    return text;
}

} // namespace assay::app
