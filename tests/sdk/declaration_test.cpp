#include "fake_host.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sdk_test;

TEST_CASE("the example of the documentation declares its three families") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    REQUIRE(suite.status == ASSAY_OK);
    CHECK(suite.family_names() == std::vector<std::string>{"inner_product", "multiply", "sort"});
    CHECK(suite.family("inner_product")->shape == ASSAY_SHAPE_INDEPENDENT);
    CHECK(suite.family("multiply")->shape == ASSAY_SHAPE_CHAIN);
    CHECK(suite.family("multiply")->n_axes == 0);
    const assay_axis& n = *suite.family("inner_product")->axes[0];
    CHECK(view(n.name) == "n");
    CHECK(n.type == ASSAY_T_I64);
    REQUIRE(n.n_values == 3);
    CHECK(n.values[2].u.i64 == 1 << 20);
    CHECK(n.quick_mask == 0);
}

TEST_CASE("an axis keeps type, unit, help, modes, zip and reference") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const assay_case_def& def = *suite.family("parameters");
    REQUIRE(def.n_axes == 5);
    const assay_axis& n = *def.axes[0];
    CHECK(n.struct_size == sizeof(assay_axis));
    CHECK(view(n.unit) == "{row}");
    CHECK(view(n.help) == "rows");
    CHECK(n.quick_mask == 0b001);
    CHECK(n.standard_mask == 0b101);
    CHECK(n.mode == ASSAY_AXIS_CROSS);
    const assay_axis& x = *def.axes[1];
    CHECK(x.type == ASSAY_T_F64);
    CHECK(x.values[0].type == ASSAY_T_F64); // an integer among floating-point values became one
    CHECK(x.values[0].u.f64 == 1.0);
    CHECK(def.axes[2]->type == ASSAY_T_BOOL);
    CHECK(def.axes[2]->values[0].u.i64 == 1);
    const assay_axis& path = *def.axes[3];
    CHECK(path.type == ASSAY_T_STR);
    CHECK(path.flags == ASSAY_AXIS_VARIANT);
    CHECK(path.reference == 1);
    const assay_axis& names = *def.axes[4];
    CHECK(names.mode == ASSAY_AXIS_ZIP);
    CHECK(view(names.help) == "not the family");
    CHECK(view(names.values[1].u.str) == "b");
}

TEST_CASE("a family keeps everything the host must know about it") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const assay_case_def& def = *suite.family("parameters");
    CHECK(view(def.tags) == "fast,echo");
    CHECK(view(def.help).empty());
    CHECK(def.domains == (ASSAY_DOMAIN_DISK | ASSAY_DOMAIN_MEMORY));
    CHECK(def.margin == 0.02);
    CHECK(def.timeout_s == 5.0);
    CHECK(def.clock == ASSAY_CLOCK_WALL);
    CHECK(def.flags == (ASSAY_CASE_STATEFUL | ASSAY_CASE_EXCLUSIVE | ASSAY_CASE_NO_INPROC));
    CHECK(suite.family("chain")->flags == ASSAY_CASE_DETERMINISTIC);
    CHECK(suite.family("stored")->max_iterations == 5000);
    CHECK(suite.family("stored")->bytes_per_iteration == 64);
    CHECK(suite.family("lanes")->max_lanes == 4);
    CHECK(suite.family("lanes")->flags == ASSAY_CASE_THREADS);
    CHECK(view(suite.family("latency")->help) == "one operation");
    CHECK(suite.family("custom")->shape == ASSAY_SHAPE_SINGLE);
    CHECK(suite.family("manual")->shape == ASSAY_SHAPE_MANUAL);
}

TEST_CASE("inputs are counted as memory of an iteration when nobody says more") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    CHECK(suite.family("sort")->bytes_per_iteration == sizeof(std::vector<int>));
    CHECK(suite.family("multiply")->bytes_per_iteration == 0);
}

TEST_CASE("a metric keeps direction, aggregate, provenance, flags and companion") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const assay_case_def& def = *suite.family("custom");
    REQUIRE(def.n_metrics == 4);
    CHECK(def.metrics[0]->flags == ASSAY_METRIC_EXACT);
    CHECK(def.metrics[0]->aggregate == ASSAY_AGG_SUM);
    CHECK(def.metrics[0]->provenance == ASSAY_PROV_MEASURED);
    const assay_metric_def& rate = *def.metrics[2];
    CHECK(view(rate.key) == "hit_rate");
    CHECK(view(rate.unit) == "1");
    CHECK(view(rate.help) == "share");
    CHECK(view(rate.companion) == "hits");
    CHECK(rate.direction == ASSAY_DIR_HIGHER_IS_BETTER);
    CHECK(rate.aggregate == ASSAY_AGG_RATIO);
    CHECK(rate.numerator == 0);
    CHECK(rate.denominator == 1);
    CHECK(rate.flags == ASSAY_METRIC_GATE);
    CHECK(def.metrics[3]->provenance == ASSAY_PROV_DERIVED);
    CHECK(def.metrics[3]->direction == ASSAY_DIR_LOWER_IS_BETTER);
}

TEST_CASE("descriptions are equal in two suite objects") {
    const FakeHost host;
    const assay_plugin* plugin = load(host, "shapes");
    const LoadedSuite one(host, plugin, "shapes");
    const LoadedSuite two(host, plugin, "shapes");
    CHECK(one.family_names() == two.family_names());
    CHECK(one.iface->case_at(one.object, 1000) == nullptr);
}
