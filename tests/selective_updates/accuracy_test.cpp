// How far the selective paths are from the full ones, as the plugin reports it.
#include "small_cases.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace selective_updates_test;
using namespace suite_test;

namespace {

Metrics verified(const std::string& family, const Parameters& parameters, std::uint64_t seed) {
    auto opened = session().open(family, parameters, seed);
    REQUIRE(opened->status() == ASSAY_OK);
    const assay_status status = opened->verify();
    CAPTURE(opened->text());
    REQUIRE(status == ASSAY_OK);
    return opened->metrics();
}

} // namespace

TEST_CASE("the error of a hierarchy grows with the threshold at every level") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        for (const std::int64_t levels : {3, 5}) {
            CAPTURE(seed);
            CAPTURE(levels);
            std::vector<double> before(5, 0.0);
            for (const double theta : {0.0, 1e-6, 1e-3, 1e-1}) {
                CAPTURE(theta);
                const Metrics m = verified(
                    "hierarchical",
                    {{"levels", levels}, {"theta", theta}, {"path", std::string("selective")}},
                    seed);
                for (std::int64_t level = 0; level < 5; ++level) {
                    CAPTURE(level);
                    const std::string key = "max_abs_error_level_" + std::to_string(level);
                    REQUIRE(m.contains(key) == (level < levels));
                    if (level < levels) {
                        double& last = before[static_cast<std::size_t>(level)];
                        const double error = m.at(key).front();
                        CHECK((theta > 0 || error <= 1e-12));
                        CHECK(error >= 0.9 * last);
                        last = error;
                    }
                }
                CHECK(m.contains("error_bound") == (theta == 0));
                CHECK(m.at("max_abs_error").front() == std::ranges::max(before));
                CHECK(m.at("max_abs_error_top").front() ==
                      before[static_cast<std::size_t>(levels - 1)]);
            }
            CHECK(before[static_cast<std::size_t>(levels - 1)] > 1e-6);
        }
    }
}

TEST_CASE("a hierarchy that is told everything saves less than nothing") {
    auto opened = session().open(
        "hierarchical",
        {{"levels", std::int64_t{5}}, {"theta", 0.0}, {"path", std::string("selective")}});
    const Metrics m = opened->batch({.iterations = 500, .seed = 3}).metrics;
    CHECK(total(m, "levels_computed") == total(m, "levels_total"));
    CHECK(total(m, "ops_skipped") < 0);
}

TEST_CASE("a threshold that is reached seldom computes fewer levels") {
    double before = 1e9;
    for (const double theta : {0.0, 1e-6, 1e-3, 1e-1}) {
        auto opened = session().open(
            "hierarchical",
            {{"levels", std::int64_t{5}}, {"theta", theta}, {"path", std::string("selective")}});
        const Metrics m = opened->batch({.iterations = 2000, .seed = 3}).metrics;
        CHECK(total(m, "levels_total") == 5);
        CHECK(total(m, "levels_computed") >= 1); // level 0
        CHECK(total(m, "levels_computed") <= before);
        before = total(m, "levels_computed");
    }
    CHECK(before < 5.0 / 2);
}

TEST_CASE("free energy kept up to date stays within its bound over ten thousand changes") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Metrics m =
            verified("incremental_vfe",
                     {{"states", std::int64_t{7}}, {"path", std::string("selective")}},
                     seed);
        CHECK(total(m, "values_verified") == 10'000);
        CHECK(m.at("max_abs_error").front() <= m.at("error_bound").front());
        CHECK(m.at("max_abs_error").front() > 0); // a real difference of two ways to compute
    }
}

TEST_CASE("the free energy is computed from scratch every 256 changes") {
    auto opened = session().open("incremental_vfe",
                                 {{"states", std::int64_t{6}}, {"path", std::string("selective")}});
    const Metrics m = opened->batch({.iterations = 600, .seed = 3}).metrics;
    CHECK(total(m, "rebases") == doctest::Approx(2 / 600.0));
}

TEST_CASE("where nothing changes nothing is contracted") {
    auto sparse = session().open(
        "sparse_observation",
        {{"states", std::int64_t{4}}, {"change_rate", 0.0}, {"path", std::string("selective")}});
    auto policy = session().open("partial_policy",
                                 {{"states", std::int64_t{3}},
                                  {"policies", std::int64_t{5}},
                                  {"changed", 0.0},
                                  {"path", std::string("selective")}});
    for (auto* opened : {sparse.get(), policy.get()}) {
        const Metrics m = opened->batch({.iterations = 3}).metrics;
        CHECK(total(m, "contractions_done") == 0);
        CHECK(total(m, "ops_done") == 0);
        CHECK(total(m, "ops_skipped") == total(m, "ops_total"));
    }
}

