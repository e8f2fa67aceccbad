#include "app/completion.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::app {

namespace {

// "_assay_trust_add"
std::string function_name(std::string_view command) {
    std::string name = "_assay_" + std::string(command);
    std::ranges::replace(name, ' ', '_');
    return name;
}

// Inside [...] and between colons of an _arguments specification.
std::string escaped(std::string_view text) {
    std::string clean;
    for (const char letter : text) {
        if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') {
            clean += '\\';
        }
        clean += letter;
    }
    return clean;
}

// "{_assay_offer --importers auto}"
std::string offer_action(const Offer& offer) {
    return "{_assay_offer " + shell_quoted(offer.listing) +
           (offer.words.empty() ? "" : " " + join(offer.words, " ")) + "}";
}

std::string action(const std::vector<std::string>& choices, ValueKind kind, const Offer& offer) {
    if (!offer.empty()) {
        return offer_action(offer);
    }
    if (!choices.empty()) {
        return "(" + join(choices, " ") + ")";
    }
    if (kind == ValueKind::file) {
        return "_files";
    }
    return kind == ValueKind::folder ? "_files -/" : "";
}

// One specification per name: '*--plugin=[help]:FILE:_files'
std::string specification(const OptionSpec& option, const std::string& name) {
    std::string text = (option.repeatable ? "*" : "") + name;
    if (option.is_flag()) {
        return text + "[" + escaped(option.help) + "]";
    }
    text += name.starts_with("--") ? "=" : "+";
    return text + "[" + escaped(option.help) + "]:" + escaped(option.value) + ":" +
           action(option.choices, option.kind, option.offer);
}

std::string option_lines(const std::vector<OptionSpec>& options) {
    std::string text;
    for (const OptionSpec& option : options) {
        text += " \\\n        " + shell_quoted(specification(option, option.name));
        if (!option.short_name.empty()) {
            text += " \\\n        " + shell_quoted(specification(option, option.short_name));
        }
    }
    return text;
}

std::string positional_lines(const CommandSpec& command) {
    std::string text;
    std::size_t place = 1;
    for (const PositionalSpec& positional : command.positionals) {
        std::string start = positional.repeatable ? "*" : std::to_string(place);
        if (!positional.repeatable && !positional.required) {
            start += ":";
        }
        const std::string words = action(positional.choices, positional.kind, positional.offer);
        text += " \\\n        " + shell_quoted(start + ":" + escaped(positional.name) + ":" +
                                               (words.empty() ? " " : words));
        ++place;
    }
    return text;
}

std::string command_function(const CommandTable& table, const CommandSpec& command) {
    return function_name(command.name) + "() {\n    _arguments -s" + option_lines(command.options) +
           option_lines(table.global_options) + positional_lines(command) + "\n}\n\n";
}

// A function that completes one word out of several and then goes on with that word's function.
std::string chooser(const CommandTable& table,
                    const std::string& name,
                    const std::string& prefix,
                    const std::vector<std::pair<std::string, std::string>>& words) {
    std::string text = name + "() {\n"
                              "    local curcontext=\"$curcontext\" context state line\n"
                              "    local -a words_known\n"
                              "    words_known=(\n";
    for (const auto& [word, summary] : words) {
        text += "        " + shell_quoted(word + ":" + summary) + "\n";
    }
    text += "    )\n    _arguments -C -s" + option_lines(table.global_options) +
            " \\\n        '1: :->word' \\\n        '*:: :->rest'\n"
            "    case $state in\n"
            "    word) _describe -t commands command words_known ;;\n"
            "    rest)\n"
            "        case $words[1] in\n";
    for (const auto& [word, summary] : words) {
        text += "        " + word + ") " + function_name(prefix + word) + " ;;\n";
    }
    return text + "        esac ;;\n    esac\n}\n\n";
}

} // namespace

std::string zsh_completion(const CommandTable& table) {
    std::string text =
        "#compdef assay\n# zsh completion for assay; made by: assay completion zsh\n\n";
    text += "_assay_offer() {\n"
            "    local listing=$1; shift\n"
            "    local -a names=(\"$@\" ${(f)\"$(" +
            listing_command("assay", "$listing") +
            ")\"})\n"
            "    compadd -a names\n"
            "}\n\n";
    for (const CommandSpec& command : table.commands) {
        text += command_function(table, command);
    }
    for (const GroupSpec& group : table.groups) {
        std::vector<std::pair<std::string, std::string>> words;
        for (const CommandSpec* command : commands_of(table, group.name)) {
            words.emplace_back(command->name.substr(group.name.size() + 1), command->summary);
        }
        text += chooser(table, function_name(group.name), group.name + " ", words);
    }
    std::vector<std::pair<std::string, std::string>> words;
    for (const std::string& word : first_words(table)) {
        const GroupSpec* group = find_group(table, word);
        words.emplace_back(word, group ? group->summary : find_command(table, word)->summary);
    }
    text += chooser(table, "_assay", "", words);
    // Works from a folder of $fpath and through eval alike.
    return text + "if [[ $funcstack[1] == _assay ]]; then\n    _assay \"$@\"\nelse\n"
                  "    compdef _assay assay\nfi\n";
}

} // namespace assay::app
