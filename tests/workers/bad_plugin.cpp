#include "bad_plugin.hpp"

#include "processes.hpp"
#include "turns.hpp"

#include <doctest/doctest.h>

namespace assay::workers::testing {

namespace {

using std::chrono::milliseconds;

Launched launch(const std::string& sin, std::uint32_t family, const Deadline& deadline) {
    const TemporaryRoot root;
    RecordedTurns turns;
    Launched result;
    {
        Supervisor supervisor(real_worker());
        auto worker = supervisor.start({.plugin_path = plugin_path(sin)});
        REQUIRE_MESSAGE(worker, worker.error().message);
        const int group = (*worker)->hello().pid;
        measure::LaunchRequest request;
        request.suite = "bad_" + sin;
        request.family = family;
        request.case_id = request.suite + (family == 0 ? "/fine" : "/sin");
        request.verify = true;
        request.slices = 3;
        request.warmup_slices_max = 2;
        request.slice_target_s = 0.2e-3;
        result.outcome = (*worker)->launch(request, turns, deadline);
        result.death = (*worker)->quit();
        CHECK_FALSE((*worker)->alive());
        CHECK(eventually([&] { return living_in_group(group).empty(); }));
    }
    result.last_log = turns.last_log;
    CHECK_FALSE(has_children());
    CHECK(root.is_empty());
    CHECK(turns.acquired == turns.released);
    return result;
}

} // namespace

SupervisorOptions real_worker() {
    SupervisorOptions options;
    options.worker_program = ASSAY_WORKER_PROGRAM;
    options.hello_timeout = kUnhurried;
    return options;
}

std::string plugin_path(const std::string& sin) {
    return ASSAY_BUILD_DIR "/tests/bad_plugins/" + sin + ".assay.so";
}

Result<Hello> load(const std::string& sin, milliseconds timeout) {
    const TemporaryRoot root;
    Result<Hello> result = Error{};
    {
        SupervisorOptions options = real_worker();
        options.hello_timeout = timeout;
        Supervisor supervisor(options);
        auto worker = supervisor.start({.plugin_path = plugin_path(sin)});
        if (worker) {
            result = (*worker)->hello();
        } else {
            result = worker.error();
        }
    }
    CHECK_FALSE(has_children());
    CHECK(root.is_empty());
    return result;
}

Result<measure::SuiteDescription> describe(const std::string& sin) {
    Supervisor supervisor(real_worker());
    auto worker = supervisor.start({.plugin_path = plugin_path(sin)});
    REQUIRE_MESSAGE(worker, worker.error().message);
    return (*worker)->describe("bad_" + sin, "{}", kUnhurried);
}

Launched launch_sin(const std::string& sin, const Deadline& deadline) {
    return launch(sin, 1, deadline);
}

Launched launch_fine(const std::string& sin) {
    return launch(sin, 0, kPatient);
}

} // namespace assay::workers::testing
