// How the findings are shown: one document for programs, lines for people.
//
//   print_result(say, doctor_text(visit, {.color = out.color}));
//
// Pure functions.
#pragma once

#include "app/doctor/finding.hpp"
#include "app/exit_code.hpp"
#include "app/session/machine_resolution.hpp"
#include "support/json.hpp"

#include <string>

namespace assay::app {

// What there is to tell.
struct DoctorVisit {
    json::object platform;    // measure::describe_platform()
    json::object environment; // measure::describe_environment()
    MachineResolution machine;
    json::object isolation; // what a worker achieved; empty if none started
    Findings findings;
};

// failed where nothing can be measured; warnings do not change it.
[[nodiscard]] ExitCode code_of(const Findings& findings) noexcept;

// assay.doctor/1, schemas/doctor.json
[[nodiscard]] json::object doctor_document(const DoctorVisit& visit);

struct DoctorLook {
    bool color = false;
    bool quiet = false;   // what is well is left out
    bool verbose = false; // why it matters, also of what is well
};

[[nodiscard]] std::string doctor_text(const DoctorVisit& visit, DoctorLook look);

} // namespace assay::app
