// The kernels' side of the comparison with pymdp:
//   kernel_speed write FOLDER    the inputs and results of every workload, as JSON
//   kernel_speed time            seconds of one run of each, a line of JSON a workload
#include "workload.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& run, std::size_t times) {
    const auto before = Clock::now();
    for (std::size_t i = 0; i < times; ++i) {
        run();
    }
    return std::chrono::duration<double>(Clock::now() - before).count();
}

// The median of twenty-one batches of about five milliseconds, or of one run each.
double median_s(const std::function<void()>& run) {
    std::size_t times = 1;
    while (seconds_of(run, times) < 5e-3) {
        times *= 2;
    }
    std::vector<double> each(21);
    for (double& one : each) {
        one = seconds_of(run, times) / static_cast<double>(times);
    }
    std::ranges::nth_element(each, each.begin() + 10);
    return each[10];
}

void write(const peers::Workload& workload, const std::string& path) {
    workload.run();
    std::ofstream file(path);
    file.precision(17);
    file << "{\"name\": \"" << workload.name << "\", \"input\": " << workload.document()
         << ", \"results\": [";
    const char* between = "";
    for (const double value : workload.results()) {
        file << between << value;
        between = ", ";
    }
    file << "]}\n";
}

} // namespace

int main(int argc, char** argv) {
    const bool writes = argc == 3 && std::strcmp(argv[1], "write") == 0;
    if (!writes && !(argc == 2 && std::strcmp(argv[1], "time") == 0)) {
        std::fputs("usage: kernel_speed write FOLDER | kernel_speed time\n", stderr);
        return 2;
    }
    std::size_t number = 0;
    for (const peers::Workload& workload : peers::workloads()) {
        if (writes) {
            const std::string name = std::to_string(100 + number++) + ".json";
            write(workload, std::string(argv[2]) + "/" + name);
        } else {
            std::printf("{\"name\": \"%s\", \"seconds\": %.9g}\n",
                        workload.name.c_str(),
                        median_s(workload.run));
        }
    }
}
