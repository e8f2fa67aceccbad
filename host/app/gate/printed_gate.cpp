#include "app/gate/printed_gate.hpp"

#include "app/environment.hpp"
#include "app/output.hpp"
#include "app/terminal.hpp"

#include <unistd.h>

namespace assay::app {

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

} // namespace assay::app
