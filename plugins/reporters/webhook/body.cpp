#include "body.hpp"

#include "report_text/headline.hpp"
#include "report_text/outcome.hpp"
#include "report_text/safe_text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace webhook {
namespace {

namespace json = boost::json;

constexpr std::size_t kBlocksMax = 50;    // of a message of Slack's
constexpr std::size_t kSectionMax = 3000; // characters of a block
constexpr std::size_t kLinesMax = 10;     // series of an alert, lines of a gate
constexpr std::size_t kLineColumns = 200;

// Foreign text on one line, and nothing that Slack takes for a mention, a link or an entity.
std::string slack_text(std::string_view text) {
    std::string out;
    for (const char c :
         report_text::cut_to_width(report_text::safe_text(text, true), kLineColumns, true)) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string more_text(std::size_t count, std::size_t shown, const char* what) {
    return count <= shown ? "" : "\n… and " + std::to_string(count - shown) + " more " + what;
}

std::string range_text(const Alert& alert) {
    if (alert.after.empty() || alert.up_to.empty()) {
        return {};
    }
    return "\nafter `" + slack_text(alert.after) + "`, up to `" + slack_text(alert.up_to) + "`";
}

std::string section_of(const Alert& alert) {
    std::string text = "*" + slack_text(alert.title) + "*\n" + slack_text(standing_of(alert));
    text += alert.place.empty() ? "" : " · " + slack_text(alert.place);
    text += range_text(alert);
    if (alert.joins != 0) {
        text += "\nfound since alert " + std::to_string(alert.joins) +
                " of the same commits was acknowledged or snoozed";
    }
    for (std::size_t i = 0; i < std::min(alert.changes.size(), kLinesMax); ++i) {
        text += "\n• " + slack_text(alert.changes[i].series) + ": " +
                slack_text(alert.changes[i].figures);
    }
    return text + more_text(alert.changes.size(), kLinesMax, "series");
}

std::string section_of(const report_text::ToldRun& run) {
    std::string text =
        "*" + slack_text(report_text::plain_text(report_text::headline_of(run))) + "*";
    if (!run.platform.empty()) {
        text += "\non " + slack_text(run.platform);
        text += run.commit.empty() ? "" : ", commit `" + slack_text(run.commit.substr(0, 12)) + "`";
    }
    if (!run.gate) {
        return text;
    }
    std::vector<report_text::GateRow> rows = run.gate->rows;
    std::erase_if(rows, [](const report_text::GateRow& row) {
        const report_text::Gravity gravity = report_text::gravity_of(row);
        return gravity == report_text::Gravity::plain || gravity == report_text::Gravity::better;
    });
    std::ranges::stable_sort(rows, report_text::row_matters_more);
    for (std::size_t i = 0; i < std::min(rows.size(), kLinesMax); ++i) {
        text += "\n• " + slack_text(rows[i].outcome + " " + rows[i].case_id) + ": " +
                slack_text(report_text::gate_sentence(rows[i]));
    }
    return text + more_text(rows.size(), kLinesMax, "lines");
}

json::object block_of(std::string text) {
    if (text.size() > kSectionMax) { // of ASCII or not: never within a character
        std::size_t end = kSectionMax - 3;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text = text.substr(0, end) + "…";
    }
    return {{"type", "section"}, {"text", json::object{{"type", "mrkdwn"}, {"text", text}}}};
}

} // namespace

std::string summary_of(const Message& message) {
    if (message.alerts.size() == 1) {
        return "Assay: " + message.alerts[0].title + " (" + message.alerts[0].state + ")";
    }
    if (!message.alerts.empty()) {
        return "Assay: " + std::to_string(message.alerts.size()) + " alerts, first " +
               message.alerts[0].title + " (" + message.alerts[0].state + ")";
    }
    return message.run ? "Assay: " + report_text::plain_text(report_text::headline_of(*message.run))
                       : "Assay: nothing to tell";
}

std::string slack_body(const Message& message) {
    json::array blocks;
    for (const Alert& alert : message.alerts) {
        if (blocks.size() + 2 > kBlocksMax) {
            blocks.push_back(block_of("… and " +
                                      std::to_string(message.alerts.size() - blocks.size()) +
                                      " more alerts: `assay analyze` lists them"));
            break;
        }
        blocks.push_back(block_of(section_of(alert)));
    }
    if (message.run) {
        blocks.push_back(block_of(section_of(*message.run)));
    }
    return json::serialize(
        json::object{{"text", slack_text(summary_of(message))}, {"blocks", std::move(blocks)}});
}

std::string plain_body(const Message& message) {
    json::array alerts;
    for (const Alert& alert : message.alerts) {
        alerts.push_back(json::parse(alert.json));
    }
    json::object body{{"schema", "assay.message/1"},
                      {"text", report_text::safe_text(summary_of(message), true)},
                      {"alerts", std::move(alerts)}};
    if (message.run) {
        const report_text::ToldRun& run = *message.run;
        json::array lines;
        for (const report_text::GateRow& row :
             run.gate ? run.gate->rows : std::vector<report_text::GateRow>()) {
            lines.push_back(json::object{{"outcome", row.outcome},
                                         {"case", row.case_id},
                                         {"rule", row.rule},
                                         {"text", report_text::gate_sentence(row)}});
        }
        body["run"] =
            json::object{{"id", run.id},
                         {"platform", run.platform},
                         {"commit", run.commit},
                         {"headline", report_text::plain_text(report_text::headline_of(run))},
                         {"lines", std::move(lines)}};
    }
    return json::serialize(body);
}

} // namespace webhook
