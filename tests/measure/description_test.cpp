#include "fake_suite.hpp"
#include "measure/description.hpp"

#include <doctest/doctest.h>

#include <cstring>

namespace description_test {

using namespace assay;
using namespace assay::measure;
using namespace assay::measure::test;

namespace {

assay_value i64(std::int64_t value) {
    assay_value out{};
    out.type = ASSAY_T_I64;
    out.u.i64 = value;
    return out;
}

assay_axis axis(const char* name, const std::vector<assay_value>& values) {
    assay_axis out{};
    out.struct_size = sizeof out;
    out.type = values.empty() ? std::int32_t{ASSAY_T_I64} : values[0].type;
    out.name = str(name);
    out.values = values.data();
    out.n_values = static_cast<std::uint32_t>(values.size());
    return out;
}

std::string refusal(FakeSuite& fake) {
    const auto description = describe("fake", fake.iface, "{}");
    return description.ok() ? "" : description.error().message;
}

bool refused_for(FakeSuite& fake, std::string_view words) {
    const std::string message = refusal(fake);
    CAPTURE(message);
    const bool found = message.find(words) != std::string::npos;
    CHECK_MESSAGE(found, "expected the words: ", words);
    return found;
}

} // namespace

TEST_CASE("a description copies everything the plugin says") {
    FakeSuite fake;
    const std::vector<assay_value> sizes{i64(64), i64(4096)};
    fake.axes = {axis("n", sizes)};
    fake.axes[0].quick_mask = 1;
    fake.axes[0].standard_mask = ~std::uint64_t{0};
    fake.axes[0].flags = ASSAY_AXIS_VARIANT;
    fake.axes[0].reference = 1;
    fake.def.tags = str(" fast, cache ,");
    fake.def.margin = 0.02;
    fake.def.max_iterations = UINT64_MAX;
    fake.add_metric("hits.all", ASSAY_AGG_SUM);
    fake.metrics[0].direction = ASSAY_DIR_HIGHER_IS_BETTER;
    fake.metrics[0].flags = ASSAY_METRIC_GATE | ASSAY_METRIC_EXACT;
    const auto described = describe("fake", fake.iface, "{}");
    REQUIRE(described.ok());
    CHECK(described->name == "fake");
    CHECK(described->has_verify);
    const FamilyDescription& family = described->families.at(0);
    CHECK(family.name == "family");
    CHECK(family.tags == std::vector<std::string>{"fast", "cache"});
    CHECK(family.domains == (ASSAY_DOMAIN_CORES | ASSAY_DOMAIN_MEMORY));
    CHECK(family.max_lanes == 1);
    CHECK(family.has_prepare);
    CHECK(family.axes.at(0).variant);
    CHECK(family.axes[0].values ==
          std::vector<ParameterValue>{std::int64_t{64}, std::int64_t{4096}});
    CHECK(family.metrics.at(0).direction == Direction::higher);

    const json::value document = to_json(*described);
    const auto read = suite_description_from_json(document);
    REQUIRE(read.ok());
    CHECK(write_json(to_json(*read)) == write_json(document));
    CHECK(read->families[0].axes[0].standard_mask == ~std::uint64_t{0});
    CHECK(read->families[0].max_iterations == UINT64_MAX);
}

TEST_CASE("parameter values of all types survive JSON with their type") {
    FakeSuite fake;
    assay_value whole{};
    whole.type = ASSAY_T_F64;
    whole.u.f64 = 2.0;
    assay_value text{};
    text.type = ASSAY_T_STR;
    text.u.str = str("f32");
    assay_value yes{};
    yes.type = ASSAY_T_BOOL;
    yes.u.i64 = 1;
    const std::vector<assay_value> reals{whole};
    const std::vector<assay_value> texts{text};
    const std::vector<assay_value> flags{yes};
    fake.axes = {axis("x", reals), axis("dtype", texts), axis("on", flags)};
    const auto described = describe("fake", fake.iface, "{}");
    REQUIRE(described.ok());
    const auto document = parse_json(write_json(to_json(*described)));
    REQUIRE(document.ok());
    const auto read = suite_description_from_json(*document);
    REQUIRE(read.ok());
    CHECK(read->families[0].axes[0].values[0] == ParameterValue(2.0));
    CHECK(read->families[0].axes[1].values[0] == ParameterValue(std::string("f32")));
    CHECK(read->families[0].axes[2].values[0] == ParameterValue(true));
}

TEST_CASE("a struct of an older minor is read as far as it reaches") {
    FakeSuite fake;
    fake.add_metric("seen", ASSAY_AGG_SUM);
    fake.metrics[0].struct_size = offsetof(assay_metric_def, help);
    fake.metrics[0].companion = str("nowhere"); // behind the end: must not be looked at
    fake.def.struct_size = offsetof(assay_case_def, max_iterations);
    fake.def.margin = -1;
    fake.def.max_iterations = 3;
    const auto described = describe("fake", fake.iface, "{}");
    CAPTURE(refusal(fake));
    REQUIRE(described.ok());
    CHECK(described->families[0].max_iterations == 0);
    CHECK(described->families[0].margin == 0);
    CHECK(described->families[0].metrics[0].companion.empty());
}

TEST_CASE("a bad family is refused with the field that is wrong") {
    FakeSuite fake;
    fake.def.shape = 0;
    refused_for(fake, "suite 'fake', family 'family': shape is 0, expected 1 to 5");
    fake.def.shape = 6;
    refused_for(fake, "shape is 6");
    fake.def.shape = ASSAY_SHAPE_CHAIN;
    fake.def.name = str("Bad Name");
    refused_for(fake, "name is 'Bad Name', expected [a-z0-9_]+");
    fake.def.name = assay_str{nullptr, 5};
    refused_for(fake, "name is ''");
    fake.def.name = str("family");
    fake.def.timeout_s = -1;
    refused_for(fake, "timeout_s is -1");
    fake.def.timeout_s = 0;
    fake.def.margin = 7;
    refused_for(fake, "margin is 7");
    fake.def.margin = 0;
    for (const std::uint32_t size : {0u, 3u, 0xFFFFFFFFu}) {
        fake.def.struct_size = size;
        refused_for(fake, "assay_case_def.struct_size is " + std::to_string(size));
    }
}

TEST_CASE("a bad axis is refused with the field that is wrong") {
    FakeSuite fake;
    const std::vector<assay_value> sizes{i64(1), i64(2)};
    const std::vector<assay_value> twice{i64(1), i64(1)};
    fake.axes = {axis("n", sizes)};
    fake.axes[0].type = 9;
    refused_for(fake, "axes[0] ('n').type is 9, expected 1 to 4");
    fake.axes[0].type = ASSAY_T_F64;
    refused_for(fake, "axes[0].values[0] has type 1, expected the axis's own type 2");
    fake.axes = {axis("n", {})};
    refused_for(fake, "axes[0] has n_values 0");
    fake.axes = {axis("n", twice)};
    refused_for(fake, "axes[0].values[1] is '1', which the axis already has");
    fake.axes = {axis("n", sizes), axis("n", sizes)};
    refused_for(fake, "axes[1] ('n').name is there twice");
    fake.axes = {axis("n", sizes)};
    fake.axes[0].mode = ASSAY_AXIS_ZIP;
    refused_for(fake, "there is no axis before it");
    fake.axes = {axis("N", sizes)};
    refused_for(fake, "axes[0].name is 'N'");
    fake.axes = {axis("n", sizes)};
    fake.axes[0].flags = ASSAY_AXIS_VARIANT;
    fake.axes[0].reference = 2;
    refused_for(fake, "axes[0].reference is 2");
    fake.axes = {axis("n", sizes)};
    fake.axes[0].struct_size = 4;
    refused_for(fake, "axes[0].struct_size is 4");
}

TEST_CASE("zipped axes have equally many values") {
    FakeSuite fake;
    const std::vector<assay_value> two{i64(1), i64(2)};
    const std::vector<assay_value> one{i64(1)};
    fake.axes = {axis("a", two), axis("b", one)};
    fake.axes[1].mode = ASSAY_AXIS_ZIP;
    refused_for(fake,
                "axes[1] ('b').n_values is 1, expected as many as the axis it advances "
                "with: 2");
}

TEST_CASE("a bad metric is refused with the field that is wrong") {
    FakeSuite fake;
    fake.add_metric("hits", ASSAY_AGG_SUM);
    fake.metrics[0].provenance = 0;
    refused_for(fake, "metrics[0] ('hits').provenance is 0, expected 1 to 3");
    fake.metrics[0].provenance = ASSAY_PROV_MEASURED;
    fake.metrics[0].flags = ASSAY_METRIC_GATE;
    refused_for(fake, "has the flag GATE but direction 0");
    fake.metrics[0].flags = 0;
    fake.metrics[0].key = str("time");
    refused_for(fake, "which the host itself reports");
    fake.metrics[0].key = str("Hits!");
    refused_for(fake, ".key is 'Hits!'");
    fake.metrics[0].key = str("hits");
    fake.metrics[0].unit = assay_str{};
    refused_for(fake, ".unit is empty");
    fake.metrics[0].unit = str("1");
    fake.metrics[0].companion = str("recall");
    refused_for(fake, ".companion is 'recall'");
    fake.metrics[0].companion = assay_str{};
    fake.add_metric("hits", ASSAY_AGG_SUM);
    refused_for(fake, "metrics[1] ('hits').key is there twice");
}

TEST_CASE("a ratio needs two sums") {
    FakeSuite fake;
    fake.add_metric("hits", ASSAY_AGG_SUM);
    fake.add_metric("lookups", ASSAY_AGG_MEAN);
    fake.add_metric("hit_rate", ASSAY_AGG_RATIO);
    fake.metrics[2].numerator = 9;
    refused_for(fake,
                "metrics[2] ('hit_rate').numerator is 9, expected the index of a metric that "
                "is a SUM");
    fake.metrics[2].numerator = 0;
    fake.metrics[2].denominator = 1;
    refused_for(fake, ".denominator is 1");
    fake.metrics[1].aggregate = ASSAY_AGG_SUM;
    CHECK(refusal(fake).empty());
}

TEST_CASE("unknown enum values count as zero where zero means something") {
    FakeSuite fake;
    fake.def.clock = 99;
    fake.add_metric("hits", 99);
    fake.metrics[0].direction = -4;
    const auto described = describe("fake", fake.iface, "{}");
    REQUIRE(described.ok());
    CHECK(described->families[0].clock == Clock::automatic);
    CHECK(described->families[0].metrics[0].aggregate == Aggregate::samples);
    CHECK(described->families[0].metrics[0].direction == Direction::none);
}

TEST_CASE("an interface of an implausible size is refused") {
    FakeSuite fake;
    for (const std::uint32_t size : {0u, 3u, 0xFFFFFFFFu}) {
        fake.iface.struct_size = size;
        refused_for(fake, "assay_suite_v1.struct_size is " + std::to_string(size));
    }
}

TEST_CASE("families that never end and families of one name are refused") {
    static assay_case_def def{};
    static std::string name;
    def.struct_size = sizeof def;
    def.shape = ASSAY_SHAPE_SINGLE;
    FakeSuite fake;
    fake.iface.case_at = [](assay_suite*, std::uint32_t index) noexcept -> const assay_case_def* {
        name = "f" + std::to_string(index);
        def.name = assay_str{name.data(), name.size()};
        return &def;
    };
    refused_for(fake, "case_at() gives more than 100000 families");
    fake.iface.case_at = [](assay_suite*, std::uint32_t index) noexcept -> const assay_case_def* {
        def.name = str("same");
        return index < 2 ? &def : nullptr;
    };
    refused_for(fake, "family 'same': name is there twice in the suite");
}

TEST_CASE("a suite's own name follows the rule for names") {
    FakeSuite fake;
    CHECK_FALSE(describe("Not a name", fake.iface, "{}").ok());
}

TEST_CASE("id text is canonical for every type") {
    CHECK(id_text(std::int64_t{-5}) == "-5");
    CHECK(id_text(0.1) == "0.1");
    CHECK(id_text(true) == "true");
    CHECK(id_text(std::string("a b/c")) == "a%20b%2Fc");
}

TEST_CASE("parameters are read as their axis' type, whole or not at all") {
    CHECK(parse_parameter(ParameterType::integer, "64") == ParameterValue(std::int64_t{64}));
    CHECK_FALSE(parse_parameter(ParameterType::integer, "64.5").has_value());
    CHECK(parse_parameter(ParameterType::real, "2") == ParameterValue(2.0));
    CHECK_FALSE(parse_parameter(ParameterType::real, "nan").has_value());
    CHECK(parse_parameter(ParameterType::boolean, "false") == ParameterValue(false));
    CHECK_FALSE(parse_parameter(ParameterType::boolean, "yes").has_value());
    CHECK(parse_parameter(ParameterType::text, "x") == ParameterValue(std::string("x")));
    CHECK_FALSE(parse_parameter(ParameterType::text, "\xff").has_value());
}

TEST_CASE("a damaged description is refused, not guessed") {
    FakeSuite fake;
    fake.add_metric("hits", ASSAY_AGG_SUM);
    const auto described = describe("fake", fake.iface, "{}");
    const std::string text = write_json(to_json(*described));
    for (const auto& [from, to] : {std::pair{"\"shape\":1", "\"shape\":0"},
                                   std::pair{"\"provenance\":1", "\"provenance\":9"},
                                   std::pair{"\"name\":\"family\"", "\"name\":\"\""},
                                   std::pair{"\"name\":\"fake\"", "\"name\":3"}}) {
        std::string damaged = text;
        const std::size_t at = damaged.find(from);
        REQUIRE(at != std::string::npos);
        damaged.replace(at, std::strlen(from), to);
        CAPTURE(damaged);
        CHECK_FALSE(suite_description_from_json(*parse_json(damaged)).ok());
    }
    CHECK_FALSE(suite_description_from_json(json::value(3)).ok());
}

} // namespace description_test
