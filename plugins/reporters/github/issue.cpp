#include "issue.hpp"

#include "report_text/headline.hpp"
#include "report_text/markdown_report.hpp"
#include "report_text/safe_text.hpp"

#include <cstdint>

namespace github_reporter {
namespace {

constexpr std::size_t kTitleColumns = 200; // GitHub takes 256

std::string marked_body(const std::string& mark, const report_text::ToldRun& run) {
    return mark + report_text::markdown_comment(run, report_text::kCommentMax - mark.size());
}

} // namespace

std::string comment_key(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::size_t kKeyMax = 300;
    std::string key;
    for (const char c : text.substr(0, kKeyMax)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '.' || c == '[' ||
                           c == ']' || c == '=' || c == ',';
        if (plain) {
            key += c;
        } else {
            key += '%';
            key += kDigits[byte >> 4U];
            key += kDigits[byte & 0x0FU];
        }
    }
    return key;
}

std::string sticky_comment(const report_text::ToldRun& run, std::string_view marker) {
    return marked_body("<!-- assay:" + comment_key(marker) + " -->\n", run);
}

std::string issue_of(const report_text::ToldRun& run, std::string_view marker) {
    const report_text::Headline head = report_text::headline_of(run);
    if (head.gravity != report_text::Gravity::worse &&
        head.gravity != report_text::Gravity::broken) {
        return {};
    }
    const std::string title = report_text::cut_to_width(
        report_text::safe_text(report_text::plain_text(head), true), kTitleColumns, true);
    const std::string mark =
        "<!-- assay:" + comment_key(marker) + ":issue:" + comment_key(head.subject) + " -->\n";
    return title + "\n\n" + marked_body(mark, run);
}

} // namespace github_reporter
