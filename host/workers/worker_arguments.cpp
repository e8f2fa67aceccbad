#include "workers/worker_arguments.hpp"

#include <unistd.h>

namespace assay::workers {

std::vector<std::string> worker_arguments(const SupervisorOptions& settings,
                                          const WorkerOptions& options,
                                          std::uint64_t layout_seed) {
    std::vector<std::string> argv = settings.wrap;
    argv.insert(argv.end(), {settings.worker_program, "--plugin", options.plugin_path});
    argv.insert(argv.end(), {"--layout-seed", std::to_string(layout_seed)});
    if (settings.wrap.empty()) {
        argv.insert(argv.end(), {"--parent", std::to_string(::getpid())});
    }
    if (settings.pin && options.cpu) {
        argv.insert(argv.end(), {"--cpu", std::to_string(*options.cpu)});
    }
    if (options.pair_page_fd >= 0) {
        argv.emplace_back("--pair");
    }
    if (options.counts) {
        argv.emplace_back("--counts");
    }
    if (options.for_check) {
        argv.emplace_back("--check");
    }
    if (settings.core_dumps) {
        argv.emplace_back("--cores");
    }
    if (settings.wait_for_debugger) {
        argv.emplace_back("--wait-for-debugger");
    }
    return argv;
}

} // namespace assay::workers
