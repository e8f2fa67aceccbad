#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <set>

namespace trajectory_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

double last(const Metrics& metrics, const char* key) {
    return metrics.at(key).back();
}

Parameters small(const char* model) {
    return {{"model", model}};
}

void check_refusal(const char* family, const Parameters& parameters, const std::string& text) {
    auto opened = session().open(family, parameters);
    CHECK(opened->status() == ASSAY_E_CONFIG);
    CHECK(opened->text().substr(0, text.size()) == text);
}

} // namespace

TEST_CASE("marginal message passing passes its verification in both forms") {
    for (const char* model : {"3x2", "ring3x2", "4"}) {
        for (const char* form : {"factorised", "plain"}) {
            CAPTURE(model);
            CAPTURE(form);
            auto mmp = session().open("mmp", {{"model", model}, {"form", form}});
            REQUIRE(mmp->status() == ASSAY_OK);
            const assay_status verified = mmp->verify();
            CAPTURE(mmp->text());
            REQUIRE(verified == ASSAY_OK);
            CHECK(last(mmp->metrics(), "iterations") == 10);
            CHECK(last(mmp->metrics(), "values_verified") >= 2 * 5 * 4);
            CHECK(last(mmp->metrics(), "error") < 0.9);
        }
    }
}

TEST_CASE("variational message passing passes its verification with both rules") {
    for (const char* model : {"3x2", "ring3x2", "4"}) {
        for (const char* rule : {"vmp", "mmp"}) {
            CAPTURE(model);
            CAPTURE(rule);
            auto vmp = session().open("vmp", {{"model", model}, {"rule", rule}});
            REQUIRE(vmp->status() == ASSAY_OK);
            const assay_status verified = vmp->verify();
            CAPTURE(vmp->text());
            REQUIRE(verified == ASSAY_OK);
            CHECK(last(vmp->metrics(), "iterations") == 16);
            CHECK(last(vmp->metrics(), "error") > 1e-9); // neither rule is exact
            CHECK(last(vmp->metrics(), "error") < 0.9);
        }
    }
}

TEST_CASE("windows of one step and policies of none are inferred too") {
    auto mmp = session().open("mmp",
                              {{"model", "3x2"},
                               {"observed", std::int64_t{1}},
                               {"horizon", std::int64_t{0}},
                               {"iterations", std::int64_t{1}}});
    REQUIRE(mmp->status() == ASSAY_OK);
    CHECK(mmp->verify() == ASSAY_OK);
    auto vmp = session().open("vmp", {{"model", "4"}, {"steps", std::int64_t{1}}});
    REQUIRE(vmp->verify() == ASSAY_OK);
    CHECK(last(vmp->metrics(), "error") < 1e-9); // one step of one factor is exact
}

TEST_CASE("inference over time counts its work and grows with the number of rounds") {
    for (const char* family : {"mmp", "vmp"}) {
        CAPTURE(family);
        Parameters parameters = small("3x2");
        parameters["iterations"] = std::int64_t{10};
        auto ten = session().open(family, parameters);
        parameters["iterations"] = std::int64_t{20};
        auto twenty = session().open(family, parameters);
        const Metrics a = ten->batch({.iterations = 3}).metrics;
        const Metrics b = twenty->batch({.iterations = 5}).metrics;
        CHECK(last(a, "contractions") > 0);
        CHECK(last(b, "contractions") == doctest::Approx(2 * last(a, "contractions")));
        CHECK(last(b, "logarithms") > 1.5 * last(a, "logarithms"));
    }
}

TEST_CASE("inference over time has one checksum per seed and allocates nothing") {
    for (const char* family : {"mmp", "vmp"}) {
        CAPTURE(family);
        std::set<std::uint64_t> same, all;
        for (std::uint64_t warm = 0; warm < 3; ++warm) {
            auto opened = session().open(family, small("3x2"));
            (void)opened->batch({.iterations = warm, .warmup = true});
            const BatchResult result = opened->batch({.iterations = 4});
            CHECK(result.allocations == 0);
            same.insert(result.checksum);
        }
        CHECK(same.size() == 1);
        all = same;
        all.insert(session().open(family, small("3x2"), 2)->batch({.iterations = 4}).checksum);
        all.insert(session().open(family, small("3x2"))->batch({.iterations = 5}).checksum);
        CHECK(all.size() == 3);
        CHECK_FALSE(all.contains(0));
    }
}

