#include "coordination/loop_settings.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace loop_settings_test {

using namespace assay::coordination;

namespace {

std::string fault_with(double LoopSettings::*field, double value) {
    LoopSettings settings;
    settings.*field = value;
    return first_fault(settings).value_or("");
}

} // namespace

TEST_CASE("at 10 Hz modules have 30 ms, the decision 50 ms and the emergency check 20 ms") {
    const LoopSettings settings = settings_at(10);
    CHECK(settings.period == doctest::Approx(0.1));
    CHECK(settings.module_timeout == doctest::Approx(0.03));
    CHECK(settings.decision_timeout == doctest::Approx(0.05));
    CHECK(settings.emergency_timeout == doctest::Approx(0.02));
    for (const double rate : {0.1, 5.0, 10.0, 50.0, 100.0, 1000.0, 10'000.0}) {
        CHECK_FALSE(first_fault(settings_at(rate)));
    }
}

TEST_CASE("a period that is zero, negative, endless or no number is refused") {
    CHECK(fault_with(&LoopSettings::period, 0) == "the period is 0 s: expected 0.0001 to 10 s");
    CHECK(fault_with(&LoopSettings::period, -0.1) ==
          "the period is -0.1 s: expected 0.0001 to 10 s");
    CHECK(fault_with(&LoopSettings::period, 11) != "");
    CHECK(fault_with(&LoopSettings::period, std::nan("")) ==
          "the period is nan s: expected 0.0001 to 10 s");
    CHECK(fault_with(&LoopSettings::period, std::numeric_limits<double>::infinity()) != "");
    for (const double rate : {0.0, -10.0, 20'000.0, std::nan("")}) {
        CHECK(first_fault(settings_at(rate)));
    }
}

TEST_CASE("a time-out longer than the period, zero, negative or no number is refused") {
    CHECK(fault_with(&LoopSettings::module_timeout, 0.11) ==
          "the time-out of modules is 0.11 s: expected more than 0 and at most the period, 0.1 s");
    CHECK(fault_with(&LoopSettings::decision_timeout, 0) != "");
    CHECK(fault_with(&LoopSettings::emergency_timeout, -1) != "");
    CHECK(fault_with(&LoopSettings::decision_timeout, std::nan("")) ==
          "the time-out of the decision is nan s: expected more than 0 and at most the period, "
          "0.1 s");
    CHECK(fault_with(&LoopSettings::module_timeout, 0.1) == "");
}

TEST_CASE("a loop of no cycles is refused") {
    LoopSettings settings;
    settings.cycles = 0;
    CHECK(first_fault(settings) == "0 cycles: expected 1 to 10000000");
    settings.cycles = 1;
    CHECK_FALSE(first_fault(settings));
}

} // namespace loop_settings_test
