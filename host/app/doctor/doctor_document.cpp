#include "app/doctor/doctor_document.hpp"

#include "app/help.hpp"
#include "app/message.hpp"
#include "app/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::app {
namespace {

constexpr std::size_t kStateColumns = 12;
constexpr std::size_t kNameColumns = 14;
constexpr std::size_t kTextColumn = 2 + kStateColumns + kNameColumns;
constexpr std::array kStates{
    FindingState::ok, FindingState::warn, FindingState::unavailable, FindingState::bad};

std::string_view color_of(FindingState state) noexcept {
    switch (state) {
    case FindingState::ok:
        return "\x1b[32m";
    case FindingState::warn:
        return "\x1b[33m";
    case FindingState::unavailable:
        return "\x1b[2m";
    case FindingState::bad:
        return "\x1b[31m";
    }
    return "";
}

// "clock_source" -> "clock source"
std::string spoken(std::string id) {
    std::ranges::replace(id, '_', ' ');
    return id;
}

// Indented, the first line begun by `lead`.
std::string lines(const std::string& lead, const std::string& text) {
    std::string clean = printable(text);
    std::ranges::replace(clean, '\n', ' ');
    const std::string all = wrapped(clean, kTextColumn + lead.size());
    return std::string(kTextColumn, ' ') + lead + all.substr(kTextColumn + lead.size());
}

std::string finding_text(const Finding& finding, DoctorLook look) {
    std::string state = fmt::format("{:<{}}", name_of(finding.state), kStateColumns);
    if (look.color) {
        state = std::string(color_of(finding.state)) + state + "\x1b[0m";
    }
    std::string text = fmt::format("  {}{:<{}}", state, spoken(finding.id), kNameColumns) +
                       lines("", finding.read).substr(kTextColumn);
    const bool wanting = finding.state == FindingState::warn || finding.state == FindingState::bad;
    if (wanting || look.verbose) {
        text += lines("why  ", finding.why);
    }
    if (!finding.advice.empty()) {
        text += lines("do   ", finding.advice);
    }
    return text;
}

std::string heading(const DoctorVisit& visit) {
    const json::value* cpu = visit.platform.if_contains("cpu");
    const std::string model = cpu != nullptr && cpu->is_object()
                                  ? json_string(cpu->get_object(), "model")
                                  : std::string{};
    std::string text = fmt::format("assay {}  {}", kVersion, json_string(visit.platform, "label"));
    for (const std::string& part :
         {model, json_string(visit.platform, "os"), json_string(visit.environment, "kernel")}) {
        text += part.empty() ? "" : "  " + printable(part);
    }
    // So much of it is shown wherever a platform is named.
    const std::string fingerprint = json_string(visit.platform, "fingerprint").substr(0, 12);
    return text + (fingerprint.empty() ? "" : "  platform " + fingerprint) + "\n";
}

std::string summary_text(const Findings& findings) {
    std::string text = fmt::format("\n{} findings:", findings.size());
    bool first = true;
    for (const FindingState state : kStates) {
        if (const std::size_t count = count_of(findings, state); count > 0) {
            text += fmt::format("{} {} {}", first ? "" : ",", count, name_of(state));
            first = false;
        }
    }
    text += "\n";
    return code_of(findings) == ExitCode::pass
               ? text
               : text + "nothing can be measured here before what is bad is put right\n";
}

} // namespace

ExitCode code_of(const Findings& findings) noexcept {
    return count_of(findings, FindingState::bad) > 0 ? ExitCode::failed : ExitCode::pass;
}

json::object doctor_document(const DoctorVisit& visit) {
    json::array findings;
    json::object summary{{"findings", json_count(visit.findings.size())}};
    for (const FindingState state : kStates) {
        summary[name_of(state)] = json_count(count_of(visit.findings, state));
    }
    summary["exit_code"] = static_cast<int>(code_of(visit.findings));
    for (const Finding& finding : visit.findings) {
        findings.push_back(json::object{
            {"group", finding.group},
            {"id", finding.id},
            {"state", name_of(finding.state)},
            {"read", finding.read},
            {"why", finding.why},
            {"advice",
             finding.advice.empty() ? json::value(nullptr) : json::value(finding.advice)}});
    }
    return {{"schema", "assay.doctor/1"},
            {"host", {{"version", kVersion}}},
            {"platform", visit.platform},
            {"environment", visit.environment},
            {"resolution", resolution_object(visit.machine, {})},
            {"isolation",
             visit.isolation.empty() ? json::value(nullptr) : json::value(visit.isolation)},
            {"findings", std::move(findings)},
            {"summary", std::move(summary)}};
}

std::string doctor_text(const DoctorVisit& visit, DoctorLook look) {
    std::string text = look.quiet ? std::string{} : heading(visit);
    std::string group;
    for (const Finding& finding : visit.findings) {
        const bool well =
            finding.state == FindingState::ok || finding.state == FindingState::unavailable;
        if (look.quiet && well) {
            continue;
        }
        if (finding.group != group) {
            text += (text.empty() ? "" : "\n") + finding.group + "\n";
            group = finding.group;
        }
        text += finding_text(finding, look);
    }
    return text + summary_text(visit.findings);
}

} // namespace assay::app
