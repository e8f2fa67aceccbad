#include "sample_suites.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

using namespace assay;
using namespace assay::plan;

namespace {

using Ids = std::vector<std::string>;

Selection with_params(std::vector<ParameterOverride> params) {
    Selection selection;
    selection.params = std::move(params);
    return selection;
}

FileDigest files(std::map<std::string, std::string> digests) {
    return [digests =
                std::move(digests)](const std::string& path) -> Result<std::optional<std::string>> {
        const auto found = digests.find(path);
        return found == digests.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace

TEST_CASE("axes are crossed with the last one fastest") {
    const std::vector suites{
        suite("s", {family("f", {axis("n", {1, 2}), text_axis("t", {"a", "b"})})})};
    CHECK(planned_ids(suites) ==
          Ids{"s/f[n=1,t=a]", "s/f[n=1,t=b]", "s/f[n=2,t=a]", "s/f[n=2,t=b]"});
}

TEST_CASE("a zip axis advances together with the axis before it") {
    const std::vector suites{suite("s",
                                   {family("f",
                                           {axis("rows", {1, 2}),
                                            zip(axis("columns", {10, 20})),
                                            zip(axis("depth", {5, 6})),
                                            axis("k", {7, 8})})})};
    CHECK(planned_ids(suites) == Ids{"s/f[rows=1,columns=10,depth=5,k=7]",
                                     "s/f[rows=1,columns=10,depth=5,k=8]",
                                     "s/f[rows=2,columns=20,depth=6,k=7]",
                                     "s/f[rows=2,columns=20,depth=6,k=8]"});
}

TEST_CASE("zip axes of different lengths are the plugin's fault, with both lengths named") {
    const std::vector suites{
        suite("s", {family("f", {axis("rows", {1, 2}), zip(axis("columns", {10}))})})};
    const Error error = plan_error(suites, {});
    CHECK(error.kind == ErrorKind::plugin);
    CHECK(error.message == "s/f: axes that advance together have different numbers of values: "
                           "'rows' 2, 'columns' 1");
}

TEST_CASE("the mode takes the values its mask names, and comprehensive takes all") {
    const std::vector suites{
        suite("s", {family("f", {masked(axis("n", {1, 2, 3, 4}), 0b0001, 0b0101)})})};
    Selection selection;
    selection.mode = Mode::quick;
    CHECK(planned_ids(suites, selection) == Ids{"s/f[n=1]"});
    selection.mode = Mode::standard;
    CHECK(planned_ids(suites, selection) == Ids{"s/f[n=1]", "s/f[n=3]"});
    selection.mode = Mode::comprehensive;
    CHECK(planned_ids(suites, selection).size() == 4);
}

TEST_CASE("a mask of zero leaves every value in") {
    const std::vector suites{suite("s", {family("f", {masked(axis("n", {1, 2}), 0, 0b10)})})};
    Selection selection;
    selection.mode = Mode::quick;
    CHECK(planned_ids(suites, selection).size() == 2);
}

TEST_CASE("values from the 65th on belong to every mode") {
    std::vector<std::int64_t> values(70);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<std::int64_t>(i + 1);
    }
    const std::vector suites{suite("s", {family("f", {masked(axis("n", values), 0b1, 0b1)})})};
    Selection selection;
    selection.mode = Mode::quick;
    CHECK(planned_ids(suites, selection) == Ids{"s/f[n=1]",
                                                "s/f[n=65]",
                                                "s/f[n=66]",
                                                "s/f[n=67]",
                                                "s/f[n=68]",
                                                "s/f[n=69]",
                                                "s/f[n=70]"});
}

TEST_CASE("a zip axis follows the mask of its leader and not its own") {
    const std::vector suites{suite("s",
                                   {family("f",
                                           {masked(axis("n", {1, 2, 3}), 0b100, 0),
                                            zip(masked(axis("m", {7, 8, 9}), 0b001, 0))})})};
    Selection selection;
    selection.mode = Mode::quick;
    CHECK(planned_ids(suites, selection) == Ids{"s/f[n=3,m=9]"});
}

TEST_CASE("a mask without any of the values keeps the family out of that mode") {
    const std::vector suites{suite("s", {family("f", {masked(axis("n", {1, 2}), 0b100, 0)})})};
    Selection selection;
    selection.mode = Mode::quick;
    CHECK(planned_ids(suites, selection).empty());
}

TEST_CASE("--param replaces the values of an axis whatever the mode") {
    const std::vector suites{
        suite("s", {family("f", {masked(axis("n", {1, 2, 3}), 0b1, 0b1), axis("k", {5})})}),
        suite("t", {family("g", {axis("m", {1})})})};
    CHECK(planned_ids(suites, with_params({{"n", {"2", "64"}}})) ==
          Ids{"s/f[n=2,k=5]", "s/f[n=64,k=5]", "t/g[m=1]"});
    CHECK(planned_ids(suites, with_params({{"n", {"9"}}, {"n", {"8"}}})) ==
          Ids{"s/f[n=9,k=5]", "s/f[n=8,k=5]", "t/g[m=1]"});
}

TEST_CASE("--param values are read as the type of the axis") {
    measure::AxisDescription share = axis("share", {});
    share.type = measure::ParameterType::real;
    share.values = {0.5};
    measure::AxisDescription on = axis("on", {});
    on.type = measure::ParameterType::boolean;
    on.values = {true};
    const std::vector suites{suite("s", {family("f", {share, on})})};
    CHECK(planned_ids(suites, with_params({{"share", {"0.10", "2"}}, {"on", {"false"}}})) ==
          Ids{"s/f[share=0.1,on=false]", "s/f[share=2,on=false]"});
    const Error number = plan_error(suites, with_params({{"share", {"half"}}}));
    CHECK(number.kind == ErrorKind::usage);
    CHECK(number.message == "--param share=half: axis 'share' of s/f takes a number");
    CHECK(plan_error(suites, with_params({{"on", {"yes"}}})).message ==
          "--param on=yes: axis 'on' of s/f takes true or false");
}

TEST_CASE("--param with the same value twice is refused instead of measured twice") {
    const std::vector suites{suite("s", {family("f", {axis("n", {1})})})};
    const Error error = plan_error(suites, with_params({{"n", {"64", "064"}}}));
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message == "--param gives the same case of s/f twice: n=64");
}

TEST_CASE("a declared value given for one zip axis picks its step") {
    const std::vector suites{
        suite("s", {family("f", {axis("n", {1, 2, 3}), zip(text_axis("kind", {"a", "b", "b"}))})})};
    CHECK(planned_ids(suites, with_params({{"n", {"3", "1"}}})) ==
          Ids{"s/f[n=3,kind=b]", "s/f[n=1,kind=a]"});
    CHECK(planned_ids(suites, with_params({{"kind", {"b"}}})) ==
          Ids{"s/f[n=2,kind=b]", "s/f[n=3,kind=b]"});
}

TEST_CASE("new values for zip axes must come in equal numbers") {
    const std::vector suites{
        suite("s", {family("f", {axis("n", {1, 2}), zip(axis("m", {7, 8}))})})};
    CHECK(planned_ids(suites, with_params({{"n", {"5", "6"}}, {"m", {"50", "60"}}})) ==
          Ids{"s/f[n=5,m=50]", "s/f[n=6,m=60]"});
    const Error error = plan_error(suites, with_params({{"n", {"5"}}}));
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message == "--param: axes of s/f that advance together got different numbers of "
                           "values: 'n' 1, 'm' 2");
}

