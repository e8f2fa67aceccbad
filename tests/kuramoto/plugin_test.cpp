// What holds for every family of the suite, through the plugin's C ABI.
#include "suite_session.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace plugin_test {

using namespace kuramoto_test;
using namespace suite_test;

TEST_CASE("the suite has its five families with Odeint as what speed is held against") {
    CHECK(session().family_names() ==
          std::vector<std::string>{"step", "ensemble", "sync_time", "transition", "module_net"});
    for (const std::string& name : session().family_names()) {
        CAPTURE(name);
        const assay_case_def& family = session().family(name);
        const assay_axis& impl = *family.axes[family.n_axes - 1];
        CHECK(text_of(impl.name) == "impl");
        CHECK((impl.flags & ASSAY_AXIS_VARIANT) != 0);
        CHECK(text_of(impl.values[impl.reference].u.str) == "odeint");
        CHECK(text_of(impl.values[0].u.str) == "assay");
        CHECK(cases_of(family, &assay_axis::quick_mask) <= 6);
    }
}

TEST_CASE("every implementation of every family passes its verification") {
    for (const SmallCase& small : small_cases()) {
        for (const std::string& impl : small.impls) {
            CAPTURE(small.family);
            CAPTURE(impl);
            auto opened = session().open(small.family, small.with(impl));
            REQUIRE(opened->status() == ASSAY_OK);
            const assay_status verified = opened->verify();
            CAPTURE(opened->text());
            CHECK(verified == ASSAY_OK);
            CHECK(opened->metrics().at("values_verified").at(0) > 5);
        }
    }
}

TEST_CASE("all graphs pass verification and a lattice wants a square number") {
    for (const char* graph :
         {"ring", "lattice", "erdos_renyi", "watts_strogatz", "barabasi_albert"}) {
        CAPTURE(graph);
        Parameters parameters = step_of(25, graph);
        parameters["impl"] = std::string("assay");
        auto opened = session().open("step", parameters);
        REQUIRE(opened->status() == ASSAY_OK);
        CHECK(opened->verify() == ASSAY_OK);
    }
    auto opened = session().open("step", step_of(26, "lattice"));
    CHECK(opened->status() == ASSAY_E_CONFIG);
    CHECK(opened->text() == "n=26: a lattice expects a square number of at least 9");
}

TEST_CASE("equal seeds give equal checksums and other seeds others") {
    for (const SmallCase& small : small_cases()) {
        for (const std::string& impl : small.impls) {
            CAPTURE(small.family);
            CAPTURE(impl);
            auto opened = session().open(small.family, small.with(impl));
            (void)opened->batch({.iterations = 2});
            const BatchResult one = opened->batch({.iterations = 3});
            auto again = session().open(small.family, small.with(impl));
            const BatchResult two = again->batch({.iterations = 3});
            CHECK(one.status == ASSAY_OK);
            CHECK(one.checksum != 0);
            CHECK(one.checksum == two.checksum);
            auto other = session().open(small.family, small.with(impl), 2);
            CHECK(other->batch({.iterations = 3}).checksum != one.checksum);
        }
    }
}

TEST_CASE("implementations of fixed steps give the same checksum") {
    for (const SmallCase& small : small_cases()) {
        if (small.parameters.count("method") != 0 &&
            small.parameters.at("method") == Parameter(std::string("dopri5"))) {
            continue;
        }
        std::map<std::uint64_t, int> checksums;
        for (const std::string& impl : small.impls) {
            auto opened = session().open(small.family, small.with(impl));
            ++checksums[opened->batch({.iterations = 7}).checksum];
        }
        CAPTURE(small.family);
        CHECK(checksums.size() == 1);
    }
}

TEST_CASE("steps and stages are counted") {
    auto opened = session().open("step", step_of(20, "mean_field"));
    const BatchResult result = opened->batch({.iterations = 40});
    CHECK(result.done == 40);
    CHECK(result.items == 800);
    CHECK(result.metrics.at("osc_steps").at(0) == 800);
    CHECK(result.metrics.at("stages_per_step").at(0) == 4);
    CHECK(result.metrics.at("time_per_osc_stage").at(0) > 0);
    auto adaptive = session().open("step", step_of(20, "mean_field", "dopri5"));
    CHECK(adaptive->batch({.iterations = 20}).metrics.at("stages_per_step").at(0) >= 6);
    const double r = result.metrics.at("order_parameter").at(0);
    CHECK(r > 0);
    CHECK(r <= 1);
    auto modules = session().open("module_net", {{"strength", 5.0}});
    CHECK(modules->batch({.iterations = 3}).metrics.at("osc_steps").at(0) == 240);
}

