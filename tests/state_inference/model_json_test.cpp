#include "active_inference/model_json.hpp"
#include "active_inference/random_model.hpp"
#include "support/file.hpp"
#include "support/json.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace assay;
using namespace assay::active_inference;

namespace {

std::variant<FactoredModel, ModelFault> read(const std::string& text, const std::string& at = "") {
    const auto document = parse_json(text);
    REQUIRE(document.ok());
    return read_model(
        [&](std::string_view pointer) -> std::optional<std::string> {
            const json::value* const value = json_at(*document, pointer);
            return value == nullptr ? std::nullopt : std::optional(write_json(*value));
        },
        at);
}

std::string fault_of(const std::string& text) {
    const auto found = read(text);
    const auto* const fault = std::get_if<ModelFault>(&found);
    return fault == nullptr ? "none" : fault->message;
}

bool equal(const std::vector<Tensor>& left, const std::vector<Tensor>& right) {
    bool same = left.size() == right.size();
    for (std::size_t i = 0; same && i < left.size(); ++i) {
        same = left[i].shape == right[i].shape && left[i].data == right[i].data;
    }
    return same;
}

void check_equal(const FactoredModel& left, const FactoredModel& right) {
    CHECK(left.state_counts == right.state_counts);
    CHECK(left.action_counts == right.action_counts);
    CHECK(left.outcome_counts == right.outcome_counts);
    CHECK(left.transition_factors == right.transition_factors);
    CHECK(left.likelihood_factors == right.likelihood_factors);
    CHECK(equal(left.transitions, right.transitions));
    CHECK(equal(left.likelihoods, right.likelihoods));
    CHECK(equal(left.preferences, right.preferences));
    CHECK(left.priors == right.priors);
    CHECK(left.policy_prior == right.policy_prior);
}

FactoredModel whole_model() {
    FactoredModel model = random_model({.state_counts = {3, 2},
                                        .action_counts = {2, 4},
                                        .outcome_counts = {5, 2, 3},
                                        .transition_factors = {{0}, {1, 0}},
                                        .likelihood_factors = {{0, 1}, {1}, {}}},
                                       11);
    model.preferences = {
        {{5}, {0, -1.5, 2, 0, 1e-300}}, {{2, 3}, {0, 1, 2, 3, 4, 5}}, {{3}, {1, 2, 3}}};
    model.priors = {{1.0 / 3, 1.0 / 3, 1.0 / 3}, {0.1, 0.9}};
    model.policy_prior = {0.5, 0.25, 0.25};
    return model;
}

std::string with_a(const std::string& likelihoods) {
    return R"({"states": [2, 3], "A_factors": [[0], [1, 0]], "A": )" + likelihoods + "}";
}

// Over factor 0, then over factors 1 and 0.
constexpr const char* kFirst = "[[0.5, 1], [0.5, 0]]";
constexpr const char* kSecond = "[[[1, 0.5], [0.25, 1], [1, 0]], [[0, 0.5], [0.75, 0], [0, 1]]]";

} // namespace

TEST_CASE("a model that was written reads back as the same bits") {
    for (const FactoredModel& model :
         {whole_model(),
          random_model({.state_counts = {1}, .action_counts = {1}, .outcome_counts = {1}}, 2),
          random_model({.state_counts = {4}, .action_counts = {2}}, 3)}) {
        const auto found = read(model_json(model));
        REQUIRE(std::holds_alternative<FactoredModel>(found));
        check_equal(std::get<FactoredModel>(found), model);
        CHECK(model_json(std::get<FactoredModel>(found)) == model_json(model));
    }
}

TEST_CASE("a model may be part of a larger document") {
    const auto found =
        read(R"({"depth": 3, "model": )" + model_json(whole_model()) + "}", "/model");
    REQUIRE(std::holds_alternative<FactoredModel>(found));
    check_equal(std::get<FactoredModel>(found), whole_model());
}

TEST_CASE("what is left out means all factors, no action, no preference") {
    const auto found = read(R"({"states": [2], "A": [{"shape": [2, 2], "data": [1, 0, 0, 1]}]})");
    REQUIRE(std::holds_alternative<FactoredModel>(found));
    const auto& model = std::get<FactoredModel>(found);
    CHECK(model.likelihood_factors == std::vector<FactorList>{{0}});
    CHECK(model.action_counts == std::vector<std::size_t>{1});
    CHECK(model.transitions[0].data == std::vector<double>{1, 0, 0, 1});
    CHECK(model.priors.empty());
    CHECK(fault_of(R"({"states": [2, 3]})") == "none");
}

TEST_CASE("a fault in a tensor is named with its path") {
    CHECK(fault_of(with_a(std::string("[") + kFirst + "," + kSecond + "]")) == "none");
    CHECK(fault_of(with_a(std::string("[") + kFirst +
                          ", [[[1, 0.5], [0.25, 1], [1, 0]], [[0, 0.5], [0.75, 0], [0.5, 1]]]]")) ==
          "A[1][:, 2, 0] sums to 1.5, expected 1 within 1e-9");
    CHECK(fault_of(with_a(std::string("[[[-0.5, 1], [1.5, 0]], ") + kSecond + "]")) ==
          "A[0][0, 0] is -0.5, expected a probability");
    CHECK(fault_of(with_a(std::string("[") + kSecond + "," + kSecond + "]")) ==
          "A[0]: has shape [2, 3, 2], expected [2, 2]");
    CHECK(fault_of(with_a(std::string("[[0.5, 0.5], ") + kSecond + "]")) ==
          "A[0]: has shape [2], expected [2, 2]");
    CHECK(fault_of(with_a("[[[0.5, 1], [0.5]]]")) ==
          "A[0][1] has 1 entries, expected 2 as its neighbours have");
    CHECK(fault_of(with_a("[[[0.5, \"x\"], [0.5, 0]]]")) ==
          "A[0][0, 1] is '\"x\"', expected a number");
    CHECK(fault_of(with_a("[[[0.5, null], [0.5, 0]]]")) ==
          "A[0][0, 1] is 'null', expected a number");
    CHECK(fault_of(with_a("[[[0.5, [1]], [0.5, 0]]]")) ==
          "A[0][0, 1] is an array, expected a number");
    CHECK(fault_of(with_a("[[[0.5, 1], 0.5]]")) ==
          "A[0][1] is '0.5', expected an array as its neighbours are");
}

