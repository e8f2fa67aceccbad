// `assay doctor`: what this machine can tell apart, and what stands in the way. Measures for a
// third of a second and starts a few workers; loads no plugin.
#include "app/commands/commands.hpp"
#include "app/doctor/doctor_document.hpp"
#include "app/doctor/finding_groups.hpp"
#include "app/output.hpp"
#include "app/session/run_document.hpp"
#include "measure/platform.hpp"
#include "measure/run_environment.hpp"

#include <unistd.h>

namespace assay::app {
namespace {

// The sample comes first: nothing that the other readings start runs beside it.
DoctorVisit examine() {
    DoctorVisit visit;
    visit.platform = measure::describe_platform();
    visit.environment = measure::describe_environment();
    visit.machine = measure_machine(resolution_file(), unix_now_ns());
    const Readings readings = take_readings(find_installation(process_environment()));
    visit.isolation = readings.worker.isolation;
    visit.findings = all_findings(SystemTree(), readings, visit.machine);
    return visit;
}

int doctor_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const DoctorVisit visit = examine();
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    const bool document = invocation.value("--format").value_or("text") == "json";
    const int printed =
        print_result(say,
                     document ? write_json(doctor_document(visit), JsonLayout::indented) + "\n"
                              : doctor_text(visit,
                                            {.color = out.color,
                                             .quiet = say.loudness() == Loudness::quiet,
                                             .verbose = say.loudness() == Loudness::verbose}));
    return static_cast<int>(graver(code_of(visit.findings), static_cast<ExitCode>(printed)));
}

} // namespace

CommandSpec doctor_spec() {
    return {
        .name = "doctor",
        .summary = "show what this machine can tell apart, and what stands in the way",
        .examples = {"assay doctor", "assay doctor --verbose", "assay doctor --format json"},
        .options = {{.name = "--format",
                     .value = "FORMAT",
                     .help = "text or json",
                     .choices = {"text", "json"}}},
        .notes = "Measures for a third of a second and loads no plugin. --quiet shows what is not "
                 "well, --verbose why each thing matters. Exit code 3: nothing can be measured.",
        .run = doctor_command,
    };
}

} // namespace assay::app
