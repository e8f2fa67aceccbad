// A host that a test kills: starts a worker, prints its number, and drives an endless launch until
// it is killed itself.
//
//   orphan_host WORKER_PROGRAM PLUGIN SUITE
#include "turns.hpp"
#include "workers/worker.hpp"

#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 4) {
        return 2;
    }
    assay::workers::SupervisorOptions settings;
    settings.worker_program = argv[1];
    assay::workers::Supervisor supervisor(settings);
    auto worker = supervisor.start({.plugin_path = argv[2]});
    if (!worker) {
        std::fprintf(stderr, "%s\n", worker.error().message.c_str());
        return 3;
    }
    std::printf("%d\n", (*worker)->hello().pid);
    std::fflush(stdout);
    assay::measure::LaunchRequest request;
    request.suite = argv[3];
    request.family = 1;
    request.case_id = request.suite + "/sin";
    request.slices = 1;
    assay::workers::testing::RecordedTurns turns;
    const assay::workers::Deadline never{std::chrono::hours(1), {}, {}};
    (*worker)->launch(request, turns, never);
    return 0;
}
