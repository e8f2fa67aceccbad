#include "sample_suites.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::plan;

namespace {

using Ids = std::vector<std::string>;

std::vector<PlannedSuite> sample() {
    return {suite("router",
                  {family("pick", {masked(axis("n", {16, 64}), 0b01, 0)}, {"fast", "cpu"}),
                   family("pick_all", {}, {"slow"})}),
            suite("rag", {family("retrieve", {axis("k", {1, 10})}, {"slow"})})};
}

Selection filtered(std::vector<std::string> filters) {
    Selection selection;
    selection.filters = std::move(filters);
    return selection;
}

Ids ids(std::vector<std::string> filters) {
    return planned_ids(sample(), filtered(std::move(filters)));
}

Error error_of(std::vector<std::string> filters) {
    return plan_error(sample(), filtered(std::move(filters)));
}

} // namespace

TEST_CASE("an exact id is taken literally although its brackets could be an expression") {
    CHECK(ids({"router/pick[n=16]"}) == Ids{"router/pick[n=16]"});
}

TEST_CASE("suite and family are taken literally and do not drag longer names along") {
    CHECK(ids({"router/pick"}) == Ids{"router/pick[n=16]", "router/pick[n=64]"});
    CHECK(ids({"router/pick_all"}) == Ids{"router/pick_all"});
}

TEST_CASE("anything else is a regular expression searched for in the id") {
    CHECK(ids({"^rag/"}) == Ids{"rag/retrieve[k=1]", "rag/retrieve[k=10]"});
    CHECK(ids({"=1"}) == Ids{"router/pick[n=16]", "rag/retrieve[k=1]", "rag/retrieve[k=10]"});
    CHECK(ids({"pick_(all|some)$"}) == Ids{"router/pick_all"});
}

TEST_CASE("several filters mean or, and an exclusion wins") {
    CHECK(ids({"router/pick_all", "k=10"}) == Ids{"router/pick_all", "rag/retrieve[k=10]"});
    CHECK(ids({"router", "!n=64"}) == Ids{"router/pick[n=16]", "router/pick_all"});
    CHECK(ids({"!router/pick"}) ==
          Ids{"router/pick_all", "rag/retrieve[k=1]", "rag/retrieve[k=10]"});
}

TEST_CASE("a tag selects the families that carry exactly it") {
    CHECK(ids({"tag:fast"}) == Ids{"router/pick[n=16]", "router/pick[n=64]"});
    CHECK(ids({"!tag:slow"}) == Ids{"router/pick[n=16]", "router/pick[n=64]"});
    CHECK(error_of({"tag:fas"}).message ==
          "filter 'tag:fas' matches none of 5 cases (did you mean 'tag:fast'?)");
}

TEST_CASE("a filter that matches nothing is a usage error with the nearest name") {
    const Error error = error_of({"router/pik"});
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message ==
          "filter 'router/pik' matches none of 5 cases (did you mean 'router/pick'?)");
    CHECK(error_of({"ruoter"}).message ==
          "filter 'ruoter' matches none of 5 cases (did you mean 'router'?)");
    CHECK(error_of({"router/pick[n=65]"}).message.find("did you mean 'router/pick[n=64]'") !=
          std::string::npos);
    CHECK(error_of({"router", "nothing_like_it"}).kind == ErrorKind::usage);
    CHECK(error_of({"!nothing_like_it"}).kind == ErrorKind::usage);
}

TEST_CASE("a filter for what the mode leaves out is answered with the mode") {
    Selection selection = filtered({"router/pick[n=64]"});
    selection.mode = Mode::quick;
    const Error error = plan_error(sample(), selection);
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message ==
          "filter 'router/pick[n=64]' matches none of 4 cases: mode quick leaves it out");
}

TEST_CASE("a selection emptied by exclusion is a plan without cases and no error") {
    const auto plan = make_plan(sample(), filtered({"rag", "!tag:slow"}));
    REQUIRE(plan.ok());
    CHECK(plan->cases.empty());
    CHECK(plan->expanded == 5);
    CHECK(plan->matched == 2);
    CHECK(plan->selected == 0);
}

TEST_CASE("a malformed expression is refused with what is wrong about it") {
    const Error open = error_of({"a(b"});
    CHECK(open.kind == ErrorKind::usage);
    CHECK(open.message == "filter 'a(b' is no case, no family and no regular expression: its "
                          "parentheses do not match, or nothing stands before a *, + or ?");
    CHECK(error_of({"*x"}).message.find("nothing stands before") != std::string::npos);
    CHECK(error_of({"[z-a]"}).message.find("backward range") != std::string::npos);
    CHECK(error_of({"[a-"}).message.find("not closed") != std::string::npos);
    CHECK(error_of({"a{2,1}"}).message.find("braces") != std::string::npos);
    CHECK(error_of({"a\\"}).message.find("backslash") != std::string::npos);
}

TEST_CASE("empty and overlong filters are refused") {
    CHECK(error_of({""}).message == "filter '' is empty");
    CHECK(error_of({"!"}).message == "filter '!' is empty");
    CHECK(error_of({"tag:"}).message == "filter 'tag:' is empty");
    CHECK(error_of({std::string(5000, '(')}).message ==
          "a filter is 5000 bytes long, more than 1000");
}
