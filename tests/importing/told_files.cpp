#include "told_files.hpp"

#include <fmt/format.h>

namespace assay::test {

std::string google_file(double time, const std::string& date) {
    const auto row = [](double value) {
        return fmt::format(R"({{"name": "BM_Sort/64", "run_name": "BM_Sort/64",
            "run_type": "iteration", "iterations": 1000, "real_time": {0}, "cpu_time": {0},
            "time_unit": "ns"}})",
                           value);
    };
    return R"({"context": {"date": ")" + date +
           R"(", "num_cpus": 8, "executable": "./bench", "library_build_type": "release"},
        "benchmarks": [)" +
           row(time) + "," + row(time * 1.01) + "," + row(time * 0.99) + "]}";
}

std::string sized_file(int bytes, double nanoseconds) {
    return fmt::format("goos: linux\ngoarch: amd64\npkg: example.org/sums\n"
                       "Unit text-bytes assume=exact better=lower\n"
                       "BenchmarkAdd-8 1000 {} ns/op {} text-bytes\nPASS\n",
                       nanoseconds,
                       bytes);
}

std::string branch_store(const std::vector<double>& values) {
    constexpr std::int64_t kBegin = 1'574'820'000'000, kDay = 86'400'000;
    std::string entries;
    for (std::size_t i = 0; i < values.size(); ++i) {
        entries += fmt::format(
            R"({}{{"commit": {{"id": "c{:02}"}}, "date": {}, "tool": "go",
               "benches": [{{"name": "B", "value": {}, "unit": "ns/op"}}]}})",
            i == 0 ? "" : ",",
            i + 1,
            kBegin + static_cast<std::int64_t>(i) * kDay,
            values[i]);
    }
    return R"(window.BENCHMARK_DATA = {"lastUpdate": 1, "repoUrl": "u", "entries": {"Go": [)" +
           entries + "]}}";
}

} // namespace assay::test
