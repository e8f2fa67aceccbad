#include "app/conformance/check_output.hpp"

#include "app/message.hpp"
#include "app/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace assay::app {

namespace {

using measure::CheckFinding;
using measure::CheckOutcome;
using measure::CheckResult;
using measure::CheckSpec;

constexpr std::array kOutcomes{CheckOutcome::success,
                               CheckOutcome::failed,
                               CheckOutcome::crashed,
                               CheckOutcome::timed_out,
                               CheckOutcome::warning,
                               CheckOutcome::info,
                               CheckOutcome::skipped};

struct Look {
    std::string_view word, color;
};

Look look_of(CheckOutcome outcome) noexcept {
    switch (outcome) {
    case CheckOutcome::success:
        return {"ok", "\x1b[32m"};
    case CheckOutcome::failed:
        return {"FAIL", "\x1b[31m"};
    case CheckOutcome::crashed:
        return {"CRASH", "\x1b[31m"};
    case CheckOutcome::timed_out:
        return {"TIMEOUT", "\x1b[31m"};
    case CheckOutcome::warning:
        return {"warning", "\x1b[33m"};
    case CheckOutcome::info:
        return {"info", ""};
    case CheckOutcome::skipped:
        return {"skipped", "\x1b[2m"};
    }
    return {"?", ""};
}

std::size_t count_of(std::span<const CheckResult> results, CheckOutcome outcome) {
    return static_cast<std::size_t>(std::ranges::count(results, outcome, &CheckResult::outcome));
}

std::string word_of(const CheckSpec& check) {
    return std::string(measure::name_of(check.severity));
}

json::object spec_object(const CheckSpec& check) {
    return {{"id", check.id},
            {"description", check.description},
            {"severity", measure::name_of(check.severity)},
            {"subject", measure::name_of(check.subject)}};
}

} // namespace

std::string check_line(const CheckResult& result, CheckLook look) {
    if (look.failures_only && !measure::is_failure(result.outcome)) {
        return {};
    }
    const auto [word, color] = look_of(result.outcome);
    std::string padded = fmt::format("{:<8}", word);
    if (look.color && !color.empty()) {
        padded = std::string(color) + padded + "\x1b[0m";
    }
    std::string text =
        fmt::format("{}{:<4} {}", padded, result.check->id, result.check->description);
    if (result.findings.size() == 1) {
        return text + ": " + printable(result.findings.front().text) + "\n";
    }
    text += "\n";
    for (const CheckFinding& finding : result.findings) {
        text += fmt::format(
            "{:13}{}: {}\n", "", measure::name_of(finding.severity), printable(finding.text));
    }
    return text;
}

bool SkippedChecks::take(const CheckResult& result) {
    if (result.outcome != CheckOutcome::skipped || result.findings.size() != 1 ||
        (!results_.empty() &&
         results_.front().findings.front().text != result.findings.front().text)) {
        return false;
    }
    results_.push_back(result);
    return true;
}

std::string SkippedChecks::line(CheckLook look) {
    const std::vector<CheckResult> results = std::exchange(results_, {});
    if (results.size() < 2) {
        return results.empty() ? std::string() : check_line(results.front(), look);
    }
    std::string text = check_line(results.front(), look);
    const std::string ids =
        fmt::format("{} to {}", results.front().check->id, results.back().check->id);
    const std::size_t start = text.find(results.front().check->id);
    return text.empty() ? text
                        : text.substr(0, start) + ids + ": " +
                              printable(results.front().findings.front().text) + "\n";
}

std::string check_summary(std::span<const CheckResult> results, const std::string& path) {
    std::string text =
        fmt::format("\n{} {}:", results.size(), results.size() == 1 ? "check" : "checks");
    bool first = true;
    for (const CheckOutcome outcome : kOutcomes) {
        if (const std::size_t count = count_of(results, outcome); count > 0) {
            text += fmt::format("{} {} {}", first ? "" : ",", count, look_of(outcome).word);
            first = false;
        }
    }
    text += "\n";
    const auto failure = std::ranges::find_if(results, measure::is_failure, &CheckResult::outcome);
    if (failure != results.end()) {
        text += fmt::format("next  assay check '{}' --only {}\n", path, failure->check->id);
    }
    return text;
}

std::string list_text() {
    TextTable table({"check", "severity", "of", "description"});
    for (const CheckSpec& check : measure::conformance_checks()) {
        table.add({std::string(check.id),
                   word_of(check),
                   std::string(measure::name_of(check.subject)),
                   std::string(check.description)});
    }
    return table.aligned();
}

json::value list_document() {
    json::array checks;
    for (const CheckSpec& check : measure::conformance_checks()) {
        checks.push_back(spec_object(check));
    }
    return json::object{{"schema", "assay.check-list/1"}, {"checks", std::move(checks)}};
}

json::value check_document(std::span<const CheckResult> results, const CheckedPlugin& plugin) {
    json::array checks;
    for (const CheckResult& result : results) {
        json::object one = spec_object(*result.check);
        one["outcome"] = measure::name_of(result.outcome);
        one["seconds"] = json_number(result.seconds);
        json::array findings;
        for (const CheckFinding& finding : result.findings) {
            findings.push_back(json::object{{"severity", measure::name_of(finding.severity)},
                                            {"text", finding.text}});
        }
        one["findings"] = std::move(findings);
        checks.push_back(std::move(one));
    }
    json::object summary{{"checks", json_count(results.size())}};
    for (const CheckOutcome outcome : kOutcomes) {
        summary[measure::name_of(outcome)] = json_count(count_of(results, outcome));
    }
    return json::object{
        {"schema", "assay.check/1"},
        {"plugin",
         {{"path", plugin.path},
          {"sha256", plugin.sha256.empty() ? json::value(nullptr) : json::value(plugin.sha256)}}},
        {"seed", json_count(plugin.seed)},
        {"checks", std::move(checks)},
        {"summary", std::move(summary)}};
}

} // namespace assay::app
