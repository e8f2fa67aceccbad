#include "app/conformance/check_driver.hpp"

#include "support/text.hpp"

#include <chrono>

namespace assay::app {

namespace {

using measure::CheckOutcome;
using measure::CheckReport;
using measure::CheckSeverity;
using measure::CheckSpec;
using measure::CheckSubject;
using workers::CheckAnswer;

// A plugin that hangs hangs in most checks; the third time nobody learns anything new.
constexpr int kTimeOutsMax = 3;

CheckAnswer skipped(std::string reason) {
    CheckAnswer answer;
    answer.outcome = CheckOutcome::skipped;
    answer.reason = std::move(reason);
    return answer;
}

CheckAnswer answer_of(CheckReport report) {
    CheckAnswer answer;
    answer.outcome = measure::outcome_of(report);
    answer.report = std::move(report);
    return answer;
}

} // namespace

CheckDriver::CheckDriver(workers::Supervisor& supervisor,
                         std::string path,
                         std::uint64_t seed,
                         std::function<Result<std::string>()> loadable,
                         std::optional<std::chrono::milliseconds> timeout,
                         std::vector<std::string> samples)
    : supervisor_(supervisor)
    , static_(std::move(path))
    , seed_(seed)
    , find_loadable_(std::move(loadable))
    , timeout_(timeout)
    , samples_(std::move(samples)) {}

measure::CheckResult CheckDriver::run(const CheckSpec& check) {
    const auto start = std::chrono::steady_clock::now();
    const CheckAnswer got = answer(check);
    measure::CheckResult result;
    result.check = &check;
    result.outcome = got.outcome;
    result.findings = got.report.findings;
    if (!got.reason.empty()) {
        result.findings.push_back({CheckSeverity::error, got.reason});
    } else if (got.outcome == CheckOutcome::skipped) {
        result.findings.push_back({CheckSeverity::info, got.report.skipped});
    }
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    timed_out_ += got.outcome == CheckOutcome::timed_out ? 1 : 0;
    if (check.id == "L1" && measure::is_failure(got.outcome)) {
        cannot_load_ = "the plugin does not load (L1)";
    }
    return result;
}

std::string CheckDriver::hopeless() const {
    if (!static_.unreadable().empty()) {
        return "the file cannot be read as a library (S1)";
    }
    if (!cannot_load_.empty()) {
        return cannot_load_;
    }
    return timed_out_ >= kTimeOutsMax ? "three checks timed out already" : "";
}

CheckAnswer CheckDriver::answer(const CheckSpec& check) {
    if (check.subject == CheckSubject::file) {
        return answer_of(static_.run(check.id));
    }
    if (const std::string why = hopeless(); !why.empty()) {
        return skipped(why);
    }
    if (!loadable_) {
        loadable_ = find_loadable_();
    }
    if (!*loadable_) {
        CheckAnswer refused;
        refused.outcome = CheckOutcome::failed;
        refused.reason = loadable_->error().message;
        cannot_load_ = refused.reason;
        return refused;
    }
    CheckAnswer first = ask_worker(check);
    const bool complete =
        first.outcome != CheckOutcome::crashed && first.outcome != CheckOutcome::timed_out;
    if (check.processes > 1 && complete && !first.report.facts.empty()) {
        const CheckAnswer second = ask_worker(check);
        if (second.outcome == CheckOutcome::crashed || second.outcome == CheckOutcome::timed_out) {
            return second;
        }
        measure::compare_facts(first.report, second.report);
        first.outcome = measure::outcome_of(first.report);
    }
    if (check.id == "L5") {
        compare_manifest(first.report);
        first.outcome = complete ? measure::outcome_of(first.report) : first.outcome;
    }
    return first;
}

CheckAnswer CheckDriver::ask_worker(const CheckSpec& check) {
    workers::WorkerOptions options;
    options.plugin_path = **loadable_;
    options.for_check = true;
    auto worker = supervisor_.start(options);
    if (!worker) {
        CheckAnswer failed = skipped(worker.error().message);
        failed.outcome = worker.error().kind == ErrorKind::cancelled ? CheckOutcome::skipped
                                                                     : CheckOutcome::failed;
        return failed;
    }
    return (*worker)->check({std::string(check.id), seed_, samples_},
                            timeout_.value_or(check.deadline));
}

// The worker sees the struct's text, the host the section's bytes.
void CheckDriver::compare_manifest(CheckReport& report) const {
    const json::value* const told = report.facts.if_contains("manifest");
    if (told == nullptr || !told->is_string() || !static_.manifest()) {
        return;
    }
    std::string text(told->get_string());
    while (!text.empty() && text.back() == '\0') { // as the section's are dropped
        text.pop_back();
    }
    if (text != *static_.manifest()) {
        report.error("assay_plugin.manifest is not the text of section .assay.manifest");
    }
}

} // namespace assay::app
