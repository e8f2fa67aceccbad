#include "measure/memory_use.hpp"

#include "measure/allocation_counters.hpp"
#include "measure/input_seed.hpp"

#include <string>

namespace assay::measure {
namespace {

MemoryBatch memory_of(const BatchOutcome& outcome) {
    MemoryBatch batch = *outcome.memory;
    for (const SliceRecord& slice : outcome.slices) {
        batch.iterations += slice.done;
    }
    return batch;
}

BatchPlan plan_of(const LaunchRequest& request, std::uint64_t iterations, bool lead_in) {
    return {.iterations = iterations,
            .seed = input_seed(request.seed, lead_in ? SeedStream::lead_in : SeedStream::slice, 0),
            .warmup = lead_in,
            .observed = Observed::allocations};
}

// An allocator of the plugin's own is not seen, and would read as no allocations at all.
void note_own_allocator(std::uint64_t mapped, LaunchRecord& record) {
    if (mapped > 0) {
        record.notes.push_back("run() mapped " + std::to_string(mapped) +
                               " bytes past malloc: what an allocator of the plugin's own hands "
                               "out is not in the counts");
    }
}

} // namespace

std::optional<Failure>
measure_memory(const MeasuringContext& context, BatchRunner& runner, LaunchRecord& record) {
    if (allocation_counters() == nullptr) {
        return Failure{CaseStatus::unavailable,
                       "the counter of allocations is not in this worker: a program that is "
                       "linked statically, or has a malloc of its own, cannot be watched"};
    }
    const LaunchRequest& request = context.request;
    const std::uint64_t n = request.memory_iterations;
    context.observer.on_phase(LaunchPhase::measure, 0);
    bool doubles = n <= declared_limit(context.family) / 2;
    std::uint64_t mapped = 0;
    BatchOutcome lead_in = runner.take(plan_of(request, doubles ? 2 * n : n, true));
    if (doubles && lead_in.out_of_memory) {
        doubles = false;
        lead_in = runner.take(plan_of(request, n, true));
    }
    if (lead_in.failure) {
        return lead_in.failure;
    }
    mapped += allocation_counters()->mapped.load();
    for (std::uint64_t factor = 1; factor <= (doubles ? 2u : 1u); ++factor) {
        const BatchOutcome outcome = runner.take(plan_of(request, factor * n, false));
        if (outcome.failure) {
            return outcome.failure;
        }
        if (outcome.out_of_memory) {
            return Failure{CaseStatus::failed,
                           "prepare has no memory for " + std::to_string(factor * n) +
                               " iterations"};
        }
        record.memory.push_back(memory_of(outcome));
        mapped += allocation_counters()->mapped.load();
    }
    note_own_allocator(mapped, record);
    return std::nullopt;
}

} // namespace assay::measure
