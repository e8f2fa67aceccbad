#include "app/gate/printed_gate.hpp"

#include "app/environment.hpp"
#include "app/output.hpp"
#include "app/terminal.hpp"

#include <algorithm>
#include <string>
#include <unistd.h>
#include <vector>

namespace assay::app {
namespace {

// Whether nothing but the console's table is on stdout.
bool stdout_is_for_people(const Invocation& invocation) {
    const std::vector<std::string> reporters = invocation.values("--reporter");
    return !invocation.value("--format") &&
           std::ranges::none_of(reporters, [](const std::string& reporter) {
               return reporter.ends_with("=-") || reporter.find("=-,") != std::string::npos;
           });
}

} // namespace

int print_gate(const Invocation& invocation,
               const Messages& say,
               const verdict::GateReport& report,
               const GateHeading& heading) {
    const bool document = invocation.value("--format").value_or("text") == "json";
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    const int printed = print_result(
        say,
        document ? write_json(gate_document(report, heading), JsonLayout::indented) + "\n"
                 : gate_text(report, heading, out.color));
    return static_cast<int>(graver(code_of(report, heading), static_cast<ExitCode>(printed)));
}

ExitCode print_gate_of_run(const Invocation& invocation,
                           const Messages& say,
                           const verdict::GateReport& report,
                           const GateHeading& heading) {
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    if (stdout_is_for_people(invocation)) {
        const int printed = print_result(say, "\n" + gate_text(report, heading, out.color));
        return graver(code_of(report, heading), static_cast<ExitCode>(printed));
    }
    say.note(gate_text(report, heading, false));
    return code_of(report, heading);
}

} // namespace assay::app
