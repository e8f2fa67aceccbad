#include "parts.hpp"

#include "alert_part.hpp"
#include "comparison_part.hpp"
#include "history_parts.hpp"
#include "series_parts.hpp"
#include "words.hpp"

namespace report_reporter {
namespace {

using assay::charts::Tone;

Line where_of(Node document) {
    Line line;
    const auto add = [&line](std::string_view word, std::string text) {
        if (!text.empty()) {
            line.push_back(plain((line.empty() ? "" : " · ") + std::string(word) + " "));
            line.push_back(code(std::move(text)));
        }
    };
    add("project", text_of(document["project"]));
    std::string platforms;
    for (const Node platform : document["summary"]["platforms"]) {
        const std::string label = text_of(platform["label"]);
        const std::string branch = text_of(platform["branch"]);
        platforms +=
            (platforms.empty() ? "" : ", ") + label + (branch.empty() ? "" : " (" + branch + ")");
    }
    add("platform", platforms);
    add("since", day_words(document["since"]));
    add("made", minute_words(document["made"]));
    add("history", text_of(document["history"]));
    return line;
}

Tone headline_tone(Node counts) {
    if (count_of(counts["failed"]) + count_of(counts["lost"]) + count_of(counts["regressed"]) > 0) {
        return Tone::worse;
    }
    if (count_of(counts["improved"]) > 0) {
        return Tone::better;
    }
    return count_of(counts["undecided"]) > 0 ? Tone::undecided : Tone::same;
}

} // namespace

ReportText report_text_of(Node document) {
    const Node summary = document["summary"];
    ReportText report{.title = "Performance report",
                      .where = where_of(document),
                      .tone = headline_tone(summary["counts"]),
                      .headline = text_of(summary["text"]),
                      .ci = text_of(document["ci"]["text"])};
    report.parts.push_back(summary_part(document));
    if (summary["platforms"].size() > 0) {
        report.parts.push_back(achievement_part(document));
        report.parts.push_back(alert_part(document));
        report.parts.push_back(advice_part(document));
        report.parts.push_back(trend_part(document));
        if (document["comparison"]["rows"]) {
            report.parts.push_back(comparison_part(document));
        }
        report.parts.push_back(gate_part(document));
    }
    report.parts.push_back(method_part(document));
    return report;
}

} // namespace report_reporter
