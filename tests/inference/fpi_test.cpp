#include "allocation_count.hpp"
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

namespace fpi_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

const char* const kModels[] = {"5x5", "ring4x3", "4x3x2", "6"};
const char* const kSchedules[] = {"sequential", "parallel", "parallel_damped"};

} // namespace

TEST_CASE("the plugin provides the suite and its families by name") {
    CHECK(text_of(session().plugin().id) == "org.assay.inference");
    REQUIRE(session().plugin().n_provided == 1);
    CHECK(text_of(session().plugin().provided[0].name) == "inference");
    for (const char* name : {"fpi", "mmp", "vmp", "bp", "learning", "sophisticated"}) {
        CHECK(text_of(session().family(name).name) == name);
    }
}

TEST_CASE("a quick run has at most 6 cases of each family") {
    for (const assay_case_def* family : session().families()) {
        CAPTURE(text_of(family->name));
        CHECK(cases_of(*family, &assay_axis::quick_mask) <= 6);
        CHECK(cases_of(*family, &assay_axis::standard_mask) <= 48);
    }
}

TEST_CASE("every schedule passes its verification and is exact with one factor") {
    for (const char* model : kModels) {
        for (const char* schedule : kSchedules) {
            for (const char* logs : {"computed", "kept"}) {
                CAPTURE(model);
                CAPTURE(schedule);
                auto opened = session().open(
                    "fpi", {{"model", model}, {"schedule", schedule}, {"log_likelihood", logs}});
                REQUIRE(opened->status() == ASSAY_OK);
                const assay_status verified = opened->verify();
                CAPTURE(opened->text());
                REQUIRE(verified == ASSAY_OK);
                const Metrics& m = opened->metrics();
                const bool one_factor = std::string(model) == "6";
                CHECK(m.at("sweeps").back() == (one_factor ? 1 : 10));
                CHECK(m.at("evidence_gap").back() >= -1e-9);
                CHECK(m.at("values_verified").back() >= 4 * 7);
                CHECK(m.at("error").back() < (one_factor ? 1e-12 : 0.6));
            }
        }
    }
}

TEST_CASE("with a tolerance sweeps end early and the time to it is told") {
    auto opened = session().open("fpi", {{"model", "4x3x2"}, {"tolerance", 1e-6}});
    REQUIRE(opened->verify() == ASSAY_OK);
    CHECK(opened->metrics().at("converged").back() == 1);
    CHECK(opened->metrics().at("sweeps").back() < 100);
    CHECK(opened->batch({.iterations = 4}).metrics.at("time_to_tolerance").back() > 0);
    auto off = session().open("fpi", {{"model", "4x3x2"}});
    CHECK_FALSE(off->batch({.iterations = 4}).metrics.contains("time_to_tolerance"));
}

TEST_CASE("a tolerance that no sweep reaches is told as not converged and has no time") {
    auto opened = session().open("fpi", {{"model", "4x3x2"}, {"tolerance", 1e-300}});
    REQUIRE(opened->verify() == ASSAY_OK);
    const double converged = opened->metrics().at("converged").back();
    const BatchResult result = opened->batch({.iterations = 4});
    CHECK(result.metrics.contains("time_to_tolerance") == (converged == 1));
}

TEST_CASE("kept logarithms spare those of the likelihood and change nothing but the last digits") {
    auto computed = session().open("fpi", {{"model", "4x3x2"}});
    auto kept = session().open("fpi", {{"model", "4x3x2"}, {"log_likelihood", "kept"}});
    const BatchResult a = computed->batch({.iterations = 8}), b = kept->batch({.iterations = 8});
    CHECK(a.metrics.at("logarithms").back() >= b.metrics.at("logarithms").back() + 24);
    CHECK(a.metrics.at("contractions").back() == b.metrics.at("contractions").back());
    REQUIRE(computed->verify() == ASSAY_OK);
    REQUIRE(kept->verify() == ASSAY_OK);
    CHECK(computed->metrics().at("free_energy").back() ==
          doctest::Approx(kept->metrics().at("free_energy").back()).epsilon(1e-12));
}

TEST_CASE("a checksum is a function of seed and iterations") {
    std::set<std::uint64_t> same, all;
    for (int repeat = 0; repeat < 3; ++repeat) {
        auto opened = session().open("fpi", {{"model", "ring4x3"}}, 5);
        (void)opened->batch({.iterations = static_cast<std::uint64_t>(repeat)});
        same.insert(opened->batch({.iterations = 9}).checksum);
        same.insert(opened->batch({.iterations = 9, .warmup = true}).checksum);
        all.insert(opened->batch({.iterations = 10}).checksum);
    }
    CHECK(same.size() == 1);
    all.insert(same.begin(), same.end());
    all.insert(session().open("fpi", {{"model", "ring4x3"}}, 6)->batch({.iterations = 9}).checksum);
    CHECK(all.size() == 3);
    CHECK_FALSE(all.contains(0));
}

TEST_CASE("a timed batch of inferences allocates nothing") {
    for (const char* model : kModels) {
        for (const char* schedule : kSchedules) {
            const std::uint64_t before = allocation_count();
            auto opened = session().open(
                "fpi", {{"model", model}, {"schedule", schedule}, {"log_likelihood", "kept"}});
            CHECK(allocation_count() > before); // what the plugin allocates is counted here
            (void)opened->batch({.iterations = 4, .warmup = true});
            CHECK(opened->batch({.iterations = 12}).allocations == 0);
        }
    }
}

TEST_CASE("a cancelled batch of inferences ends before the first sweep is over") {
    auto opened = session().open("fpi", {{"model", "5x5"}});
    const BatchResult result = opened->batch({.iterations = 40, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(result.metrics.empty());
    CHECK(opened->batch({.iterations = 4, .warmup = true}).metrics.empty());
}

TEST_CASE("values of fpi that are not of an axis' form are refused with the form") {
    const auto refusal = [](const Parameters& parameters) {
        auto opened = session().open("fpi", parameters);
        CHECK(opened->status() == ASSAY_E_CONFIG);
        return opened->text();
    };
    CHECK(refusal({{"model", "5by5"}}).starts_with("model=5by5: expected the states of each "));
    CHECK(refusal({{"schedule", "random"}}).starts_with("schedule=random: expected sequential, "));
    CHECK(refusal({{"log_likelihood", "no"}}) == "log_likelihood=no: expected computed or kept");
    CHECK(refusal({{"tolerance", -1.0}}).starts_with("tolerance=-1: expected 0 "));
    CHECK(refusal({{"tolerance", std::nan("")}}).starts_with("tolerance=NaN: expected 0 "));
}

TEST_CASE("a model larger than a launch should hold is skipped with its bytes") {
    auto opened = session().open("fpi", {{"model", "1000x1000"}});
    CHECK(opened->status() == ASSAY_SKIP);
    CHECK(opened->text() ==
          "model=1000x1000 needs 16064000000 bytes of tensors, more than 536870912");
    CHECK(session().open("fpi", {{"model", "4096x4096x4096x4096x4096x4096"}})->status() ==
          ASSAY_SKIP);
}

} // namespace fpi_test
