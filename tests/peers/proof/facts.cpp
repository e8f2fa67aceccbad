#include "facts.hpp"

#include "measure/platform.hpp"
#include "measure/run_environment.hpp"
#include "support/command.hpp"
#include "support/text.hpp"

#include <cstdlib>
#include <ctime>

namespace proof {

namespace json = assay::json;

namespace {

std::string first_line_of(const std::vector<std::string>& argv) {
    const auto output = assay::run_command(argv);
    if (!output || output->exit_code != 0) {
        return "unknown";
    }
    return std::string(assay::trim(assay::split(output->text, '\n').front()));
}

json::array load_value(const LoadAverage& load) {
    return {load.one, load.five, load.fifteen};
}

LoadAverage load_from(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_array() || value->get_array().size() != 3) {
        return {};
    }
    const json::array& list = value->get_array();
    const auto number = [](const json::value& v) {
        return v.is_number() ? v.to_number<double>() : 0.0;
    };
    return {number(list[0]), number(list[1]), number(list[2])};
}

} // namespace

LoadAverage load_average() {
    std::array<double, 3> loads{};
    if (getloadavg(loads.data(), 3) != 3) {
        return {};
    }
    return {loads[0], loads[1], loads[2]};
}

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

assay::Result<Facts> gather_facts(const std::string& assay_program,
                                  const std::string& calibration_file) {
    Facts facts;
    facts.platform = assay::measure::describe_platform();
    facts.environment = assay::measure::describe_environment();
    facts.assay_version = first_line_of({assay_program, "--version"});
    facts.commit =
        first_line_of({"git", "-C", ASSAY_SOURCE_DIR, "rev-parse", "--short=12", "HEAD"});
    const auto changed =
        assay::run_command({"git", "-C", ASSAY_SOURCE_DIR, "status", "--porcelain"});
    if (changed && changed->exit_code == 0 && !assay::trim(changed->text).empty()) {
        facts.commit += " with changes";
    }
    facts.compiler = std::string(ASSAY_PROOF_COMPILER);
    facts.google_benchmark_version = ASSAY_PROOF_PEER_VERSION;
    auto calibration = assay::read_json_file(calibration_file);
    if (!calibration) {
        return calibration.error();
    }
    facts.calibration = std::move(*calibration);
    return facts;
}

json::object session_object(const Session& session) {
    return {{"started", session.started},
            {"finished", session.finished},
            {"load_begin", load_value(session.load_begin)},
            {"load_end", load_value(session.load_end)},
            {"busy_processes", session.busy_processes}};
}

Session session_from(const json::object& object) {
    return {assay::json_string(object, "started"),
            assay::json_string(object, "finished"),
            load_from(object, "load_begin"),
            load_from(object, "load_end"),
            static_cast<int>(assay::json_int(object, "busy_processes", 0))};
}

} // namespace proof
