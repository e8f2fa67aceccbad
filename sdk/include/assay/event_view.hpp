// An event as a reporter sees it. Everything it returns is borrowed for the call of on().
//
//   if (e.kind() == assay::event_kind::case_end) out.write(e.case_id());
#pragma once

#include "document.hpp"
#include "errors.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay {

// A host may send kinds that are not listed here: ignore them.
enum class event_kind : std::int32_t {
    run_begin = ASSAY_EV_RUN_BEGIN,
    suite_begin = ASSAY_EV_SUITE_BEGIN,
    case_begin = ASSAY_EV_CASE_BEGIN,
    case_end = ASSAY_EV_CASE_END,
    suite_end = ASSAY_EV_SUITE_END,
    run_end = ASSAY_EV_RUN_END,
    progress = ASSAY_EV_PROGRESS,
    log = ASSAY_EV_LOG,
    comparison = ASSAY_EV_COMPARISON,
    gate = ASSAY_EV_GATE,
    alert = ASSAY_EV_ALERT,
    document = ASSAY_EV_DOCUMENT
};

enum class case_status : std::int32_t {
    passed = ASSAY_CASE_PASSED,
    skipped = ASSAY_CASE_SKIPPED,
    failed = ASSAY_CASE_FAILED,
    wrong_result = ASSAY_CASE_WRONG_RESULT,
    timed_out = ASSAY_CASE_TIMED_OUT,
    crashed = ASSAY_CASE_CRASHED,
    cancelled = ASSAY_CASE_CANCELLED,
    unavailable = ASSAY_CASE_UNAVAILABLE
};

// The word of the documents; "unknown" for a status from a newer host.
inline std::string_view name_of(case_status status) noexcept {
    switch (status) {
    case case_status::passed:
        return "passed";
    case case_status::skipped:
        return "skipped";
    case case_status::failed:
        return "failed";
    case case_status::wrong_result:
        return "wrong_result";
    case case_status::timed_out:
        return "timed_out";
    case case_status::crashed:
        return "crashed";
    case case_status::cancelled:
        return "cancelled";
    case case_status::unavailable:
        return "unavailable";
    }
    return "unknown";
}

class event_view {
public:
    event_view(const assay_host* host, const assay_event& raw) noexcept
        : host_(host)
        , raw_(&raw) {}

    [[nodiscard]] event_kind kind() const noexcept { return static_cast<event_kind>(raw_->kind); }

    [[nodiscard]] std::uint64_t seq() const noexcept { return raw_->seq; }

    [[nodiscard]] std::uint64_t unix_ns() const noexcept { return raw_->unix_ns; }

    [[nodiscard]] std::string_view suite() const noexcept { return text_of(raw_->suite); }

    [[nodiscard]] std::string_view case_id() const noexcept { return text_of(raw_->case_id); }

    [[nodiscard]] case_status status() const noexcept {
        return static_cast<case_status>(raw_->status);
    }

    // case_end: [0] is the time per iteration, then the case's own metrics. NaN = not known.
    [[nodiscard]] std::span<const assay_stats* const> stats() const noexcept {
        return {raw_->stats, raw_->stats == nullptr ? 0 : raw_->n_stats};
    }

    // The statistics of one metric, or nullptr.
    [[nodiscard]] const assay_stats* find_stats(std::string_view key) const noexcept {
        for (const assay_stats* one : stats()) {
            if (text_of(one->key) == key) {
                return one;
            }
        }
        return nullptr;
    }

    // Why it failed, "SIGSEGV at ...", the log line, ...
    [[nodiscard]] std::string_view text() const noexcept { return text_of(raw_->text); }

    [[nodiscard]] std::int32_t shape() const noexcept { return raw_->shape; }

    [[nodiscard]] std::span<const assay_comparison* const> comparisons() const noexcept {
        return {raw_->comparisons, raw_->comparisons == nullptr ? 0 : raw_->n_comparisons};
    }

    // The whole event, schema "assay.event/1".
    [[nodiscard]] std::string_view json() const noexcept { return text_of(raw_->json); }

    [[nodiscard]] assay::document document() const noexcept { return {host_, json()}; }

    // The compact JSON text of the value at a pointer, to be copied into another document.
    [[nodiscard]] std::optional<std::string> json_at(std::string_view pointer) const {
        return document().find_json(pointer);
    }

    [[nodiscard]] const assay_event& raw() const noexcept { return *raw_; }

private:
    const assay_host* host_;
    const assay_event* raw_;
};

} // namespace assay
