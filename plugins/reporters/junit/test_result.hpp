// What a case is as a test: passed, failed, broken or skipped, with a message that names the
// figure, the limit and what to do.
//
//   TestResult result = result_of(one, rows_about(gate, one.id), run);
//
// Pure functions.
#pragma once

#include "report_text/outcome.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace junit_reporter {

// failure: something got worse, or was not shown to be well. error: there is no figure.
enum class TestFate : std::uint8_t { passed, skipped, failure, error };

struct TestResult {
    TestFate fate = TestFate::passed;
    std::string type, message; // "slower", "FAIL", "crashed"
};

// `rows`: the gate's lines about the case. Where a gate has spoken it decides, not the verdict.
[[nodiscard]] TestResult result_of(const report_text::ToldCase& one,
                                   std::span<const report_text::GateRow* const> rows,
                                   const report_text::ToldRun& run);

// Of lines alone: about no case, or about one that was not measured.
[[nodiscard]] TestResult result_of(std::span<const report_text::GateRow* const> rows,
                                   const report_text::ToldRun& run);

} // namespace junit_reporter
