// How long it takes from posix_spawn to HELLO: the price of a process per launch. Run by hand:
//
//   launch_latency [COUNT]
//
// Goal: a median below 5 ms for a small plugin, 2 ms on a quiet machine.
#include "workers/worker.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

double quantile(const std::vector<double>& sorted, double part) {
    return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 300;
    if (count < 1) {
        std::fprintf(stderr, "launch_latency: COUNT must be a positive number\n");
        return 2;
    }
    assay::workers::SupervisorOptions settings;
    settings.worker_program = ASSAY_WORKER_PROGRAM;
    assay::workers::Supervisor supervisor(settings);
    std::vector<double> hello_ms;
    for (int i = 0; i < count; ++i) {
        auto worker = supervisor.start({.plugin_path = ASSAY_SMALL_PLUGIN});
        if (!worker) {
            std::fprintf(stderr, "launch_latency: %s\n", worker.error().message.c_str());
            return 3;
        }
        hello_ms.push_back((*worker)->hello().start_s * 1e3);
        (*worker)->quit();
    }
    std::sort(hello_ms.begin(), hello_ms.end());
    std::printf("spawn to HELLO over %d launches: median %.2f ms, p95 %.2f ms, min %.2f ms, "
                "max %.2f ms\n",
                count,
                quantile(hello_ms, 0.5),
                quantile(hello_ms, 0.95),
                hello_ms.front(),
                hello_ms.back());
    return 0;
}
