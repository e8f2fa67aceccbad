// A <testsuite>: its tests as text, and how many became what.
//
//   SuiteElement suite("router");
//   suite.add(test_name("router", one.id), median, result);
//   out.write(suite.text(run, number));
//
// One thread.
#pragma once

#include "test_result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace junit_reporter {

class SuiteElement {
public:
    explicit SuiteElement(std::string name)
        : name_(std::move(name)) {}

    // `seconds`: not finite where there is no time.
    void add(std::string_view test, double seconds, const TestResult& result);

    // `number`: its place in the file.
    [[nodiscard]] std::string text(const report_text::ToldRun& run, std::size_t number) const;

private:
    std::string name_, tests_;
    std::size_t count_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
    double seconds_ = 0;
};

// The id without its suite: "least_latency[n=16]".
[[nodiscard]] std::string test_name(std::string_view suite, std::string_view case_id);

} // namespace junit_reporter
