// The modules of the suite, and what its verification holds.
#include "alert_module.hpp"
#include "cache_module.hpp"
#include "module_list.hpp"
#include "net_module.hpp"
#include "policy_module.hpp"
#include "token_module.hpp"
#include "verification.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace modules_test {

using namespace assay::coordination_suite;
using assay::coordination::Board;
using assay::coordination::Question;
using assay::coordination::Stage;

TEST_CASE("the modules have the names and places that the suite says") {
    const auto modules = make_modules({});
    REQUIRE(modules.size() == kModuleNames.size());
    for (std::size_t i = 0; i < modules.size(); ++i) {
        CHECK(modules[i]->name() == kModuleNames[i]);
    }
    CHECK(modules[0]->stage() == Stage::collect);
    CHECK(modules[1]->stage() == Stage::collect);
    CHECK(modules[2]->stage() == Stage::collect);
    CHECK(modules[3]->stage() == Stage::decide);
    CHECK(modules[4]->stage() == Stage::emergency);
}

TEST_CASE("the net falls into step and begins anew after a restart") {
    NetModule net(0.1, 3);
    const double first = net.answer({.period = 0.1}, {});
    double order = first;
    for (int i = 0; i < 100; ++i) {
        order = net.answer({.period = 0.1}, {});
    }
    CHECK(order > 0.95);
    CHECK(order <= 1);
    net.restart();
    CHECK(net.answer({.period = 0.1}, {}) == first);
    NetModule other(0.1, 4);
    CHECK(other.answer({.period = 0.1}, {}) != first);
}

TEST_CASE("ten times as many questions of a tenth of the period come to the same order") {
    NetModule slow(0.1, 3), fast(0.01, 3);
    double of_fast = 0;
    for (int i = 0; i < 10; ++i) {
        of_fast = fast.answer({.period = 0.01}, {});
    }
    CHECK(slow.answer({.period = 0.1}, {}) == doctest::Approx(of_fast).epsilon(1e-12));
}

TEST_CASE("an action is blocked when the modules are out of phase") {
    PolicyModule policy(0, DecisionWay::indexed);
    PolicyModule naive(0, DecisionWay::naive);
    for (const double order : {0.0, 0.1, 0.19, 0.21, 0.5, 1.0}) {
        const Question question{.board = Board{order}};
        CHECK(policy.answer(question, {}) == (order < 0.2 ? 0 : 1));
        CHECK(naive.answer(question, {}) == policy.answer(question, {}));
    }
}

TEST_CASE("an emergency is told when the order is below three tenths") {
    AlertModule alert({.net = 0, .policy = 1});
    CHECK(alert.answer({.board = Board{0.2, 1}}, {}) == 1);
    CHECK(alert.answer({.board = Board{0.31, 1}}, {}) == 0);
    CHECK(alert.answer({.board = Board{0.9, 0}}, {}) == 0);
    CHECK(alert.answer({.board = Board{std::nan(""), 1}}, {}) == 1);
}

TEST_CASE("tokens are processed anew in every cycle, upon what the fields remember") {
    TokenModule tokens(3);
    const double first = tokens.answer({.cycle = 1}, {}), second = tokens.answer({.cycle = 1}, {});
    CHECK(first > 0);
    CHECK(second != first); // the fields have the first text in them
    tokens.restart();
    CHECK(tokens.answer({.cycle = 1}, {}) == first);
    TokenModule naive(3, TokenWay::naive);
    CHECK(naive.answer({.cycle = 1}, {}) == doctest::Approx(first).epsilon(1e-12));
}

TEST_CASE("of a cache's questions every other one finds the text it was made from") {
    CacheModule cache(3);
    CacheModule all(3, LookupWay::every_vector);
    std::size_t hits = 0;
    for (std::uint64_t cycle = 0; cycle < 64; ++cycle) {
        const double found = cache.answer({.cycle = cycle}, {});
        CHECK(found == all.answer({.cycle = cycle}, {}));
        CHECK((found > 0) == (cycle % 2 == 0));
        hits += found > 0 ? 1 : 0;
    }
    CHECK(hits == 32);
}

TEST_CASE("verification passes at every rate and compares all answers twice") {
    for (const double rate : {5.0, 10.0, 50.0, 100.0, 1000.0}) {
        const auto settings = assay::coordination::settings_at(rate);
        CHECK_NOTHROW(check_deadlines(settings));
        CHECK(check_modules({.period = settings.period, .seed = 1}) == 2 * 50 * 5);
    }
}

} // namespace modules_test
