// What families that plan do with a model whose policies have more than one step.
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <string>

namespace given_horizon_test {

using namespace suite_test;

namespace {

// A room of two states that action 1 leaves and action 0 does not; what is seen is the state.
std::string room(const std::string& more) {
    return R"({"model":{"states":[2],"A":[[[0.9,0.2],[0.1,0.8]]],)"
           R"("B":[[[[1,0],[0,1]],[[0,1],[1,0]]]],"D":[[0.7,0.3]])" +
           more + "}}";
}

// Wants the other state first, then this one.
const std::string kThereAndBack = R"(,"C":[[[0,3],[3,0]]])";

const assay_axis& axis_of(const PluginSession& session, const char* family, const char* name) {
    const assay_case_def& of = session.family(family);
    for (std::size_t i = 0; i < of.n_axes; ++i) {
        if (text_of(of.axes[i]->name) == name) {
            return *of.axes[i];
        }
    }
    FAIL("the family has no axis " << name);
    return *of.axes[0];
}

std::int64_t horizon_of(const PluginSession& session, const char* family) {
    const assay_axis& axis = axis_of(session, family, "horizon");
    CHECK(axis.n_values == 1);
    return axis.values[0].u.i64;
}

const char* const kPlanners[] = {"efe", "agent_step", "policy_latency"};

} // namespace

TEST_CASE("families that plan take the horizon of the user's model") {
    PluginSession plain(room(""));
    PluginSession timed(room(kThereAndBack));
    PluginSession prior(room(R"(,"E":[0.3,0.1,0.1,0.1,0.1,0.1,0.1,0.1])"));
    REQUIRE_MESSAGE(prior.status() == ASSAY_OK, prior.text());
    for (const char* family : kPlanners) {
        CAPTURE(family);
        CHECK(text_of(axis_of(plain, family, "model").values[0].u.str).starts_with("given_"));
        CHECK(horizon_of(plain, family) == 1);
        CHECK(horizon_of(timed, family) == 2);
        CHECK(horizon_of(prior, family) == 3);
    }
}

TEST_CASE("plans of several steps pass their verification, with a time axis of C and with E") {
    for (const std::string& more : {kThereAndBack,
                                    std::string(R"(,"E":[0.4,0.3,0.2,0.1])"),
                                    kThereAndBack + R"(,"E":[0.4,0.3,0.2,0.1])"}) {
        PluginSession session(room(more));
        CAPTURE(more);
        for (const char* family : {"efe", "agent_step", "policy_latency", "agents_1"}) {
            CAPTURE(family);
            auto opened = session.open(family, {});
            REQUIRE_MESSAGE(opened->status() == ASSAY_OK, opened->text());
            const assay_status verified = opened->verify();
            CHECK_MESSAGE(verified == ASSAY_OK, opened->text());
            CHECK(opened->batch({.iterations = 4}).done == 4);
        }
        CHECK(session.open("efe", {})->batch({.iterations = 3}).items == 3 * 4);
    }
}

TEST_CASE("the column of C of a step counts, not the first one alone") {
    PluginSession session(room(kThereAndBack)), constant(room(R"(,"C":[[[0,0],[3,3]]])"));
    CHECK(session.open("efe", {})->batch({.iterations = 1}).checksum !=
          constant.open("efe", {})->batch({.iterations = 1}).checksum);
    // Of one step the first columns are all that is read, and they are equal.
    CHECK(session.open("efe", {{"horizon", 1}})->batch({.iterations = 1}).checksum ==
          constant.open("efe", {{"horizon", 1}})->batch({.iterations = 1}).checksum);
}

TEST_CASE("a longer horizon may be asked for, one that C or E does not reach is refused") {
    PluginSession plain(room(""));
    for (const char* family : kPlanners) {
        CAPTURE(family);
        auto longer = plain.open(family, {{"horizon", 7}});
        REQUIRE_MESSAGE(longer->status() == ASSAY_OK, longer->text());
        const assay_status verified = longer->verify();
        CHECK_MESSAGE(verified == ASSAY_OK, longer->text());
        CHECK(plain.open(family, {{"horizon", 0}})->status() == ASSAY_E_CONFIG);
        CHECK(plain.open(family, {{"horizon", 21}})->status() == ASSAY_E_CONFIG);
    }
    PluginSession timed(room(kThereAndBack));
    const auto beyond = timed.open("efe", {{"horizon", 3}});
    CHECK(beyond->status() == ASSAY_E_CONFIG);
    CHECK(beyond->text().find("horizon=3: C[0]: has shape [2, 2]") != std::string::npos);
    PluginSession prior(room(R"(,"E":[0.4,0.3,0.2,0.1])"));
    const auto other = prior.open("agent_step", {{"horizon", 1}});
    CHECK(other->status() == ASSAY_E_CONFIG);
    CHECK(other->text().find("E: has 4 entries, expected one for each of 2 policies") !=
          std::string::npos);
}

TEST_CASE("more policies than anyone waits for are refused with their number") {
    PluginSession four(R"({"model":{"states":[1],"B":[[[[1,1,1,1]]]]}})");
    REQUIRE_MESSAGE(four.status() == ASSAY_OK, four.text());
    const auto many = four.open("efe", {{"horizon", 11}});
    CHECK(many->status() == ASSAY_E_CONFIG);
    CHECK(many->text().find("4194304 policies of 11 steps") != std::string::npos);
}

TEST_CASE("a model without any modality is worth the same whatever is done") {
    PluginSession blind(R"({"model":{"states":[2]}})");
    auto opened = blind.open("efe", {});
    REQUIRE_MESSAGE(opened->status() == ASSAY_OK, opened->text());
    const assay_status verified = opened->verify();
    CHECK_MESSAGE(verified == ASSAY_OK, opened->text());
}

} // namespace given_horizon_test
