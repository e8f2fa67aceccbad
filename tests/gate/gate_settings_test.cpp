#include "app/gate/gate_settings.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

Environment environment_of(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

Invocation invocation_of(std::map<std::string, std::vector<std::string>> options) {
    Invocation invocation;
    invocation.options = std::move(options);
    return invocation;
}

} // namespace

TEST_CASE("a bare threshold is percent as an option and a fraction in the environment") {
    CHECK(*threshold_from_option("15") == doctest::Approx(0.15));
    CHECK(*threshold_from_option("15.5%") == doctest::Approx(0.155));
    CHECK(*threshold_from_option("0.5%") == doctest::Approx(0.005));
    CHECK(*threshold_from_environment("0.20") == doctest::Approx(0.20));
    CHECK(*threshold_from_environment("20%") == doctest::Approx(0.20));
    CHECK(*threshold_from_environment("1") == doctest::Approx(1));
}

TEST_CASE("a threshold that looks like the other reading is refused with both") {
    const auto option = threshold_from_option("0.2");
    REQUIRE_FALSE(option);
    CHECK(option.error().kind == ErrorKind::usage);
    CHECK(option.error().hint.find("0.2%") != std::string::npos);
    CHECK(option.error().hint.find("20%") != std::string::npos);
    const auto variable = threshold_from_environment("15");
    REQUIRE_FALSE(variable);
    CHECK(variable.error().hint.find("15%") != std::string::npos);
    CHECK(variable.error().hint.find("1500%") != std::string::npos);
    for (const char* text : {"", "a lot", "-5", "nan", "5 ms"}) {
        CHECK_FALSE(threshold_from_option(text));
        CHECK_FALSE(threshold_from_environment(text));
    }
}

TEST_CASE("without anything said @main is held against the built-in rules") {
    const auto gate = gate_settings(invocation_of({}), environment_of({}), {}, "/");
    REQUIRE(gate);
    CHECK(gate->baseline == "@main");
    CHECK(gate->gates.name == "built-in rules");
    CHECK(gate->gates.rules.size() == 1);
}

TEST_CASE("ready rules are named, and an unknown name lists them") {
    const auto named = [](const std::string& name) {
        return gate_settings(invocation_of({{"--gates", {name}}}), environment_of({}), {}, "/");
    };
    for (const std::string name : {"rag", "rag.json"}) {
        const auto gate = named(name);
        REQUIRE_MESSAGE(gate, gate.error().message);
        CHECK(gate->gates.rules.size() > 10);
    }
    const auto unknown = named("rags");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::usage);
    CHECK(unknown.error().hint.find("nfcs, prismq, pymdp, rag;") != std::string::npos);
    CHECK_FALSE(named("./rag"));
}

TEST_CASE("a baseline may be written without its sign unless it is a place") {
    const TemporaryFolder folder;
    folder.write("old.assay.so", "");
    const auto baseline = [&](const std::string& text) {
        return gate_settings(
                   invocation_of({{"--baseline", {text}}}), environment_of({}), {}, folder.path())
            ->baseline;
    };
    CHECK(baseline("v1.2") == "@v1.2");
    CHECK(baseline("@v1.2") == "@v1.2");
    CHECK(baseline("old.assay.so") == "old.assay.so");
    CHECK(baseline("no/such.assay.so") == "no/such.assay.so");
}

TEST_CASE("the project's gate file counts unless another is named") {
    const TemporaryFolder folder;
    folder.write(".assay/gates.json",
                 R"({"schema":"assay.gates/1","rules":[{"id":"own","kind":"regression"}]})");
    folder.write("other.json",
                 R"({"schema":"assay.gates/1","rules":[{"id":"other","kind":"regression"}]})");
    Settings settings;
    settings.places.project = folder.path();
    const auto own = gate_settings(invocation_of({}), environment_of({}), settings, folder.path());
    REQUIRE(own);
    CHECK(own->gates.rules.front().id == "own");
    const auto other =
        gate_settings(invocation_of({{"--gates", {(folder.path() / "other.json").string()}}}),
                      environment_of({}),
                      settings,
                      folder.path());
    REQUIRE(other);
    CHECK(other->gates.rules.front().id == "other");
    const auto missing = gate_settings(
        invocation_of({{"--gates", {"/no/such.json"}}}), environment_of({}), settings, "/");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message.find("/no/such.json") != std::string::npos);
}

TEST_CASE("the option beats the environment, and both beat the rules") {
    const auto with = environment_of({{"REGRESSION_THRESHOLD", "0.30"}});
    CHECK(gate_settings(invocation_of({}), with, {}, "/")->gates.rules.front().fail ==
          doctest::Approx(0.30));
    CHECK(gate_settings(invocation_of({{"--regression-threshold", {"7%"}}}), with, {}, "/")
              ->gates.rules.front()
              .fail == doctest::Approx(0.07));
}