TEST_CASE("a file given as a value stands in the id by content and is passed as an absolute path") {
    const std::vector suites{suite("s", {family("f", {text_axis("model", {"small"})})})};
    Selection selection = with_params({{"model", {"data/m.json", "small"}}});
    selection.file_digest = files({{"data/m.json", "feedbeefcafe"}, {"small", "0000000000"}});
    selection.declared_order = true;
    const auto plan = make_plan(suites, selection);
    REQUIRE(plan.ok());
    // "small" is a declared value, whatever lies in the current folder.
    CHECK(ids_of(*plan) == Ids{"s/f[model=m.json-feedbeef]", "s/f[model=small]"});
    CHECK(std::get<std::string>(plan->cases[0].params[0]) ==
          std::filesystem::absolute("data/m.json").string());
}

TEST_CASE("a text that an axis does not declare and no file bears is refused with the nearest") {
    const std::vector suites{
        suite("s", {family("f", {text_axis("impl", {"std", "flat"}), axis("n", {1})})}),
        suite("t", {family("g", {axis("m", {1})})})};
    const Error error = plan_error(suites, with_params({{"impl", {"sdt"}}}));
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.message ==
          "--param impl=sdt: axis 'impl' of s/f has no value 'sdt' (did you mean 'std'?)");
    CHECK(error.hint == "its values: std, flat");
    // Nobody wants to measure that family.
    Selection other = with_params({{"impl", {"sdt"}}});
    other.filters = {"t/"};
    CHECK(planned_ids(suites, other) == Ids{"t/g[m=1]"});
    CHECK(planned_ids(suites, with_params({{"n", {"77"}}, {"impl", {"flat"}}})) ==
          Ids{"s/f[impl=flat,n=77]", "t/g[m=1]"});
}

