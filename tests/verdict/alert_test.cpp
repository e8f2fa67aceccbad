#include "verdict/alert.hpp"

#include <doctest/doctest.h>

namespace alert_test {

using namespace assay::verdict;
using enum AlertState;

namespace {

constexpr AlertState kStates[] = {candidate, open, acknowledged, expected, fixed, reopened};

} // namespace

TEST_CASE("states have their names both ways") {
    for (const AlertState state : kStates) {
        CHECK(alert_state_from(name_of(state)) == state);
    }
    CHECK_FALSE(alert_state_from("snoozed"));
}

TEST_CASE("a candidate opens when it is confirmed and ends without a word when it is not") {
    CHECK(next_state(candidate, AlertSign::suspected) == candidate);
    CHECK(next_state(candidate, AlertSign::confirmed) == open);
    CHECK(next_state(candidate, AlertSign::over) == fixed);
    CHECK(next_state(candidate, AlertSign::unseen) == fixed);
    CHECK(notifies(candidate, open));
    CHECK_FALSE(notifies(candidate, fixed));
}

TEST_CASE("what somebody knows of ends only when it is over") {
    for (const AlertState state : {open, acknowledged, reopened}) {
        CHECK(next_state(state, AlertSign::confirmed) == state);
        CHECK(next_state(state, AlertSign::suspected) == state);
        CHECK(next_state(state, AlertSign::unseen) == state);
        CHECK(next_state(state, AlertSign::over) == fixed);
        CHECK(notifies(state, fixed));
        CHECK(is_live(state));
    }
}

TEST_CASE("what was fixed reopens when it is there again, what was expected never by itself") {
    CHECK(next_state(fixed, AlertSign::confirmed) == reopened);
    CHECK(next_state(fixed, AlertSign::suspected) == fixed);
    CHECK(notifies(fixed, reopened));
    for (const AlertSign sign :
         {AlertSign::suspected, AlertSign::confirmed, AlertSign::over, AlertSign::unseen}) {
        CHECK(next_state(expected, sign) == expected);
    }
    CHECK_FALSE(is_live(fixed));
    CHECK_FALSE(is_live(expected));
}

TEST_CASE("the same state tells nobody anything") {
    for (const AlertState state : kStates) {
        CHECK_FALSE(notifies(state, state));
    }
}

TEST_CASE("people may say what makes sense of the state") {
    CHECK(answer(open, AlertAnswer::acknowledge) == acknowledged);
    CHECK(answer(reopened, AlertAnswer::acknowledge) == acknowledged);
    CHECK(answer(acknowledged, AlertAnswer::expect) == expected);
    CHECK(answer(open, AlertAnswer::expect) == expected);
    CHECK(answer(expected, AlertAnswer::reopen) == reopened);
    CHECK(answer(fixed, AlertAnswer::reopen) == reopened);
    CHECK_FALSE(answer(candidate, AlertAnswer::acknowledge));
    CHECK_FALSE(answer(candidate, AlertAnswer::expect));
    CHECK_FALSE(answer(fixed, AlertAnswer::expect));
    CHECK_FALSE(answer(open, AlertAnswer::reopen));
    CHECK_FALSE(answer(acknowledged, AlertAnswer::acknowledge));
}

} // namespace alert_test
