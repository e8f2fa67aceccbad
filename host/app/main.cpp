// assay: reads the command line by the command table and does what it asks for. The commands stand
// in commands/, one file each; command_table.cpp lists them.
#include "app/command_table.hpp"
#include "app/environment.hpp"
#include "app/exit_code.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/parser.hpp"
#include "app/version.hpp"
#include "support/file.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <unistd.h>
#include <vector>

namespace assay::app {

namespace {

int fail(const Error& error) {
    return report(messages_for(Invocation{}), error);
}

int run_main(const std::vector<std::string>& arguments) {
    // A reporter whose reader went away gets EPIPE and says so; it does not end the run.
    std::signal(SIGPIPE, SIG_IGN);

    const CommandTable& table = command_table();
    const Result<Invocation> invocation = parse(table, arguments, process_environment());
    if (!invocation) {
        return fail(invocation.error());
    }
    if (invocation->command.empty()) { // --version
        return print_result(messages_for(*invocation), std::string("assay ") + kVersion + "\n");
    }
    if (const auto folder = invocation->value("--directory");
        folder && ::chdir(folder->c_str()) != 0) {
        return fail(Error{.kind = ErrorKind::usage,
                          .message = "cannot work in '" + *folder + "': " + system_message(errno),
                          .hint = "-C wants an existing folder"});
    }
    return find_command(table, invocation->command)->run(*invocation);
}

} // namespace

} // namespace assay::app

int main(int argc, char** argv) {
    try {
        return assay::app::run_main(
            std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "assay: error: unexpected: %s\n", error.what());
    } catch (...) {
        std::fputs("assay: error: unexpected: an exception of unknown type\n", stderr);
    }
    return static_cast<int>(assay::app::ExitCode::failed);
}
