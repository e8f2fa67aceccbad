// Google Benchmark's side: the same body, built with the same regression, in a program of its own.
#include "body.hpp"

#include <benchmark/benchmark.h>

namespace {

void body(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(proof::ASSAY_PROOF_BODY(proof::appended_links()));
    }
}

BENCHMARK(body);

} // namespace

BENCHMARK_MAIN();
