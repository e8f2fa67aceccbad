// The checks of `assay check`: one table from which listing, --only, --skip, the documents and the
// worker that runs a check are all served, and what comes back from one.
//
//   for (const CheckSpec& check : conformance_checks()) ...
//   CheckReport report = ...;                    // from the host itself or from a worker
//   CheckOutcome outcome = outcome_of(report);   // the gravest finding decides
//
// Plain values; pure functions.
#pragma once

#include "support/json.hpp"
#include "support/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::measure {

enum class CheckSeverity { error, warning, info };

// What a check looks at, and with that who runs it: the host reads the file, a worker of its own
// runs every other check.
enum class CheckSubject { file, loading, suite, reporter, importer };

enum class CheckOutcome { success, failed, warning, info, skipped, crashed, timed_out };

struct CheckSpec {
    std::string_view id; // "C7"
    std::string_view description;
    CheckSeverity severity = CheckSeverity::error; // of the gravest thing it can find
    CheckSubject subject = CheckSubject::file;
    std::chrono::seconds deadline{20};
    std::uint32_t processes = 1; // 2: run in two workers, whose facts must be equal
};

// In the order they are run and listed.
std::span<const CheckSpec> conformance_checks() noexcept;
const CheckSpec* find_check(std::string_view id) noexcept;

std::string_view name_of(CheckSeverity severity) noexcept; // "error", "warning", "info"
std::string_view name_of(CheckSubject subject) noexcept;   // "file", "loading", ...
std::string_view name_of(CheckOutcome outcome) noexcept;   // "success", "timed_out", ...

// One thing that a check has to say.
struct CheckFinding {
    CheckSeverity severity = CheckSeverity::error;
    std::string text;
};

// A check that finds the same thing in a thousand cases says it this often.
inline constexpr std::size_t kFindingsMax = 20;

// What one run of a check found out.
struct CheckReport {
    std::vector<CheckFinding> findings; // none: all well
    std::string skipped;                // why it does not apply; empty when it does
    json::object facts;                 // what must be the same in every process

    void error(std::string text) { add(CheckSeverity::error, std::move(text)); }

    void warn(std::string text) { add(CheckSeverity::warning, std::move(text)); }

    void note(std::string text) { add(CheckSeverity::info, std::move(text)); }

    void skip(std::string reason) {
        if (skipped.empty()) {
            skipped = std::move(reason);
        }
    }

private:
    void add(CheckSeverity severity, std::string text) {
        if (findings.size() < kFindingsMax) {
            findings.push_back({severity, std::move(text)});
        }
    }
};

// Failed, warning or info by the gravest finding; skipped only where nothing was found.
CheckOutcome outcome_of(const CheckReport& report) noexcept;

// Findings for every fact that the two do not share.
void compare_facts(CheckReport& one, const CheckReport& other);

// What the worker that runs a check is told (CHECK) and answers (CHECKED).
struct CheckRequest {
    std::string id;
    std::uint64_t seed = 1;
    std::vector<std::string> samples = {}; // files that importers are given; absolute
};

json::value to_json(const CheckRequest& request);
Result<CheckRequest> check_request_from_json(const json::value& document);
json::value to_json(const CheckReport& report);
Result<CheckReport> check_report_from_json(const json::value& document);

// A check as it is shown: also one whose worker did not live to answer.
struct CheckResult {
    const CheckSpec* check = nullptr;
    CheckOutcome outcome = CheckOutcome::success;
    std::vector<CheckFinding> findings; // for skipped, crashed and timed_out: the reason
    double seconds = 0;
};

// Whether the plugin breaks its contract: failed, crashed or timed out.
[[nodiscard]] bool is_failure(CheckOutcome outcome) noexcept;

} // namespace assay::measure