TEST_CASE("a batch goes back to its start so that its order is that of a few seconds") {
    auto opened = session().open("step", step_of(20, "mean_field"));
    const BatchResult once = opened->batch({.iterations = 500});
    const BatchResult twice = opened->batch({.iterations = 1000});
    CHECK(once.checksum == twice.checksum);
    CHECK(opened->batch({.iterations = 501}).checksum == opened->batch({.iterations = 1}).checksum);
}

TEST_CASE("a batch allocates nothing while it is timed") {
    for (const SmallCase& small : small_cases()) {
        for (const std::string& impl : small.impls) {
            CAPTURE(small.family);
            CAPTURE(impl);
            auto opened = session().open(small.family, small.with(impl));
            (void)opened->batch({.iterations = 2, .warmup = true});
            CHECK(opened->batch({.iterations = 2}).allocations == 0);
        }
    }
}

TEST_CASE("warm-up batches report nothing and a cancelled batch does nothing") {
    for (const SmallCase& small : small_cases()) {
        CAPTURE(small.family);
        auto opened = session().open(small.family, small.with("assay"));
        CHECK(opened->batch({.iterations = 2, .warmup = true}).metrics.empty());
        const BatchResult result = opened->batch({.iterations = 4, .cancelled = true});
        CHECK(result.status == ASSAY_OK);
        CHECK(result.done == 0);
        CHECK(result.metrics.empty());
    }
}

TEST_CASE("eight modules lock when coupled strongly and do not when coupled weakly") {
    const auto settled = [](double strength) {
        auto opened = session().open("module_net", {{"strength", strength}});
        REQUIRE(opened->verify() == ASSAY_OK);
        return opened->metrics();
    };
    const Metrics strong = settled(20), weak = settled(1);
    CHECK(strong.at("locked_share").at(0) == 1);
    CHECK(strong.at("settled_order").at(0) > 0.95);
    CHECK(strong.at("frequency_spread").at(0) < 1e-9);
    CHECK(weak.at("locked_share").at(0) < 0.5);
    CHECK(weak.at("frequency_spread").at(0) > 3);
}

TEST_CASE("the time to synchrony is near that of infinitely many oscillators") {
    auto opened = session().open("sync_time", {{"n", std::int64_t{1000}}, {"strength", 2.0}});
    const Metrics metrics = opened->batch({.iterations = 1}).metrics;
    CHECK(metrics.at("sync_time").at(0) ==
          doctest::Approx(metrics.at("known_sync_time").at(0)).epsilon(0.1));
    CHECK(metrics.at("final_order").at(0) == doctest::Approx(0.70710678));
}

TEST_CASE("parameters that make no sense are refused with name and value and what was expected") {
    struct Refusal {
        std::string family;
        Parameters parameters;
        std::string text;
    };

    const Refusal refusals[] = {
        {"step", step_of(1, "mean_field"), "n=1: expected a whole number from 2 to 4000000"},
        {"step", step_of(9, "mean_field", "euler"), "method=euler: expected rk4 or dopri5"},
        {"ensemble",
         {{"n", std::int64_t{5}}, {"replicas", std::int64_t{0}}},
         "replicas=0: expected a whole number from 1 to 65536"},
        {"sync_time", {{"strength", 1.0}}, "strength=1: expected a number from 1.1 to 100"},
        {"module_net", {{"strength", -1.0}}, "strength=-1: expected a number from 0 to 1000"},
        {"transition",
         {{"frequencies", std::string("flat")}},
         "frequencies=flat: expected lorentzian, gaussian or uniform"},
        {"step", {{"impl", std::string("cuda")}}, "impl=cuda: expected assay, odeint or naive_n2"},
        {"ensemble", {{"impl", std::string("x")}}, "impl=x: expected assay, odeint or single"},
    };
    for (const Refusal& refusal : refusals) {
        auto opened = session().open(refusal.family, refusal.parameters);
        CHECK(opened->status() == ASSAY_E_CONFIG);
        CHECK(opened->text() == refusal.text);
    }
    auto graph = session().open("step", step_of(9, "star"));
    CHECK(graph->status() == ASSAY_E_CONFIG);
    CHECK(graph->text().starts_with("coupling=star: expected mean_field, dense"));
}

TEST_CASE("matrices and sines of pairs of too many oscillators are skipped with the reason") {
    auto matrix = session().open("step", step_of(10'000, "dense"));
    CHECK(matrix->status() == ASSAY_SKIP);
    CHECK(matrix->text() == "coupling=dense,n=10000: matrices are measured to n=1000");
    Parameters pairs = step_of(10'000, "mean_field");
    pairs["impl"] = std::string("naive_n2");
    CHECK(session().open("step", pairs)->status() == ASSAY_SKIP);
}

} // namespace plugin_test