TEST_CASE("more change costs more work") {
    for (const std::string family : {"sparse_observation", "partial_policy"}) {
        CAPTURE(family);
        double before = 0;
        for (const double share : {0.1, 0.3, 0.5, 1.0}) {
            Parameters parameters{{"states", std::int64_t{5}}, {"path", std::string("selective")}};
            if (family == "partial_policy") {
                parameters["policies"] = std::int64_t{9};
                parameters["changed"] = share;
            } else {
                parameters["change_rate"] = share;
            }
            const Metrics m = session().open(family, parameters)->batch({.iterations = 2}).metrics;
            CHECK(total(m, "ops_done") > before);
            before = total(m, "ops_done");
        }
    }
}

TEST_CASE("values of policies are those of the evaluation of all policies") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Metrics m = verified("partial_policy",
                                   {{"states", std::int64_t{4}},
                                    {"policies", std::int64_t{12}},
                                    {"changed", 0.5},
                                    {"path", std::string("selective")}},
                                   seed);
        CHECK(m.at("max_abs_error").front() <= 1e-12);
        CHECK(m.at("posterior_error").front() <= 1.6e-11);
        CHECK(total(m, "values_verified") == 20 * 2 * 12);
    }
}

TEST_CASE("beliefs from a warm start are those from the prior or belong to another optimum") {
    double other = 0;
    double flat = 0;
    for (const std::int64_t states : {2, 5}) {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            CAPTURE(states);
            CAPTURE(seed);
            const Metrics m = verified(
                "sparse_observation",
                {{"states", states}, {"change_rate", 0.5}, {"path", std::string("selective")}},
                seed);
            const bool bounded = m.contains("error_bound");
            const double elsewhere = total(m, "other_optima") + total(m, "flat_optima");
            CHECK(bounded == (elsewhere == 0));
            CHECK((!bounded || m.at("max_abs_error").front() <= m.at("error_bound").front()));
            CHECK((bounded || m.at("max_abs_error").front() > 1e-5));
            CHECK(m.at("sum_error").front() <= 256 * 1e-12);
            other += total(m, "other_optima");
            flat += total(m, "flat_optima");
        }
    }
    CHECK(other > 0); // both happen with two states, at few observations
    CHECK(flat > 0);
}

TEST_CASE("a memo saves what did not change and nothing of what did") {
    Metrics m;
    std::uint64_t checksum = 0;
    for (const std::string path : {"full", "memo", "selective"}) {
        CAPTURE(path);
        auto opened =
            session().open("sparse_observation",
                           {{"states", std::int64_t{6}}, {"change_rate", 0.2}, {"path", path}});
        REQUIRE(opened->verify() == ASSAY_OK);
        const BatchResult result = opened->batch({.iterations = 3});
        const Metrics before = std::exchange(m, result.metrics);
        const double unchanged = total(m, "unchanged");
        CHECK(unchanged > 0);
        CHECK(unchanged + total(m, "changed") == 256);
        CHECK(total(m, "unchanged_share") == doctest::Approx(unchanged / 256));
        CHECK(total(m, "ops_done") + total(m, "ops_skipped") ==
              doctest::Approx(total(m, "ops_total")));
        if (path == "full") {
            CHECK(total(m, "ops_skipped") == 0);
            CHECK(total(m, "changed_sweeps") < total(m, "sweeps"));
        } else {
            // Of the stream alone, and none of the work is at observations that did not change.
            CHECK(unchanged == total(before, "unchanged"));
            CHECK(total(m, "changed_ops_total") == total(before, "changed_ops_total"));
            CHECK(total(m, "ops_done") ==
                  total(m, "changed_ops_total") - total(m, "changed_ops_skipped"));
            CHECK(total(m, "changed_sweeps") == total(m, "sweeps"));
        }
        CHECK((total(m, "changed_ops_skipped") != 0) == (path == "selective"));
        if (path == "memo") {
            CHECK(total(m, "ops_skipped") > 0);
            CHECK(opened->metrics().at("max_abs_error").front() == 0);
            CHECK(result.allocations == 0);
            CHECK(result.checksum == checksum);
        }
        checksum = result.checksum;
    }
}

TEST_CASE("a warm start takes fewer sweeps than a start from the prior") {
    double sweeps[2] = {};
    for (const std::string path : {"full", "selective"}) {
        const Metrics m =
            session()
                .open("sparse_observation",
                      {{"states", std::int64_t{6}}, {"change_rate", 0.1}, {"path", path}})
                ->batch({.iterations = 2})
                .metrics;
        CHECK(total(m, "observations") == 256);
        sweeps[path == "full" ? 0 : 1] = total(m, "sweeps");
    }
    CHECK(sweeps[0] >= 512);
    CHECK(sweeps[1] < sweeps[0]);
}
