// `assay completion`: prints the script that teaches a shell the command line.
#include "app/commands/commands.hpp"
#include "app/completion.hpp"
#include "app/message.hpp"
#include "app/output.hpp"

namespace assay::app {

namespace {

int completion_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const CommandTable& table = command_table();
    const std::string& shell = invocation.words.front();
    if (shell == "bash") {
        return print_result(say, bash_completion(table));
    }
    return print_result(say, shell == "zsh" ? zsh_completion(table) : fish_completion(table));
}

} // namespace

CommandSpec completion_spec() {
    return {
        .name = "completion",
        .summary = "print a completion script for a shell",
        .examples = {R"sh(eval "$(assay completion bash)")sh",
                     "assay completion fish > ~/.config/fish/completions/assay.fish"},
        .positionals = {{.name = "SHELL",
                         .help = "bash, zsh or fish",
                         .required = true,
                         .choices = {"bash", "zsh", "fish"}}},
        .run = completion_command,
    };
}

} // namespace assay::app
