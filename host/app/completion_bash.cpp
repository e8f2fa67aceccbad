#include "app/completion.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <set>

namespace assay::app {

namespace {

// "-j|--lanes"
std::string pattern(const OptionSpec& option) {
    return option.short_name.empty() ? option.name : option.short_name + "|" + option.name;
}

// Words in double quotes: those that are known here, and those that a listing has by then.
std::string offered(const Offer& offer) {
    return "\"" + join(offer.words, " ") +
           (offer.listing.empty()
                ? ""
                : " $(" + listing_command("\"${COMP_WORDS[0]}\"", offer.listing) + ")") +
           "\"";
}

// What completes the value of an option, as a bash command; empty: nothing helps.
std::string generator(const OptionSpec& option) {
    if (!option.choices.empty()) {
        return "compgen -W " + shell_quoted(join(option.choices, " "));
    }
    if (option.kind == ValueKind::file) {
        return "compgen -f";
    }
    if (!option.offer.empty()) {
        return "compgen -W " + offered(option.offer);
    }
    return option.kind == ValueKind::folder ? "compgen -d" : "";
}

std::string value_case(const std::string& command, const OptionSpec& option) {
    std::vector<std::string> patterns;
    for (const std::string& name : split(pattern(option), '|')) {
        patterns.push_back(shell_quoted(command + ":" + name));
    }
    // Global options are looked up in front of and behind every command.
    std::string text = "        " + join(patterns, "|") + ")";
    const std::string values = generator(option);
    if (values.empty()) {
        return text + " return ;;\n";
    }
    return text + " mapfile -t COMPREPLY < <(" + values + " -- \"$cur\"); return ;;\n";
}

std::string global_value_case(const OptionSpec& option) {
    std::vector<std::string> patterns;
    for (const std::string& name : split(pattern(option), '|')) {
        patterns.push_back("*:" + name);
    }
    std::string text = "        " + join(patterns, "|") + ")";
    const std::string values = generator(option);
    return text + (values.empty()
                       ? " return ;;\n"
                       : " mapfile -t COMPREPLY < <(" + values + " -- \"$cur\"); return ;;\n");
}

// Every option that is followed by a value, wherever it belongs.
std::string valued_patterns(const CommandTable& table) {
    std::set<std::string> patterns;
    const auto take = [&patterns](const std::vector<OptionSpec>& options) {
        for (const OptionSpec& option : options) {
            if (!option.is_flag()) {
                patterns.insert(pattern(option));
            }
        }
    };
    take(table.global_options);
    for (const CommandSpec& command : table.commands) {
        take(command.options);
    }
    return join(std::vector<std::string>(patterns.begin(), patterns.end()), "|");
}

std::string option_names(const std::vector<OptionSpec>& options) {
    std::vector<std::string> names;
    for (const OptionSpec& option : options) {
        names.push_back(option.name);
    }
    return join(names, " ");
}

std::string words_of(const CommandTable& table, const CommandSpec& command) {
    std::vector<std::string> words;
    for (const PositionalSpec& positional : command.positionals) {
        words.insert(words.end(), positional.choices.begin(), positional.choices.end());
    }
    words.push_back(option_names(command.options));
    words.push_back(option_names(table.global_options));
    return join(words, " ");
}

std::string group_names(const CommandTable& table) {
    std::vector<std::string> names;
    for (const GroupSpec& group : table.groups) {
        names.push_back(group.name);
    }
    return join(names, "|");
}

std::string words_case(const std::string& pattern, const std::string& words) {
    return "        " + shell_quoted(pattern) + ") words=" + shell_quoted(words) + " ;;\n";
}

// What is offered at one place alone, so that files are completed at the others. Listing takes a
// moment: nobody waits for it who has begun an option.
std::string offer_cases(const CommandTable& table) {
    std::string text;
    for (const CommandSpec& command : table.commands) {
        for (std::size_t place = 0; place < command.positionals.size(); ++place) {
            const Offer& offer = command.positionals[place].offer;
            if (!offer.empty()) {
                text += "        " + shell_quoted(command.name + ":" + std::to_string(place)) +
                        ") [[ $cur == -* ]] || words=" + offered(offer) + " ;;\n";
            }
        }
    }
    return text;
}

std::string value_cases(const CommandTable& table) {
    std::string text;
    for (const CommandSpec& command : table.commands) {
        for (const OptionSpec& option : command.options) {
            text += option.is_flag() ? "" : value_case(command.name, option);
        }
    }
    for (const OptionSpec& option : table.global_options) {
        text += option.is_flag() ? "" : global_value_case(option);
    }
    return text;
}

std::string all_words_cases(const CommandTable& table) {
    std::string text =
        words_case("", join(first_words(table), " ") + " " + option_names(table.global_options));
    for (const GroupSpec& group : table.groups) {
        std::vector<std::string> seconds;
        for (const CommandSpec* command : commands_of(table, group.name)) {
            seconds.push_back(command->name.substr(group.name.size() + 1));
        }
        text +=
            words_case(group.name, join(seconds, " ") + " " + option_names(table.global_options));
    }
    for (const CommandSpec& command : table.commands) {
        text += words_case(command.name, words_of(table, command));
    }
    return text;
}

} // namespace

std::string listing_command(std::string_view program, std::string_view listing) {
    return std::string(program) + " list " + std::string(listing) +
           " --format csv 2>/dev/null | sed -n '1!s/,.*//p'";
}

std::string shell_quoted(std::string_view text) {
    return "'" + join(split(text, '\''), "'\\''") + "'";
}

std::string bash_completion(const CommandTable& table) {
    std::string text = "# bash completion for assay; made by: assay completion bash\n"
                       "_assay() {\n"
                       "    local cur=\"${COMP_WORDS[COMP_CWORD]}\"\n"
                       "    local prev=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                       "    local command='' words='' i place=0\n"
                       "    # bash splits --name=value at the sign.\n"
                       "    if [[ $cur == '=' ]]; then\n"
                       "        cur=''\n"
                       "    elif [[ $prev == '=' && $COMP_CWORD -ge 2 ]]; then\n"
                       "        prev=\"${COMP_WORDS[COMP_CWORD-2]}\"\n"
                       "    fi\n"
                       "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                       "        case \"${COMP_WORDS[i]}\" in\n"
                       "        " +
                       valued_patterns(table) +
                       ") ((i++)) ;;\n"
                       "        -*|'=') ;;\n"
                       "        *)\n"
                       "            case \"$command\" in\n"
                       "            '') command=\"${COMP_WORDS[i]}\" ;;\n"
                       "            " +
                       group_names(table) +
                       ") command+=\" ${COMP_WORDS[i]}\" ;;\n"
                       "            *) ((place++)) ;;\n"
                       "            esac ;;\n"
                       "        esac\n"
                       "    done\n"
                       "    case \"$command:$prev\" in\n";
    text += value_cases(table);
    text += "    esac\n"
            "    case \"$command\" in\n";
    text += all_words_cases(table);
    text += "    esac\n"
            "    case \"$command:$place\" in\n";
    text += offer_cases(table);
    text += "    esac\n"
            "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
            "}\n"
            "complete -o default -F _assay assay\n";
    return text;
}

} // namespace assay::app
