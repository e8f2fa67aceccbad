#include "closing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace console {
namespace {

using assay::case_status;

// Failures first: they are what the line is read for.
constexpr std::array<case_status, 8> kOrder{case_status::passed,
                                            case_status::crashed,
                                            case_status::timed_out,
                                            case_status::wrong_result,
                                            case_status::failed,
                                            case_status::cancelled,
                                            case_status::unavailable,
                                            case_status::skipped};

std::string count_words(std::span<const Row> rows, const Look& look) {
    std::string text = std::to_string(rows.size()) + (rows.size() == 1 ? " case: " : " cases: ");
    if (rows.empty()) {
        return text + "nothing was measured";
    }
    std::string counts;
    for (const case_status status : kOrder) {
        const auto n = std::count_if(
            rows.begin(), rows.end(), [&](const Row& row) { return row.status == status; });
        if (n != 0) {
            const std::string words = std::to_string(n) + " " + status_words(status);
            counts += counts.empty() ? "" : ", ";
            counts += look.paint(is_failure(status) ? Paint::red : Paint::plain, words);
        }
    }
    return text + counts;
}

// "cancelled", and what else it was that kept cases from being measured, each once.
std::string reasons_of(std::span<const Row> rows) {
    std::string text;
    std::set<std::string> told;
    for (const Row& row : rows) {
        if (never_measured(row)) {
            const bool plain =
                row.reason.empty() || row.reason.find("cancelled") != std::string::npos;
            const std::string reason = plain ? "cancelled" : row.reason;
            if (told.insert(reason).second) {
                text += (text.empty() ? "" : ", ") + reason;
            }
        }
    }
    return text;
}

} // namespace

std::string closing_of(std::span<const Row> rows, const Closing& closing, const Look& look) {
    std::string text = closing.counts.empty() ? count_words(rows, look) : closing.counts;
    if (closing.partial) {
        text += " | " + look.paint(Paint::yellow, "interrupted: only what was complete is here");
    }
    if (const std::string took = duration_text(closing.seconds); !took.empty()) {
        text += " | " + took;
    }
    text += "\n";
    if (const auto count = std::ranges::count_if(rows, never_measured); count != 0) {
        text += std::to_string(count) +
                (count == 1 ? " case was not measured: " : " cases were not measured: ") +
                reasons_of(rows) + "\n";
    }
    for (const Row& row : rows) {
        if (is_failure(row.status)) {
            text += look.paint(Paint::red, "FAIL") + "  " + row.id + ": " +
                    status_words(row.status) + (row.reason.empty() ? "" : ": " + row.reason) + "\n";
        }
    }
    for (const std::string& one : closing.lost) {
        text += look.paint(Paint::red, "LOST") + "  " + one + "\n";
    }
    if (look.quiet) {
        return text;
    }
    const std::string arrow = look.unicode ? "  \u2192 " : "  -> ";
    for (const Note& note : closing.notes) {
        text += look.paint(Paint::bold, "note") + "  " + note.text +
                (note.next.empty() ? "" : arrow + note.next) + "\n";
    }
    for (const std::string& next : closing.next) {
        text += look.paint(Paint::bold, "next") + "  " + next + "\n";
    }
    return text;
}

} // namespace console
