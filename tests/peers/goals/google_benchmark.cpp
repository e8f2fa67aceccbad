// Google Benchmark's side: the same bodies with the same flags, one process per reading.
#include "body.hpp"

#include <benchmark/benchmark.h>

namespace {

void alu(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(proof::alu(0));
    }
}

void allocating(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(proof::allocating(0));
    }
}

BENCHMARK(alu);
BENCHMARK(allocating);

} // namespace

BENCHMARK_MAIN();
