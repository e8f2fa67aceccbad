#include "measure/conformance.hpp"

#include <algorithm>
#include <array>

namespace assay::measure {
namespace {

using enum CheckSeverity;
using enum CheckSubject;
using std::chrono::seconds;

// Cases are opened, run and timed: minutes of work would be the plugin's fault, not the check's.
constexpr seconds kLong{60};
constexpr seconds kShort{15};

constexpr std::array kChecks{
    CheckSpec{"S1", "the file is an ELF64 library for this machine", error, file},
    CheckSpec{"S2", "the manifest is there once, valid, at most 64 KiB", error, file},
    CheckSpec{"S3", "exactly one entry function is exported", error, file},
    CheckSpec{"S4", "nothing else is exported", warning, file},
    CheckSpec{"S5", "no text relocations, no executable stack", warning, file},
    CheckSpec{"S6", "libraries are found by $ORIGIN or by the system", error, file},
    CheckSpec{"S7", "oneTBB and Boost are left to the host", warning, file},
    CheckSpec{"S8", "build id and debug information", info, file},
    CheckSpec{"L1", "loads, and its entry function returns", error, loading, kShort},
    CheckSpec{"L2", "loading changes nothing of the process", warning, loading, kShort},
    CheckSpec{"L3", "loading and describing take less than 100 ms", warning, loading, kShort},
    CheckSpec{
        "L4", "entry gives the same plugin each time, in each process", error, loading, kShort, 2},
    CheckSpec{"L5", "struct sizes and identity fit the manifest", error, loading, kShort},
    CheckSpec{"L6", "ids and names are well-formed and unique", error, loading, kShort},
    CheckSpec{"L7", "an unknown service is survived", error, loading, kLong},
    CheckSpec{"L8", "an old host: structs end at their 1.0 size", error, loading, kLong},
    CheckSpec{"L9", "a future host: larger structs, minor 99", error, loading, kLong},
    CheckSpec{"L10", "two plugins of one template load together", error, loading, kShort},
    CheckSpec{"C1", "the configuration schema is valid, its defaults too", error, suite, kShort},
    CheckSpec{"C2", "create takes defaults and survives bad configuration", error, suite, kShort},
    CheckSpec{"C3", "families are well-formed and always the same", error, suite, kShort, 2},
    CheckSpec{"C4", "metrics are well-formed", error, suite, kShort},
    CheckSpec{"C5", "open and close 100 times without growth", error, suite, kLong},
    CheckSpec{"C6", "verify passes", error, suite, kLong},
    CheckSpec{"C7", "equal seeds give equal checksums", error, suite, kLong, 2},
    CheckSpec{"C8", "iterations are done as asked, and cost what they should", error, suite, kLong},
    CheckSpec{
        "C9", "inputs of a batch and the memory behind it stay untouched", error, suite, kLong},
    CheckSpec{"C10", "manual times and latencies exactly where they belong", error, suite, kLong},
    CheckSpec{"C11", "a long batch stops within 1 s when cancelled", warning, suite, kLong},
    CheckSpec{"C12", "several lanes at once", error, suite, kLong},
    CheckSpec{"C13", "skips and failures say why", warning, suite, kLong},
    CheckSpec{"C15", "metrics are the declared ones and finite", error, suite, kLong},
    CheckSpec{"C16", "every legal way to the end is survived", error, suite, kLong},
    CheckSpec{"C17", "spread over 10 repeats", info, suite, kLong},
    CheckSpec{
        "C18", "no output, no child, no file outside the scratch folder", error, suite, kLong},
    CheckSpec{"C19", "no host function is called inside run", error, suite, kLong},
    CheckSpec{"C20", "bytes_per_iteration is what prepare holds", warning, suite, kLong},
    CheckSpec{"R1", "every kind of event stream is survived", error, reporter, kLong},
    CheckSpec{"R2", "what is written can be read", error, reporter, kLong},
    CheckSpec{"R3", "a sink that fails at any write is noticed", error, reporter, kLong},
    CheckSpec{"R4", "finish after a stream that broke off", error, reporter, kShort},
    CheckSpec{"R5", "two instances do not mix", error, reporter, kShort},
    CheckSpec{"R6", "equal events give equal bytes", error, reporter, kShort, 2},
    CheckSpec{"R7", "writes only through its sink", error, reporter, kShort},
    CheckSpec{"I1", "its samples can be read", error, importer, kLong},
    CheckSpec{"I2", "broken files are refused or read in part, never more", error, importer, kLong},
    CheckSpec{"I3", "what nobody can know is not taken for its own", error, importer, kShort},
    CheckSpec{"I4", "figures have unit, direction and provenance", error, importer, kLong},
    CheckSpec{"I5", "equal bytes give equal events", error, importer, kLong, 2},
};

std::optional<CheckSeverity> severity_from(std::string_view name) noexcept {
    for (const CheckSeverity severity : {error, warning, info}) {
        if (name_of(severity) == name) {
            return severity;
        }
    }
    return std::nullopt;
}

Error malformed(std::string what) {
    return Error{ErrorKind::protocol, std::move(what), {}};
}

} // namespace

std::span<const CheckSpec> conformance_checks() noexcept {
    return kChecks;
}

const CheckSpec* find_check(std::string_view id) noexcept {
    const auto found = std::ranges::find(kChecks, id, &CheckSpec::id);
    return found == kChecks.end() ? nullptr : &*found;
}

std::string_view name_of(CheckSeverity severity) noexcept {
    switch (severity) {
    case error:
        return "error";
    case warning:
        return "warning";
    case info:
        return "info";
    }
    return "unknown";
}

std::string_view name_of(CheckSubject subject) noexcept {
    switch (subject) {
    case file:
        return "file";
    case loading:
        return "loading";
    case suite:
        return "suite";
    case reporter:
        return "reporter";
    case importer:
        return "importer";
    }
    return "unknown";
}

std::string_view name_of(CheckOutcome outcome) noexcept {
    switch (outcome) {
    case CheckOutcome::success:
        return "success";
    case CheckOutcome::failed:
        return "failed";
    case CheckOutcome::warning:
        return "warning";
    case CheckOutcome::info:
        return "info";
    case CheckOutcome::skipped:
        return "skipped";
    case CheckOutcome::crashed:
        return "crashed";
    case CheckOutcome::timed_out:
        return "timed_out";
    }
    return "unknown";
}

bool is_failure(CheckOutcome outcome) noexcept {
    return outcome == CheckOutcome::failed || outcome == CheckOutcome::crashed ||
           outcome == CheckOutcome::timed_out;
}

CheckOutcome outcome_of(const CheckReport& report) noexcept {
    const auto has = [&](CheckSeverity severity) {
        return std::ranges::find(report.findings, severity, &CheckFinding::severity) !=
               report.findings.end();
    };
    if (has(error)) {
        return CheckOutcome::failed;
    }
    if (has(warning)) {
        return CheckOutcome::warning;
    }
    if (!report.skipped.empty()) {
        return CheckOutcome::skipped;
    }
    return has(info) ? CheckOutcome::info : CheckOutcome::success;
}

void compare_facts(CheckReport& one, const CheckReport& other) {
    for (const auto& fact : one.facts) {
        const json::value* const same = other.facts.if_contains(fact.key());
        if (same != nullptr && *same != fact.value()) { // what only one found out says nothing
            one.error("two processes differ in " + std::string(fact.key()) + ": " +
                      write_json(fact.value()).substr(0, 200) + " and " +
                      write_json(*same).substr(0, 200));
        }
    }
}

json::value to_json(const CheckRequest& request) {
    return json::object{{"id", request.id},
                        {"seed", static_cast<std::int64_t>(request.seed)},
                        {"samples", json::array(request.samples.begin(), request.samples.end())}};
}

Result<CheckRequest> check_request_from_json(const json::value& document) {
    if (!document.is_object()) {
        return malformed("CHECK without a JSON object");
    }
    CheckRequest request;
    request.id = json_string(document.get_object(), "id");
    request.seed = static_cast<std::uint64_t>(json_int(document.get_object(), "seed", 1));
    if (const json::value* const samples = json_at(document, "/samples");
        samples != nullptr && samples->is_array()) {
        for (const json::value& sample : samples->get_array()) {
            if (sample.is_string()) {
                request.samples.emplace_back(sample.get_string());
            }
        }
    }
    return request;
}

json::value to_json(const CheckReport& report) {
    json::array findings;
    for (const CheckFinding& finding : report.findings) {
        findings.push_back(
            json::object{{"severity", name_of(finding.severity)}, {"text", finding.text}});
    }
    return json::object{
        {"findings", std::move(findings)}, {"skipped", report.skipped}, {"facts", report.facts}};
}

Result<CheckReport> check_report_from_json(const json::value& document) {
    const json::value* const findings = json_at(document, "/findings");
    const json::value* const facts = json_at(document, "/facts");
    if (findings == nullptr || !findings->is_array() || facts == nullptr || !facts->is_object()) {
        return malformed("CHECKED without findings or facts");
    }
    CheckReport report;
    report.skipped = json_string(document.get_object(), "skipped");
    report.facts = facts->get_object();
    for (const json::value& one : findings->get_array()) {
        const auto severity = one.is_object()
                                  ? severity_from(json_string(one.get_object(), "severity"))
                                  : std::nullopt;
        if (!severity) {
            return malformed("CHECKED with a finding of no known severity");
        }
        report.findings.push_back({*severity, json_string(one.get_object(), "text")});
    }
    return report;
}

} // namespace assay::measure
