#include "app/parser.hpp"

#include "app/option_reader.hpp"
#include "app/value_text.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::app {

namespace {

Error usage(std::string message, std::string hint) {
    return Error{.kind = ErrorKind::usage, .message = std::move(message), .hint = std::move(hint)};
}

// True when the word as it stands ("--mode", not "--mode=quick") is followed by its value, in
// whichever command knows it. Options of one name take a value everywhere or nowhere (tested).
bool expects_value(const CommandTable& table, std::string_view word) {
    const auto matches = [word](const OptionSpec& option) {
        return !option.is_flag() && (option.name == word || option.short_name == word);
    };
    return std::ranges::any_of(table.global_options, matches) ||
           std::ranges::any_of(table.commands, [&](const CommandSpec& command) {
               return std::ranges::any_of(command.options, matches);
           });
}

// The command line before anything is known about the command: where the plain words are.
struct Survey {
    std::vector<std::size_t> plain; // neither options nor their values, in front of "--"
    std::size_t end = 0;            // index of "--", or the number of arguments
    bool help = false, version = false;
    std::string dangling; // an option that needs a value and is the last word
};

Survey survey(const CommandTable& table, const std::vector<std::string>& arguments) {
    Survey found;
    found.end = arguments.size();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        if (word == "--") {
            found.end = i;
            break;
        }
        if (word.size() < 2 || word[0] != '-') {
            found.plain.push_back(i);
            continue;
        }
        found.help = found.help || word == "-h" || word == "--help";
        found.version = found.version || word == "--version";
        if (expects_value(table, word)) {
            ++i;
            if (i >= arguments.size() || arguments[i] == "--") {
                found.dangling = word;
                found.end = std::min(i, arguments.size());
                break;
            }
        }
    }
    return found;
}

// Which command the plain words name, and how many of them it took.
struct Named {
    const CommandSpec* command = nullptr;
    const GroupSpec* group = nullptr; // set when the first word is a group
    std::size_t words = 0;
};

Error unknown_command(const CommandTable& table, const std::string& word) {
    const std::vector<std::string> known = first_words(table);
    return usage("unknown command '" + word + "'" + did_you_mean(word, known),
                 "'assay --help' lists the commands");
}

// "akc" of "ack" is a slip, and no word for the default command.
bool is_near_a_command_of(const CommandTable& table,
                          const GroupSpec& group,
                          const std::string& word) {
    std::vector<std::string> known;
    for (const CommandSpec* command : commands_of(table, group.name)) {
        known.push_back(command->name.substr(group.name.size() + 1));
    }
    return nearest(word, known).has_value();
}

Error unknown_subcommand(const CommandTable& table,
                         const GroupSpec& group,
                         const std::string& word) {
    std::vector<std::string> known;
    for (const CommandSpec* command : commands_of(table, group.name)) {
        known.push_back(command->name.substr(group.name.size() + 1));
    }
    const std::string expected = "expected " + join(known, ", ");
    if (word.empty()) {
        return usage("'assay " + group.name + "' needs to know what: " + expected,
                     "'assay " + group.name + " --help' shows examples");
    }
    return usage("unknown command '" + group.name + " " + word + "'" + did_you_mean(word, known) +
                     ": " + expected,
                 "'assay " + group.name + " --help' shows examples");
}

Result<Named> name_command(const CommandTable& table, const std::vector<std::string>& plain) {
    if (const CommandSpec* command = find_command(table, plain[0])) {
        return Named{.command = command, .words = 1};
    }
    const GroupSpec* group = find_group(table, plain[0]);
    if (group == nullptr) {
        return unknown_command(table, plain[0]);
    }
    const std::string second = plain.size() > 1 ? plain[1] : "";
    const CommandSpec* const by_default = find_command(table, group->default_command);
    if (!second.empty()) {
        if (const CommandSpec* command = find_command(table, group->name + " " + second)) {
            return Named{.command = command, .group = group, .words = 2};
        }
        // A second word that is none of the group's belongs to a default command that takes
        // words: "analyze router/".
        if (by_default != nullptr && !by_default->positionals.empty() &&
            !is_near_a_command_of(table, *group, second)) {
            return Named{.command = by_default, .group = group, .words = 1};
        }
    } else if (by_default != nullptr) {
        return Named{.command = by_default, .group = group, .words = 1};
    }
    return unknown_subcommand(table, *group, second);
}

Invocation help_about(std::vector<std::string> words) {
    Invocation invocation;
    invocation.command = "help";
    invocation.words = std::move(words);
    return invocation;
}

// `assay trust --help` is about the group, `assay trust ad --help` about a word nobody knows.
Result<Invocation> help_for(const CommandTable& table, const std::vector<std::string>& plain) {
    if (plain.empty() || plain[0] == "help") {
        return help_about({});
    }
    if (plain.size() == 1 && find_group(table, plain[0]) != nullptr) {
        return help_about({plain[0]});
    }
    const Result<Named> named = name_command(table, plain);
    if (!named) {
        return named.error();
    }
    return help_about(split(named->command->name, ' '));
}

std::vector<const OptionSpec*> options_of(const CommandTable& table, const CommandSpec& command) {
    std::vector<const OptionSpec*> specs;
    for (const OptionSpec& option : command.options) {
        specs.push_back(&option);
    }
    for (const OptionSpec& option : table.global_options) {
        specs.push_back(&option);
    }
    return specs;
}