TEST_CASE("a cancelled inference over time counts nothing") {
    for (const char* family : {"mmp", "vmp", "learning", "sophisticated"}) {
        CAPTURE(family);
        auto opened = session().open(family, small("3x2"));
        const BatchResult result = opened->batch({.iterations = 4, .cancelled = true});
        CHECK(result.status == ASSAY_OK);
        CHECK(result.done == 0);
        CHECK(result.metrics.empty());
    }
}

TEST_CASE("values of mmp and vmp that are not of an axis' form are refused with the form") {
    check_refusal("mmp", {{"form", "dense"}}, "form=dense: expected factorised or plain");
    check_refusal("mmp", {{"observed", std::int64_t{0}}}, "observed=0: expected 1 to 10000");
    check_refusal("mmp", {{"horizon", std::int64_t{-1}}}, "horizon=-1: expected 0 to 10000");
    check_refusal("mmp", {{"iterations", std::int64_t{0}}}, "iterations=0: expected 1 to 100000");
    check_refusal("vmp", {{"rule", "bp"}}, "rule=bp: expected vmp or mmp");
    check_refusal("vmp", {{"steps", std::int64_t{10001}}}, "steps=10001: expected 1 to 10000");
    check_refusal("vmp", {{"model", "a"}}, "model=a: expected the states of each factor");
}

TEST_CASE("likelihoods over all factors that are too large are skipped with their bytes") {
    auto mmp = session().open("mmp", {{"model", "ring12x4"}, {"form", "plain"}});
    CHECK(mmp->status() == ASSAY_SKIP);
    CHECK(mmp->text() == "model=ring12x4 needs 2415919104 bytes of likelihoods over all factors, "
                         "more than 268435456: form=factorised has none");
    CHECK(session().open("mmp", {{"model", "ring12x4"}})->status() == ASSAY_OK);
}

TEST_CASE("learning passes its verification for both tensors") {
    for (const char* model : {"3x2", "ring3x2", "4"}) {
        for (const char* tensor : {"A", "B"}) {
            CAPTURE(model);
            CAPTURE(tensor);
            auto learning = session().open("learning", {{"model", model}, {"tensor", tensor}});
            REQUIRE(learning->status() == ASSAY_OK);
            (void)learning->batch({.iterations = 0});
            const assay_status verified = learning->verify();
            CAPTURE(learning->text());
            REQUIRE(verified == ASSAY_OK);
            CHECK(last(learning->metrics(), "values_verified") >= 2 * 16);
        }
    }
    check_refusal("learning", {{"tensor", "C"}}, "tensor=C: expected A or B");
}

TEST_CASE("every batch learns from the same start") {
    auto learning = session().open("learning", small("3x2"));
    const std::uint64_t first = learning->batch({.iterations = 7}).checksum;
    CHECK(learning->batch({.iterations = 6}).checksum != first);
    const BatchResult again = learning->batch({.iterations = 7});
    CHECK(again.checksum == first);
    CHECK(again.allocations == 0);
    CHECK(again.items == 7 * (18 + 12));
}

TEST_CASE("sophisticated search passes its verification at every depth, kept tables or not") {
    for (const std::int64_t horizon : {1, 2, 3}) {
        for (const char* cache : {"off", "on"}) {
            CAPTURE(horizon);
            auto search = session().open(
                "sophisticated", {{"model", "2x2"}, {"horizon", horizon}, {"cache", cache}});
            REQUIRE(search->status() == ASSAY_OK);
            const assay_status verified = search->verify();
            CAPTURE(search->text());
            REQUIRE(verified == ASSAY_OK);
            CHECK((last(search->metrics(), "nodes") == 1) == (horizon == 1));
        }
    }
}

TEST_CASE("a search gives the same values with its tables kept and allocates nothing") {
    std::set<std::uint64_t> checksums;
    for (const char* cache : {"off", "on"}) {
        auto search = session().open("sophisticated", {{"model", "3x2"}, {"cache", cache}});
        (void)search->batch({.iterations = 1, .warmup = true});
        const BatchResult result = search->batch({.iterations = 3});
        CHECK(result.allocations == 0);
        CHECK(last(result.metrics, "policies") == 16);
        checksums.insert(result.checksum);
    }
    CHECK(checksums.size() == 1);
}

TEST_CASE("searches that nobody could wait for are refused") {
    check_refusal("sophisticated", {{"horizon", std::int64_t{9}}}, "horizon=9: expected 1 to 8");
    check_refusal("sophisticated", {{"cache", "no"}}, "cache=no: expected off or on");
    check_refusal("sophisticated",
                  {{"model", "2x2x2x2x2x2x2x2x2x2x2"}},
                  "model=2x2x2x2x2x2x2x2x2x2x2: 4194304 policies");
}

} // namespace trajectory_test
