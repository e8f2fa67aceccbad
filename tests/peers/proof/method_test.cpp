// What the driver reads out of both methods' documents. The documents here are cut from real ones.
#include "assay_method.hpp"
#include "fifty.hpp"
#include "peer_method.hpp"

#include <doctest/doctest.h>

namespace method_test {

using namespace proof;

namespace {

namespace json = assay::json;

const Cell& cell(std::string_view name) {
    const Cell* found = cell_named(name);
    REQUIRE(found != nullptr);
    return *found;
}

json::value parsed(const std::string& text) {
    auto value = assay::parse_json(text);
    REQUIRE(value);
    return std::move(*value);
}

std::string case_text(const std::string& id, const std::string& verdict) {
    return R"({"id":")" + id + R"(","status":"compared","reason":"","verdict":")" + verdict +
           R"(","ratio":1.0203,"interval":[1.018,1.022],"pairs":11,"evidence":null})";
}

std::string document_text(const std::string& cases) {
    return R"({"schema":"assay.comparison/1","controls":{"null":"quiet","positive":"missed"},)"
           R"("cases":[)" +
           cases + "]}";
}

Record read(std::string_view cell_name, const std::string& text, int exit_code) {
    Record record;
    read_comparison(cell(cell_name), parsed(text), exit_code, record);
    return record;
}

std::string repetitions(int count) {
    std::string rows;
    for (int i = 0; i < count; ++i) {
        rows += R"({"name":"body","run_type":"iteration","real_time":)" + std::to_string(100 + i) +
                R"(,"cpu_time":)" + std::to_string(50 + i) + R"(,"time_unit":"ns"},)";
    }
    return R"({"benchmarks":[)" + rows +
           R"({"name":"body_mean","run_type":"aggregate","real_time":1,"cpu_time":1}]})";
}

} // namespace

TEST_CASE("the verdict, the figures and the controls of a comparison are read") {
    const Record record = read("slower_alu_2", document_text(case_text("proof/alu", "slower")), 1);
    CHECK(record.failure.empty());
    CHECK(record.verdict == "slower");
    CHECK(record.ratio == 1.0203);
    CHECK(record.pairs == 11);
    CHECK(record.null_control == "quiet");
    CHECK(record.positive_control == "missed");
}

TEST_CASE("an exit status that contradicts the document is a failure, not a verdict") {
    const std::string slower = document_text(case_text("proof/alu", "slower"));
    CHECK(read("slower_alu_2", slower, 0).failure == "verdict slower with exit status 0");
    const std::string same = document_text(case_text("proof/alu", "same"));
    CHECK(read("same_alu", same, 0).failure.empty());
    CHECK(read("same_alu", same, 5).failure.empty()); // the positive control was missed
    CHECK_FALSE(read("same_alu", same, 1).failure.empty());
    const std::string undecided = document_text(case_text("proof/alu", "undecided"));
    CHECK_FALSE(read("same_alu", undecided, 0).failure.empty());
}

TEST_CASE("a case that was not compared, or is not there, is a failure that says why") {
    const std::string crashed =
        R"({"id":"proof/alu","status":"failed","reason":"new build: SIGSEGV","verdict":null})";
    CHECK(read("same_alu", document_text(crashed), 3).failure ==
          "proof/alu: failed: new build: SIGSEGV");
    CHECK(read("same_alu", document_text(""), 4).failure ==
          "the document has 0 cases instead of 1");
    CHECK(read("same_alu", "{}", 0).failure == "the document has no cases");
}

TEST_CASE("of fifty cases the slower one is told from the others by its id") {
    std::string cases;
    for (int part = 0; part < kParts; ++part) {
        const std::string id = "proof/fifty[part=" + std::to_string(part) + "]";
        const bool slower = id == kSlowerCase;
        cases += (part > 0 ? "," : "") + case_text(id,
                                                   slower      ? "slower"
                                                   : part == 3 ? "faster"
                                                               : "same");
    }
    const Record record = read("fifty_alu_3", document_text(cases), 1);
    CHECK(record.failure.empty());
    CHECK(record.verdict == "slower");
    CHECK(record.others.faster == 1);
    CHECK(record.others.same == 48);
    CHECK(record.others.slower == 0);
}

TEST_CASE("the peer's repetitions are read without its aggregates") {
    const auto ten = repetitions_in(parsed(repetitions(10)));
    REQUIRE(ten);
    CHECK(ten->real_time.front() == 100);
    CHECK(ten->cpu_time.back() == 59);
    const auto nine = repetitions_in(parsed(repetitions(9)));
    REQUIRE_FALSE(nine);
    CHECK(nine.error().message.find("9 repetitions instead of 10") != std::string::npos);
    CHECK_FALSE(repetitions_in(parsed("[]")));
}

TEST_CASE("a program that is not there is a failure of the comparison and not of the proof") {
    CHECK_THROWS(compare_by_assay(cell("same_alu"),
                                  {.program = "/nonexistent/assay",
                                   .old_build = "old.assay.so",
                                   .new_build = "new.assay.so",
                                   .document = "/nonexistent/comparison.json",
                                   .home = "/"}));
    const Record record = compare_by_assay(cell("same_alu"),
                                           {.program = "false",
                                            .old_build = "old.assay.so",
                                            .new_build = "new.assay.so",
                                            .document = "/nonexistent/comparison.json",
                                            .home = "/"});
    CHECK_FALSE(record.failure.empty());
    CHECK_FALSE(
        compare_by_google_benchmark(cell("same_alu"), "false", "false", "/").failure.empty());
}

} // namespace method_test