Error unknown_option(const std::vector<const OptionSpec*>& specs,
                     const CommandSpec& command,
                     const std::string& word) {
    std::vector<std::string> known;
    for (const OptionSpec* spec : specs) {
        known.push_back(spec->name);
        if (!spec->short_name.empty()) {
            known.push_back(spec->short_name);
        }
    }
    const std::string name = word.substr(0, word.find('='));
    return usage("unknown option '" + name + "' for 'assay " + command.name + "'" +
                     did_you_mean(name, known),
                 "'assay " + command.name +
                     " --help' lists its options; words after -- are "
                     "never options");
}

// `origin`: "--mode" or "BENCHMARK_MODE".
Status check_value(const OptionSpec& option, const std::string& origin, const std::string& value) {
    if (!option.choices.empty() &&
        std::ranges::find(option.choices, value) == option.choices.end()) {
        return usage(origin + ": unknown value '" + value + "'" +
                         did_you_mean(value, option.choices) + ", expected " +
                         join(option.choices, ", "),
                     {});
    }
    if (const std::optional<std::string> complaint = complaint_about(option.kind, value)) {
        return usage(origin + ": '" + value + "' will not do, " + *complaint, {});
    }
    if (value.empty()) { // most often a variable of a script that nobody has set
        return usage(origin + ": '' will not do, expected " + option.value + ": " + option.help,
                     {});
    }
    return {};
}

Status check_values(const std::vector<const OptionSpec*>& specs, const Invocation& invocation) {
    for (const OptionSpec* spec : specs) {
        if (spec->is_flag()) {
            continue;
        }
        const auto given = invocation.options.find(spec->name);
        if (given != invocation.options.end()) {
            for (const std::string& value : given->second) {
                if (Status status = check_value(*spec, spec->name, value); !status) {
                    return status;
                }
            }
        } else if (const auto set = invocation.environment.find(spec->name);
                   set != invocation.environment.end()) {
            if (Status status = check_value(*spec, spec->environment, set->second); !status) {
                return status;
            }
        }
    }
    return {};
}

Status check_words(const CommandSpec& command, const std::vector<std::string>& words) {
    const std::string hint = "'assay " + command.name + " --help' shows examples";
    std::size_t next = 0;
    for (const PositionalSpec& positional : command.positionals) {
        if (next >= words.size() && positional.required) {
            return usage("'assay " + command.name + "' needs " + positional.name + ": " +
                             positional.help,
                         hint);
        }
        while (next < words.size()) {
            const std::string& word = words[next];
            if (!positional.choices.empty() &&
                std::ranges::find(positional.choices, word) == positional.choices.end()) {
                return usage(positional.name + ": unknown value '" + word + "'" +
                                 did_you_mean(word, positional.choices) + ", expected " +
                                 join(positional.choices, ", "),
                             hint);
            }
            ++next;
            if (!positional.repeatable) {
                break;
            }
        }
    }
    if (next < words.size()) {
        return usage("'assay " + command.name + "' has no use for '" + words[next] + "'", hint);
    }
    return {};
}

void take_environment(const std::vector<const OptionSpec*>& specs,
                      const Environment& environment,
                      Invocation& invocation) {
    for (const OptionSpec* spec : specs) {
        if (spec->environment.empty() || invocation.options.contains(spec->name)) {
            continue;
        }
        if (std::optional<std::string> value = environment(spec->environment)) {
            invocation.environment[spec->name] = std::move(*value);
        }
    }
}

Result<Invocation> parse_command(const CommandTable& table,
                                 const CommandSpec& command,
                                 const std::vector<std::string>& words,
                                 const std::vector<std::string>& after_dashes,
                                 const Environment& environment) {
    const std::vector<const OptionSpec*> specs = options_of(table, command);
    Result<OptionWords> read = read_options(specs, words);
    if (!read) {
        return read.error();
    }
    Invocation invocation;
    invocation.command = command.name;
    invocation.options = std::move(read->options);
    for (std::string& word : read->rest) {
        if (word.size() > 1 && word[0] == '-') {
            return unknown_option(specs, command, word);
        }
        invocation.words.push_back(std::move(word));
    }
    invocation.words.insert(invocation.words.end(), after_dashes.begin(), after_dashes.end());
    take_environment(specs, environment, invocation);
    if (Status status = check_values(specs, invocation); !status) {
        return status.error();
    }
    if (Status status = check_words(command, invocation.words); !status) {
        return status.error();
    }
    return invocation;
}

} // namespace

Result<Invocation> parse(const CommandTable& table,
                         const std::vector<std::string>& arguments,
                         const Environment& environment) {
    const Survey found = survey(table, arguments);
    std::vector<std::string> plain;
    for (const std::size_t index : found.plain) {
        plain.push_back(arguments[index]);
    }
    if (found.help) {
        return help_for(table, plain);
    }
    if (found.version) {
        return Invocation{};
    }
    if (!found.dangling.empty()) {
        return usage("option '" + found.dangling + "' needs a value", "'assay --help'");
    }
    if (plain.empty()) {
        return usage("no command given", "'assay --help' lists the commands");
    }
    Result<Named> named = name_command(table, plain);
    if (!named) {
        return named.error();
    }
    std::vector<std::string> words;
    for (std::size_t i = 0; i < found.end; ++i) {
        const auto position = std::ranges::find(found.plain, i);
        const auto which = static_cast<std::size_t>(position - found.plain.begin());
        if (position == found.plain.end() || which >= named->words) {
            words.push_back(arguments[i]);
        }
    }
    const std::size_t after = std::min(found.end + 1, arguments.size());
    const std::vector<std::string> after_dashes(
        arguments.begin() + static_cast<std::ptrdiff_t>(after), arguments.end());
    Result<Invocation> invocation =
        parse_command(table, *named->command, words, after_dashes, environment);
    if (invocation) {
        invocation->argv = arguments;
    }
    return invocation;
}

} // namespace assay::app
