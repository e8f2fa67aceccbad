#include "app/session/warnings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

using namespace assay;
using namespace assay::app;

namespace {

// `slices` of them in one launch, `operations` samples of `time`.
report::CaseResult measured(std::size_t slices, std::size_t operations, std::uint64_t preempted) {
    report::CaseResult result;
    result.verified = true;
    report::MetricResult& time = result.metrics.emplace_back();
    time.key = "time";
    time.launches = {std::vector<double>(operations, 1.0)};
    time.summary = statistics::summarise(time.launches);
    time.preempted = preempted;
    report::MetricResult& wall = result.metrics.emplace_back();
    wall.key = "wall_time";
    wall.launches = {std::vector<double>(slices, 1.0)};
    wall.summary = statistics::summarise(wall.launches);
    return result;
}

RunSurroundings on_two_cpus(double load_average) {
    RunSurroundings around;
    around.load_average = load_average;
    around.cpus = 2;
    return around;
}

bool warns(const WarningSigns& signs, std::string_view part, const RunSurroundings& around = {}) {
    return std::ranges::any_of(signs.warnings(around), [&](const RunWarning& warning) {
        return warning.text.find(part) != std::string::npos;
    });
}

} // namespace

TEST_CASE("a quiet run of verified cases warns of nothing") {
    WarningSigns signs;
    signs.see(measured(36, 36, 0));
    CHECK(signs.warnings({}).empty());
}

TEST_CASE("slices that the scheduler interrupted are a share of slices, not of operations") {
    WarningSigns signs;
    signs.see(measured(36, 100'000, 18)); // a latency case: many operations a slice
    CHECK(warns(signs, "50 % of the slices"));
    WarningSigns few;
    few.see(measured(36, 36, 3));
    CHECK_FALSE(warns(few, "of the slices"));
}

TEST_CASE("one case is, several are") {
    report::CaseResult odd;
    odd.metrics.emplace_back();
    odd.notes = {"bimodal: 1 and 2"};
    WarningSigns signs;
    signs.see(odd);
    CHECK(warns(signs, "1 of 1 case is bimodal: its median"));
    signs.see(odd);
    CHECK(warns(signs, "2 of 2 cases are bimodal: their median"));
}

TEST_CASE("labels of cases are counted and told with what to do") {
    WarningSigns signs;
    report::CaseResult result = measured(36, 36, 0);
    result.notes = {"unsteady (2 of 6 launches)",
                    "bimodal: slices near 1 us (50 %) and near 2 us (50 %)",
                    "overlap: all lanes ran together in 60 % of the time",
                    "few samples: 3 of at least 6",
                    "nondeterministic: exact metric 'hits' differs between launches"};
    result.verified = false;
    signs.see(result);
    signs.see(measured(36, 36, 0));
    CHECK(warns(signs, "1 of 2 cases had launches that never became steady"));
    CHECK(warns(signs, "1 of 2 cases is bimodal"));
    CHECK(warns(signs, "1 of 2 cases has lanes that ran together for less than 95 %"));
    CHECK(warns(signs, "1 of 2 cases has fewer samples"));
    CHECK(warns(signs, "1 of 2 cases has an exact metric"));
    CHECK(warns(signs, "1 of 2 cases does not verify"));
}

TEST_CASE("cases that did not pass say nothing about the figures of the others") {
    WarningSigns signs;
    report::CaseResult failed = measured(36, 36, 36);
    failed.status = measure::CaseStatus::failed;
    failed.verified = false;
    signs.see(failed);
    CHECK(signs.warnings({}).empty());
}

TEST_CASE("a busy machine and a debug build are told, an unknown load is not") {
    const WarningSigns signs;
    RunSurroundings debug = on_two_cpus(0);
    debug.unoptimised_plugins = {"org.a", "org.b"};
    CHECK(warns(signs, "load average 3.5 on 2 CPUs", on_two_cpus(3.5)));
    CHECK(signs.warnings(on_two_cpus(1.5)).empty());
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    CHECK(signs.warnings(on_two_cpus(unknown)).empty());
    CHECK(warns(signs, "built without optimisation: org.a, org.b", debug));
}

TEST_CASE("cases that mostly wait are told") {
    WarningSigns signs;
    report::CaseResult result = measured(36, 36, 0);
    result.notes = {"mostly waiting: CPU time is under 5 % of wall time (6 of 6 launches)"};
    signs.see(result);
    signs.see(measured(36, 36, 0));
    CHECK(warns(signs, "1 of 2 cases mostly wait"));
}

TEST_CASE("cases whose bodies may be gone are told") {
    WarningSigns signs;
    report::CaseResult result = measured(36, 36, 0);
    result.notes = {"no slower than an empty loop: was the body optimised away? (6 of 6 launches)"};
    signs.see(result);
    signs.see(measured(36, 36, 0));
    CHECK(warns(signs, "1 of 2 cases is no slower than an empty loop"));
}

TEST_CASE("a time whose interval is wider than a tenth of it is told with the launches' ends") {
    const auto of = [](std::vector<double> medians) {
        std::vector<std::vector<double>> launches;
        for (const double median : medians) {
            launches.push_back({median});
        }
        return noise_note(statistics::summarise(launches));
    };
    CHECK(of({342.1e-9, 340e-9, 345e-9, 618.6e-9, 339.2e-9, 343e-9}) ==
          "noisy: launches between 339.2 ns and 618.6 ns");
    CHECK_FALSE(of({100e-9, 101e-9, 102e-9, 103e-9, 104e-9, 109e-9}).has_value());
    CHECK_FALSE(of({1e-9, 2e-9, 3e-9}).has_value()); // too few for an interval
    CHECK_FALSE(of({}).has_value());
    WarningSigns signs;
    report::CaseResult result = measured(36, 36, 0);
    result.notes = {"noisy: launches between 339.2 ns and 618.6 ns"};
    signs.see(result);
    signs.see(measured(36, 36, 0));
    CHECK(warns(signs, "1 of 2 cases is noisy"));
}
