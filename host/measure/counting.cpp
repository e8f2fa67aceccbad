#include "measure/counting.hpp"

#include "measure/input_seed.hpp"

assay_status assay_counted_run(assay_status (*run)(assay_case*, assay_batch*),
                               assay_case* handle,
                               assay_batch* batch) {
    assay_status status = run(handle, batch);
    asm volatile("" : "+r"(status)); // no tail call: it would leave this frame before run() ends
    return status;
}

namespace assay::measure {

std::optional<Failure>
count_work(const MeasuringContext& context, BatchRunner& runner, LaunchRecord& record) {
    const LaunchRequest& request = context.request;
    const std::uint64_t n = request.count_iterations;
    context.observer.on_phase(LaunchPhase::measure, 0);
    const std::uint64_t lead_in = std::min(n, n / 10 + 1);
    BatchOutcome before = runner.take({.iterations = lead_in,
                                       .seed = input_seed(request.seed, SeedStream::lead_in, 0),
                                       .warmup = true});
    if (before.failure) {
        return before.failure;
    }
    BatchOutcome outcome =
        before.out_of_memory ? std::move(before)
                             : runner.take({.iterations = n,
                                            .seed = input_seed(request.seed, SeedStream::slice, 0),
                                            .observed = Observed::instructions});
    if (outcome.out_of_memory) {
        return Failure{CaseStatus::failed,
                       "prepare has no memory for " + std::to_string(n) + " counted iterations"};
    }
    if (outcome.failure) {
        return outcome.failure;
    }
    std::uint64_t done = 0;
    for (const SliceRecord& slice : outcome.slices) {
        done += slice.done;
    }
    record.count = WorkCount{.iterations = done, .instructions = outcome.instructions};
    return std::nullopt;
}

} // namespace assay::measure