TEST_CASE("a variant is one of those declared, whatever its type and whether a file is called so") {
    Selection selection = with_params({{"path", {"9"}}});
    CHECK(plan_error({suite("s", {family("f", {variant(axis("path", {1, 2}), 0)})})}, selection)
              .message == "--param path=9: axis 'path' of s/f has no value '9'");
    selection.file_digest = files({{"9", "feedbeefcafe"}});
    CHECK(plan_error({suite("s", {family("f", {variant(text_axis("path", {"a", "b"}), 0)})})},
                     selection)
              .kind == ErrorKind::usage);
}

TEST_CASE("of an axis with many values the hint names the first ones") {
    const std::vector suites{suite(
        "s", {family("f", {text_axis("t", {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"})})})};
    CHECK(plan_error(suites, with_params({{"t", {"long gone"}}})).hint ==
          "its values: a, b, c, d, e, f, g, h and 2 more");
}

TEST_CASE("a file that cannot be read is said so, not named by its path") {
    const std::vector suites{suite("s", {family("f", {text_axis("model", {"small"})})})};
    Selection selection = with_params({{"model", {"secret"}}});
    selection.file_digest = [](const std::string&) -> Result<std::optional<std::string>> {
        return Error{ErrorKind::io, "cannot read secret", {}};
    };
    CHECK(plan_error(suites, selection).message == "cannot read secret");
}

TEST_CASE("a case that is not the reference variant names the one that is") {
    const std::vector suites{suite("s",
                                   {family("f",
                                           {axis("n", {1, 2}),
                                            variant(text_axis("impl", {"own", "peer"}), 1),
                                            zip(axis("cost", {3, 4}))})})};
    Selection selection;
    selection.declared_order = true;
    const auto plan = make_plan(suites, selection);
    REQUIRE(plan.ok());
    CHECK(plan->cases[0].id == "s/f[n=1,impl=own,cost=3]");
    CHECK(plan->cases[0].reference_id == "s/f[n=1,impl=peer,cost=4]");
    CHECK_FALSE(plan->cases[1].reference_id.has_value());
}

TEST_CASE("the reference is named even where mode or --param leave it out") {
    const std::vector suites{
        suite("s", {family("f", {variant(masked(axis("path", {1, 2, 3}), 0b110, 0), 0)})})};
    Selection selection = with_params({{"path", {"3"}}});
    const auto given = make_plan(suites, selection);
    REQUIRE(given.ok());
    CHECK(given->cases.at(0).reference_id == "s/f[path=1]");
    selection.params.clear();
    selection.mode = Mode::quick;
    const auto quick = make_plan(suites, selection);
    REQUIRE(quick.ok());
    CHECK(quick->cases.size() == 2);
    CHECK(quick->cases.at(0).reference_id == "s/f[path=1]");
}

TEST_CASE("with two variant axes the reference has both reference values") {
    const std::vector suites{suite(
        "s", {family("f", {variant(axis("impl", {1, 2}), 0), variant(axis("path", {3, 4}), 1)})})};
    Selection selection;
    selection.declared_order = true;
    const auto plan = make_plan(suites, selection);
    REQUIRE(plan.ok());
    for (const PlannedCase& planned : plan->cases) {
        CAPTURE(planned.id);
        if (planned.id == "s/f[impl=1,path=4]") {
            CHECK_FALSE(planned.reference_id.has_value());
        } else {
            CHECK(planned.reference_id == "s/f[impl=1,path=4]");
        }
    }
}
