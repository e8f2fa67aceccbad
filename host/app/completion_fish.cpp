#include "app/completion.hpp"
#include "support/text.hpp"

namespace assay::app {

namespace {

// fish knows \' and \\ inside single quotes.
std::string fish_quoted(std::string_view text) {
    std::string quoted = "'";
    for (const char letter : text) {
        if (letter == '\'' || letter == '\\') {
            quoted += '\\';
        }
        quoted += letter;
    }
    return quoted + "'";
}

// "auto (assay list --importers ...)"
std::string offered_words(const Offer& offer) {
    std::vector<std::string> words = offer.words;
    if (!offer.listing.empty()) {
        words.push_back("(" + listing_command("assay", offer.listing) + ")");
    }
    return join(words, " ");
}

std::string
value_words(const std::vector<std::string>& choices, ValueKind kind, const Offer& offer) {
    if (!offer.empty()) {
        return " -x -a " + fish_quoted(offered_words(offer));
    }
    if (!choices.empty()) {
        return " -x -a " + fish_quoted(join(choices, " "));
    }
    if (kind == ValueKind::file) {
        return " -r -F";
    }
    return kind == ValueKind::folder ? " -x -a '(__fish_complete_directories)'" : " -x";
}

std::string option_line(const OptionSpec& option, const std::string& condition) {
    std::string text = "complete -c assay";
    if (!condition.empty()) {
        text += " -n " + fish_quoted(condition);
    }
    text += " -l " + option.name.substr(2);
    if (!option.short_name.empty()) {
        text += " -s " + option.short_name.substr(1);
    }
    if (!option.is_flag()) {
        text += value_words(option.choices, option.kind, option.offer);
    }
    return text + " -d " + fish_quoted(option.help) + "\n";
}

std::string
word_line(const std::string& word, const std::string& summary, const std::string& condition) {
    return "complete -c assay -n " + fish_quoted(condition) + " -a " + fish_quoted(word) + " -d " +
           fish_quoted(summary) + "\n";
}

// True behind the words of the command, as fish's own functions say it.
std::string seen(const std::string& command) {
    std::vector<std::string> conditions;
    for (const std::string& word : split(command, ' ')) {
        conditions.push_back("__fish_seen_subcommand_from " + word);
    }
    return join(conditions, "; and ");
}

std::string group_lines(const CommandTable& table, const GroupSpec& group) {
    std::vector<std::string> seconds;
    for (const CommandSpec* command : commands_of(table, group.name)) {
        seconds.push_back(command->name.substr(group.name.size() + 1));
    }
    const std::string condition =
        seen(group.name) + "; and not __fish_seen_subcommand_from " + join(seconds, " ");
    std::string text;
    for (const CommandSpec* command : commands_of(table, group.name)) {
        text += word_line(command->name.substr(group.name.size() + 1), command->summary, condition);
    }
    return text;
}

std::string command_lines(const CommandSpec& command) {
    std::string text;
    for (const OptionSpec& option : command.options) {
        text += option_line(option, seen(command.name));
    }
    for (const PositionalSpec& positional : command.positionals) {
        for (const std::string& choice : positional.choices) {
            text += word_line(choice, positional.name, seen(command.name));
        }
        if (!positional.offer.empty()) {
            text += word_line(offered_words(positional.offer), positional.name, seen(command.name));
        }
        if (positional.kind == ValueKind::file) {
            text += "complete -c assay -n " + fish_quoted(seen(command.name)) + " -F\n";
        }
    }
    return text;
}

} // namespace

std::string fish_completion(const CommandTable& table) {
    std::string text = "# fish completion for assay; made by: assay completion fish\n"
                       "complete -c assay -f\n";
    for (const std::string& word : first_words(table)) {
        const GroupSpec* group = find_group(table, word);
        text += word_line(word,
                          group ? group->summary : find_command(table, word)->summary,
                          "__fish_use_subcommand");
    }
    for (const OptionSpec& option : table.global_options) {
        text += option_line(option, "");
    }
    for (const GroupSpec& group : table.groups) {
        text += group_lines(table, group);
    }
    for (const CommandSpec& command : table.commands) {
        text += command_lines(command);
    }
    return text;
}

} // namespace assay::app
