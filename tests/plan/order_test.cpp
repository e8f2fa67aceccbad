#include "plan/order.hpp"
#include "sample_suites.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace assay;
using namespace assay::plan;

namespace {

using Ids = std::vector<std::string>;

std::vector<PlannedSuite> variants() {
    return {suite("s",
                  {family("f",
                          {axis("n", {1, 2, 3, 4, 5, 6, 7, 8}),
                           variant(text_axis("impl", {"a", "b", "c"}), 1)}),
                   family("plain", {axis("n", {1, 2, 3, 4})})})};
}

Ids ordered(const std::vector<PlannedSuite>& suites, std::uint64_t seed, Ids filters = {}) {
    Selection selection;
    selection.order_seed = seed;
    selection.filters = std::move(filters);
    const auto plan = make_plan(suites, selection);
    REQUIRE(plan.ok());
    return ids_of(*plan);
}

} // namespace

TEST_CASE("the same seed gives the same order and another seed another one") {
    CHECK(ordered(variants(), 7) == ordered(variants(), 7));
    CHECK(ordered(variants(), 7) != ordered(variants(), 8));
    CHECK(ordered(variants(), 0) != ordered(variants(), 1));
}

TEST_CASE("an order loses nothing and adds nothing") {
    Ids shuffled = ordered(variants(), 7);
    Ids declared = planned_ids(variants());
    std::sort(shuffled.begin(), shuffled.end());
    std::sort(declared.begin(), declared.end());
    CHECK(shuffled == declared);
    CHECK(shuffled.size() == 28);
}

TEST_CASE("the reference of a variant group comes first and the others directly after it") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Selection selection;
        selection.order_seed = seed;
        const auto plan = make_plan(variants(), selection);
        REQUIRE(plan.ok());
        std::string reference;
        for (const PlannedCase& planned : plan->cases) {
            if (planned.reference_id) {
                CHECK(*planned.reference_id == reference);
            } else {
                reference = planned.id;
            }
        }
    }
}

TEST_CASE("the order does not depend on the order of the plugins") {
    std::vector suites = variants();
    suites.push_back(suite("t", {family("g", {axis("n", {1, 2, 3, 4, 5})})}));
    const Ids before = ordered(suites, 3);
    std::reverse(suites.begin(), suites.end());
    CHECK(ordered(suites, 3) == before);
}

TEST_CASE("a filter keeps the relative order of the whole run") {
    Ids whole = ordered(variants(), 11);
    std::erase_if(whole, [](const std::string& id) { return id.find("n=3") == std::string::npos; });
    CHECK(ordered(variants(), 11, {"n=3"}) == whole);
}

TEST_CASE("over many seeds every order of four cases is as likely as any other") {
    std::map<Ids, int> seen;
    constexpr int kSeeds = 4800;
    const std::vector suites{suite("s", {family("f", {axis("n", {1, 2, 3, 4})})})};
    for (int seed = 0; seed < kSeeds; ++seed) {
        ++seen[ordered(suites, static_cast<std::uint64_t>(seed))];
    }
    CHECK(seen.size() == 24);
    double chi_square = 0;
    for (const auto& [order, count] : seen) {
        chi_square += (count - 200.0) * (count - 200.0) / 200.0;
    }
    // 23 degrees of freedom: beyond 49.7 in one of a thousand seeds of this test.
    CHECK(chi_square < 49.7);
}
