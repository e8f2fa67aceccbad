// libDAI's schedules on the graphs that bp_speed wrote. In the dialect of that library, C++98.
#include <algorithm>
#include <cstdio>
#include <dai/bp.h>
#include <dai/factorgraph.h>
#include <string>
#include <sys/time.h>
#include <vector>

namespace {

double now_us() {
    timeval time;
    gettimeofday(&time, 0);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

void measure(const dai::FactorGraph& graph, const char* name, const char* schedule) {
    dai::PropertySet options;
    options.set("verbose", static_cast<size_t>(0));
    options.set("maxiter", static_cast<size_t>(1000));
    options.set("tol", 1e-9);
    options.set("logdomain", false);
    options.set("updates", std::string(schedule));
    std::vector<double> times_us;
    double log_partition = 0;
    size_t sweeps = 0;
    const double start = now_us();
    while (times_us.size() < 5 || now_us() - start < 300e3) {
        dai::BP solver(graph, options);
        solver.init();
        const double before = now_us();
        solver.run();
        times_us.push_back(now_us() - before);
        log_partition = solver.logZ();
        sweeps = solver.Iterations();
    }
    std::sort(times_us.begin(), times_us.end());
    std::printf("%-30s %-16s %10.1f us  fastest %10.1f  sweeps %3lu  ln Z %.10g\n",
                name,
                schedule,
                times_us[times_us.size() / 2],
                times_us.front(),
                static_cast<unsigned long>(sweeps),
                log_partition);
}

} // namespace

int main(int argc, char** argv) {
    for (int k = 1; k < argc; ++k) {
        dai::FactorGraph graph;
        graph.ReadFromFile(argv[k]);
        measure(graph, argv[k], "PARALL");
        measure(graph, argv[k], "SEQFIX");
        measure(graph, argv[k], "SEQMAX");
    }
}
