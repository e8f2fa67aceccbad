// What a reader must know beside the counts: the machine, the versions, the calibration, the load.
//
//   Facts facts = gather_facts(assay_program, calibration_file);
//
// One thread.
#pragma once

#include "support/json.hpp"
#include "support/result.hpp"

#include <array>
#include <string>
#include <vector>

namespace proof {

struct LoadAverage {
    double one = 0, five = 0, fifteen = 0; // minutes
};

// One invocation of the driver; a proof that was continued has several.
struct Session {
    std::string started, finished; // UTC
    LoadAverage load_begin, load_end;
    int busy_processes = 0; // of --load
};

struct Facts {
    assay::json::object platform, environment; // as in every document of the host
    std::string assay_version, commit, compiler, google_benchmark_version;
    std::vector<std::string> more_options; // given to assay compare beside budget and margin
    assay::json::value calibration;
    std::vector<Session> sessions;
};

[[nodiscard]] LoadAverage load_average();
[[nodiscard]] std::string utc_now();

[[nodiscard]] assay::Result<Facts> gather_facts(const std::string& assay_program,
                                                const std::string& calibration_file);

[[nodiscard]] assay::json::object session_object(const Session& session);
[[nodiscard]] Session session_from(const assay::json::object& object);

} // namespace proof
