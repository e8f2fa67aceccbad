#include "app/session/memory_launcher.hpp"

#include "app/session/launch_request.hpp"

namespace assay::app {

MemoryFigures Launcher::memory(const CountWish& /*wish*/) {
    MemoryFigures figures;
    figures.reason = "allocations are counted in workers alone";
    return figures;
}

void MemoryLauncher::cancel() {
    cancelled_.store(true);
    timed_.cancel();
    desk_.cancel_all();
}

MemoryFigures MemoryLauncher::memory(const CountWish& wish) {
    const measure::FamilyDescription& family = wish.suite.description.families[wish.planned.family];
    const measure::LaunchRequest request = memory_request(wish);
    MemoryFigures figures;
    figures.iterations = request.memory_iterations;
    figures.lanes = request.lanes;
    for (std::uint32_t i = 0; i < kMemoryLaunches && figures.reason.empty(); ++i) {
        if (cancelled_.load()) {
            figures.reason = "cancelled before its allocations were counted";
            return figures;
        }
        workers::MemoryAnswer answer = desk_.measure(wish.suite.plugin_path,
                                                     wish.suite.plugin_id,
                                                     request,
                                                     launch_deadline(family, wish.options));
        figures.reason = std::move(answer.reason);
        if (!answer.batches.empty()) {
            figures.launches.push_back(
                {std::move(answer.batches), answer.peak_rss_bytes, std::move(answer.notes)});
        }
    }
    return figures;
}

} // namespace assay::app
