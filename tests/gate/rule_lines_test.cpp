#include "app/gate/rule_lines.hpp"

#include <doctest/doctest.h>

using namespace assay::app;

TEST_CASE("a rule stands in the line of its id") {
    const RuleLines lines = rule_lines_in(R"({"schema": "assay.gates/1",
 "rules": [
  {"id": "time", "metric": "id"},
  {"kind": "limit",
   "id" :
     "memory", "match": {"case": "a\"id\": \"b"}}, {"id":"hits"}]})");
    CHECK(lines == RuleLines{{"time", 3}, {"memory", 6}, {"hits", 6}});
}

TEST_CASE("no file and no JSON have no rules with a line") {
    CHECK(rule_lines_of("/no/such/gates.json").empty());
    CHECK(rule_lines_in("").empty());
    CHECK(rule_lines_in("\"id\"").empty());
    CHECK(rule_lines_in("{\"id\": \"cut").size() == 1);
    CHECK(rule_lines_in("{\"id\": 1, \"x\": \"y\"}").empty());
}
