#include "app/session/counting_launcher.hpp"

#include "app/session/launch_request.hpp"

namespace assay::app {

CountedWork Launcher::count(const CountWish& /*wish*/) {
    CountedWork work;
    work.reason = "instructions are counted in workers alone";
    return work;
}

void CountingLauncher::cancel() {
    cancelled_.store(true);
    timed_.cancel();
    desk_.cancel_all();
}

std::string CountingLauncher::unavailable() const {
    return desk_.means() == workers::CountingMeans::none ? desk_.reason() : std::string();
}

CountedWork CountingLauncher::count(const CountWish& wish) {
    const measure::FamilyDescription& family = wish.suite.description.families[wish.planned.family];
    const measure::LaunchRequest request = counting_request(wish);
    CountedWork work;
    work.declared = (family.flags & ASSAY_CASE_DETERMINISTIC) != 0;
    work.iterations = request.count_iterations;
    if (request.lanes > 1) {
        work.reason = "only the thread that calls run() is counted, and this case has " +
                      std::to_string(request.lanes) + " lanes";
        return work;
    }
    if (desk_.means() != workers::CountingMeans::none) {
        work.source = std::string(name_of(desk_.means()));
    }
    for (std::uint32_t i = 0; i < kCountingLaunches && work.reason.empty(); ++i) {
        if (cancelled_.load()) {
            work.reason = "cancelled before it was counted";
            return work;
        }
        const workers::CountAnswer answer = desk_.count(wish.suite.plugin_path,
                                                        wish.suite.plugin_id,
                                                        request,
                                                        launch_deadline(family, wish.options));
        work.reason = answer.reason;
        if (answer.instructions) {
            work.launches.push_back(*answer.instructions);
        }
    }
    return work;
}

} // namespace assay::app
