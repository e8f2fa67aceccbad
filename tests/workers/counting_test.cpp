// Counts of work that is known, through real workers.
#include "support/file.hpp"
#include "support/plugin_library.hpp"
#include "workers/counting_desk.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>
#include <string>

namespace assay::workers {

namespace {

SupervisorOptions options() {
    SupervisorOptions options;
    options.worker_program = ASSAY_WORKER_PROGRAM;
    return options;
}

measure::LaunchRequest chain_of(std::int64_t links) {
    measure::LaunchRequest request;
    request.suite = "work";
    request.case_id = "work/chain";
    request.params = {links};
    request.count_iterations = 10;
    return request;
}

// False, and said so, where this machine or this build cannot count.
bool can_count(const CountingDesk& desk) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    MESSAGE("skipped: a sanitizer's program does not run under valgrind");
    return false;
#else
    if (desk.means() == CountingMeans::none) {
        MESSAGE("skipped: " << desk.reason());
    }
    return desk.means() != CountingMeans::none;
#endif
}

double count(CountingDesk& desk, const std::string& plugin, std::int64_t links) {
    const CountAnswer answer = desk.count(plugin, "work", chain_of(links), {});
    REQUIRE_MESSAGE(answer.instructions.has_value(), answer.reason);
    return *answer.instructions;
}

} // namespace

TEST_CASE("ten launches of a deterministic case count exactly the same") {
    CountingDesk desk(options());
    if (!can_count(desk)) {
        return;
    }
    std::set<double> counts;
    for (int i = 0; i < 10; ++i) {
        counts.insert(count(desk, ASSAY_WORK_PLUGIN, 1000));
    }
    CHECK(counts.size() == 1);
    CHECK(*counts.begin() > 1000);
}

TEST_CASE("counts follow the work: twice the links, and 2 % more of them") {
    CountingDesk desk(options());
    if (!can_count(desk)) {
        return;
    }
    const double plain = count(desk, ASSAY_WORK_PLUGIN, 10'000);
    CHECK(count(desk, ASSAY_WORK_PLUGIN, 20'000) / plain == doctest::Approx(2).epsilon(0.0025));
    CHECK(count(desk, ASSAY_WORK_MORE_PLUGIN, 10'000) / plain - 1 ==
          doctest::Approx(0.02).epsilon(0.15));
}

TEST_CASE("a case that does not run is not counted and says why") {
    CountingDesk desk(options());
    if (!can_count(desk)) {
        return;
    }
    measure::LaunchRequest request = chain_of(1000);
    request.params.clear();
    const CountAnswer answer = desk.count(ASSAY_WORK_PLUGIN, "work", request, {});
    CHECK_FALSE(answer.instructions.has_value());
    CHECK(answer.reason.find("parameters") != std::string::npos);
    const CountAnswer gone = desk.count("/nowhere/a.assay.so", "work", chain_of(1), {});
    CHECK_FALSE(gone.instructions.has_value());
    CHECK(gone.reason.find("/nowhere/a.assay.so") != std::string::npos);
}

TEST_CASE("a desk that was cancelled counts nothing more") {
    CountingDesk desk(options());
    if (!can_count(desk)) {
        return;
    }
    desk.cancel_all();
    const CountAnswer answer = desk.count(ASSAY_WORK_PLUGIN, "work", chain_of(1000), {});
    CHECK_FALSE(answer.instructions.has_value());
    CHECK(answer.reason.find("cancelled") != std::string::npos);
}

} // namespace assay::workers
