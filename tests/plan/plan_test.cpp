#include "plan/plan.hpp"
#include "sample_suites.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace assay;
using namespace assay::plan;

namespace {

using Ids = std::vector<std::string>;

std::vector<std::int64_t> numbers(std::size_t count) {
    std::vector<std::int64_t> values(count);
    std::iota(values.begin(), values.end(), std::int64_t{0});
    return values;
}

} // namespace

TEST_CASE("modes have names") {
    CHECK(name_of(Mode::comprehensive) == "comprehensive");
    CHECK(mode_from("quick") == Mode::quick);
    CHECK(mode_from("standard") == Mode::standard);
    CHECK(mode_from("fast") == std::nullopt);
}

TEST_CASE("a family without axes is one case without brackets") {
    const auto plan = make_plan({suite("s", {family("f", {})})}, {});
    REQUIRE(plan.ok());
    REQUIRE(plan->cases.size() == 1);
    CHECK(plan->cases[0].id == "s/f");
    CHECK(plan->cases[0].params.empty());
    CHECK_FALSE(plan->cases[0].reference_id.has_value());
}

TEST_CASE("no suites make an empty plan") {
    const auto plan = make_plan({}, {});
    REQUIRE(plan.ok());
    CHECK(plan->cases.empty());
    CHECK(plan->expanded == 0);
}

TEST_CASE("a case says which suite and family it belongs to and its parameters in axis order") {
    const std::vector suites{
        suite("s", {family("f", {})}),
        suite("t", {family("g", {}), family("h", {axis("n", {5}), text_axis("t", {"\xc3\xa4"})})})};
    Selection selection;
    selection.declared_order = true;
    const auto plan = make_plan(suites, selection);
    REQUIRE(plan.ok());
    const PlannedCase& last = plan->cases.back();
    CHECK(last.id == "t/h[n=5,t=%C3%A4]");
    CHECK(last.suite == 1);
    CHECK(last.family == 1);
    CHECK(std::get<std::int64_t>(last.params.at(0)) == 5);
    CHECK(std::get<std::string>(last.params.at(1)) == "\xc3\xa4");
}

TEST_CASE("only the suites asked for are planned") {
    const std::vector suites{suite("router", {family("f", {})}), suite("rag", {family("g", {})})};
    Selection selection;
    selection.suites = {"rag"};
    CHECK(planned_ids(suites, selection) == Ids{"rag/g"});
    selection.suites = {"rooter"};
    const Error error = plan_error(suites, selection);
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message == "there is no suite 'rooter' (did you mean 'router'?)");
}

TEST_CASE("two suites of one name are refused by name") {
    const std::vector suites{suite("s", {family("f", {})}), suite("s", {family("g", {})})};
    CHECK(plan_error(suites, {}).message == "two plugins provide the suite 's'");
}

TEST_CASE("--param cannot add an axis") {
    const std::vector suites{suite("s", {family("f", {axis("size", {1})})}),
                             suite("t", {family("f", {axis("depth", {1})})})};
    Selection selection;
    selection.params = {{"sizes", {"2"}}};
    const Error error = plan_error(suites, selection);
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message == "--param sizes: no selected suite has an axis of that name (did you "
                           "mean 'size'?)");
    selection.params = {{"depth", {"2"}}};
    CHECK(planned_ids(suites, selection) == Ids{"s/f[size=1]", "t/f[depth=2]"});
    selection.suites = {"s"};
    CHECK(plan_error(suites, selection).kind == ErrorKind::usage);
    selection.params = {{"size", {}}};
    CHECK(plan_error(suites, selection).message == "--param size names no value");
}

TEST_CASE("--param that fits no unwanted family does not disturb the wanted ones") {
    const std::vector suites{suite("s", {family("f", {axis("input", {1})})}),
                             suite("t", {family("g", {text_axis("input", {"small", "large"})})})};
    Selection selection;
    selection.params = {{"input", {"large"}}};
    CHECK(plan_error(suites, selection).message ==
          "--param input=large: axis 'input' of s/f takes an integer");
    selection.filters = {"t/g"};
    CHECK(planned_ids(suites, selection) == Ids{"t/g[input=large]"});
    selection.filters = {"!s/f"};
    CHECK(planned_ids(suites, selection) == Ids{"t/g[input=large]"});
}

TEST_CASE(
    "a cross product that exceeds the cap is refused with family and axes before it is made") {
    const std::vector suites{suite("s",
                                   {family("huge",
                                           {axis("a", numbers(10'000)),
                                            axis("b", numbers(10'000)),
                                            axis("c", numbers(10'000)),
                                            axis("d", numbers(10'000)),
                                            axis("e", numbers(10'000)),
                                            zip(axis("z", numbers(10'000)))})})};
    const Error error = plan_error(suites, {});
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message ==
          "the plan has more than 1000000 cases, counted up to s/huge with the axes a 10000 x b "
          "10000 x c 10000 x d 10000 x e+z 10000");
}

TEST_CASE("families that exceed the cap only together are refused as well") {
    const std::vector suites{
        suite("s",
              {family("f", {axis("a", numbers(1000)), axis("b", {1})}),
               family("g", {axis("a", numbers(1000)), axis("b", numbers(1000))})})};
    CHECK(plan_error(suites, {}).message.find("counted up to s/g") != std::string::npos);
    Selection selection;
    selection.params = {{"b", {"1"}}};
    CHECK(planned_ids(suites, selection).size() == 2000);
}

TEST_CASE("an id that is a document is refused") {
    const std::vector suites{suite("s", {family("f", {text_axis("t", {std::string(5000, 'x')})})})};
    const Error error = plan_error(suites, {});
    CHECK(error.kind == ErrorKind::plugin);
    CHECK(error.message == "the id of a case of s/f is 5007 bytes long, more than 4096");
}