TEST_CASE("a modality without outcomes and lists of other lengths are refused by name") {
    CHECK(fault_of(with_a("[[]]")) ==
          "A[0] has no entry along its first axis, expected at least 1");
    CHECK(fault_of(with_a(std::string("[") + kFirst + "]")) ==
          "A_factors: has 2 entries, expected 1");
    CHECK(fault_of(R"({"states": [2], "A": [[1]], "A_factors": [[4]]})") ==
          "A_factors[0]: names factor 4, expected a number below 1");
    CHECK(fault_of(R"({"states": [2], "D": [[0.5, 0.25]]})") ==
          "D[0][:] sums to 0.75, expected 1 within 1e-9");
    CHECK(fault_of(R"({"states": [2], "D": [[[0.5, 0.5]]]})") ==
          "D[0] has shape [1, 2], expected one list of numbers");
    CHECK(fault_of(R"({"states": [2], "B": []})") == "B: has 0 entries, expected 1");
}

TEST_CASE("documents of another kind are refused") {
    CHECK(fault_of("{}") ==
          "states is missing or empty, expected the number of states of each factor");
    CHECK(fault_of("[]") ==
          "states is missing or empty, expected the number of states of each factor");
    CHECK(fault_of(R"({"schema": "assay.model/2", "states": [2]})") ==
          "schema is \"assay.model/2\", expected \"assay.model/1\"");
    CHECK(fault_of(R"({"states": [2, 0.5]})") == "states[1] is no whole number from 0 on");
    CHECK(fault_of(R"({"states": [2, -1]})") == "states[1] is no whole number from 0 on");
    CHECK(fault_of(R"({"states": [0]})") == "states: number 0 is 0, expected at least 1");
    CHECK(fault_of(R"({"states": "2"})") == "states is '\"2\"', expected a number");
    CHECK(fault_of(R"({"states": [2], "A": {"0": [1]}})") == "A is {\"0\":[1]}, expected an array");
    CHECK(fault_of(R"({"states": [2], "A": [{"shape": [2, 2], "data": [1, 0, 0]}]})") ==
          "A[0]: holds 3 numbers, expected as many as its shape [2, 2] says");
}

TEST_CASE("factors too large to stay as they are without B are refused with their bytes") {
    CHECK(fault_of(R"({"states": [100000, 100000]})") ==
          "states is [100000,100000]: without B, factors that stay as they are take 160000000000 "
          "bytes of transitions, expected at most 536870912");
    CHECK(fault_of(R"({"states": [4294967296]})") ==
          "states is [4294967296]: without B, factors that stay as they are take more than 2^64 "
          "bytes of transitions, expected at most 536870912");
    // Each of them fits, all together do not.
    CHECK(fault_of(R"({"states": [4000, 4000, 4000, 4000, 4000]})").find("640000000 bytes") !=
          std::string::npos);
    CHECK(fault_of(R"({"states": [4200]})") == "none");
}

TEST_CASE("arrays nested beyond any tensor's rank are refused") {
    const std::string deep = std::string(20, '[') + "1" + std::string(20, ']');
    CHECK(fault_of(R"({"states": [2], "A": [)" + deep + "]}").find("is an array") !=
          std::string::npos);
}

namespace {

std::size_t problems(const Schema& schema, const std::string& model) {
    const auto document = parse_json(model);
    REQUIRE(document.ok());
    return schema.validate(*document).size();
}

} // namespace

TEST_CASE("the schema accepts what is written and names what a model may not have") {
    const auto text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/model.json");
    REQUIRE(text.ok());
    const auto schema = Schema::compile(*text, SchemaLevel::host);
    REQUIRE(schema.ok());
    CHECK(problems(*schema, model_json(whole_model())) == 0);
    CHECK(problems(*schema, R"({"states": [2], "A": [{"shape": [1, 2], "data": [1, 1]}]})") == 0);
    CHECK(problems(*schema, R"({"states": [2], "b": []})") > 0);
    CHECK(problems(*schema, R"({"states": [0]})") > 0);
    CHECK(problems(*schema, R"({"A": []})") > 0);
    CHECK(problems(*schema, R"({"states": [2], "A": [[["x"]]]})") > 0);
}

TEST_CASE("a suite may take a model as a setting: its schema is one that plugins may have") {
    const auto schema = Schema::compile(kModelSettingSchema, SchemaLevel::plugin);
    REQUIRE(schema.ok());
    CHECK(problems(*schema, model_json(whole_model())) == 0);
    CHECK(problems(*schema, R"({"states": [2], "b": []})") > 0);
    CHECK(problems(*schema, R"({"states": [2], "D": [["x"]]})") > 0);
}
