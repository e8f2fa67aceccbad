#include "body.hpp"
#include "loops.hpp"

#include <benchmark/benchmark.h>
#include <utility>

namespace overhead {

namespace {

void empty(benchmark::State& state) {
    for (auto _ : state) {
        // Without any barrier the compiler removes the whole loop. Assay's loop has one of its own.
        benchmark::ClobberMemory();
    }
}

void chain(benchmark::State& state) {
    std::uint64_t x = 1;
    for (auto _ : state) {
        x = multiply_chain(x);
        // As a constant: the overload for variables may send x through memory, which is not what a
        // careful user of Google Benchmark would measure.
        benchmark::DoNotOptimize(std::as_const(x));
    }
}

// Takes the readings instead of printing them.
class Collector : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }

    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type == Run::RT_Iteration) {
                readings.push_back(run.GetAdjustedCPUTime());
            }
        }
    }

    std::vector<double> readings;
};

} // namespace

std::vector<double> google_benchmark_ns(Body body) {
    benchmark::RegisterBenchmark("loop", body == Body::empty ? empty : chain)
        ->Iterations(static_cast<benchmark::IterationCount>(iterations_of(body)))
        ->Repetitions(kReadings)
        ->Unit(benchmark::kNanosecond);
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    return collector.readings;
}

} // namespace overhead
