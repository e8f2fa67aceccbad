#include "alerts_section.hpp"

#include "charts/svg.hpp"
#include "outcome.hpp"

#include <algorithm>

namespace dashboard_reporter {
namespace {

using assay::charts::xml_text;

constexpr std::size_t kMembersShown = 12;

bool is_live(const ToldAlert& alert) {
    return alert.state == "open" || alert.state == "reopened" || alert.state == "acknowledged";
}

std::string symbol_of(const ToldAlert& alert) {
    if (alert.state == "open" || alert.state == "reopened") {
        return "▲ ";
    }
    return alert.state == "fixed" || alert.state == "expected" ? "✓ " : "? ";
}

std::string answer_of(const ToldAlert& alert) {
    if (!alert.id || !is_live(alert)) {
        return alert.id ? ""
                        : "<p class=\"note\">Not kept yet: <code>assay analyze</code> gives it "
                          "a number.</p>";
    }
    const std::string id = std::to_string(*alert.id);
    const std::string expect = "<code>assay analyze expect " + id + " --why '...'</code></p>";
    return alert.state == "acknowledged" ? "<p class=\"note\">If it was meant to be: " + expect
                                         : "<p class=\"note\"><code>assay analyze ack " + id +
                                               "</code>, or, if it was meant to be, " + expect;
}

std::string members_of(const ToldAlert& alert) {
    std::string html = "<ul>";
    for (std::size_t i = 0; i < std::min(alert.members.size(), kMembersShown); ++i) {
        html += "<li>" + xml_text(alert.members[i]) + "</li>";
    }
    if (alert.members.size() > kMembersShown) {
        html += "<li>and " + std::to_string(alert.members.size() - kMembersShown) + " more</li>";
    }
    return html + "</ul>";
}

std::string row(const ToldBranch& branch, const ToldAlert& alert) {
    std::string said = xml_text(alert.owner);
    said += alert.note.empty() ? "" : (said.empty() ? "" : ": ") + xml_text(alert.note);
    if (!alert.snoozed_until.empty()) {
        said += (said.empty() ? "" : "; ") + std::string("snoozed until ") +
                xml_text(minute_words(alert.snoozed_until));
    }
    const bool loud =
        (alert.state == "open" || alert.state == "reopened") && alert.snoozed_until.empty();
    return "<tr class=\"" + std::string(loud ? "worse" : "open") + "\"><td class=\"n\">" +
           (alert.id ? std::to_string(*alert.id) : "–") + "</td><td class=\"w\">" +
           symbol_of(alert) + xml_text(alert.state) + (alert.is_new ? ", new" : "") + "</td><td>" +
           xml_text(alert.severity.empty() ? "–" : alert.severity) + "</td><td><code>(" +
           xml_text(alert.last_good) + ", " + xml_text(alert.first_bad) + "]</code></td><td>" +
           xml_text(branch.label) + "</td><td>" +
           (alert.kind == "environment_shift" ? "the machine moved" : members_of(alert)) +
           answer_of(alert) + "</td><td>" + (said.empty() ? "–" : said) + "</td></tr>\n";
}

} // namespace

std::string alerts_html(const ToldDashboard& told) {
    std::string rows;
    bool analysed = false;
    for (const ToldBranch& branch : told.branches) {
        analysed = analysed || branch.analysed;
        for (const bool live : {true, false}) {
            for (const ToldAlert& alert : branch.alerts) {
                rows += is_live(alert) == live ? row(branch, alert) : "";
            }
        }
    }
    std::string html = "<section id=\"alerts\">\n<h2>Alerts</h2>\n";
    if (rows.empty()) {
        html += analysed ? "<p class=\"note\">No alert: over the lines of all runs no step to the "
                           "worse is more than chance.</p>\n"
                         : "<p class=\"note\">No platform has enough runs to show a change "
                           "yet.</p>\n";
        return html + "</section>\n";
    }
    return html +
           "<p class=\"note\">Steps to the worse between the same runs are one alert. The cause "
           "lies "
           "behind the first commit, up to and with the second.</p>\n"
           "<div class=\"wide\"><table class=\"alerts stacked\"><caption>Alerts, those that are "
           "open "
           "first</caption>\n<thead><tr><th scope=\"col\" class=\"n\">alert</th>"
           "<th scope=\"col\">state</th><th scope=\"col\">severity</th>"
           "<th scope=\"col\">commits</th><th scope=\"col\">platform</th>"
           "<th scope=\"col\">what moved</th><th scope=\"col\">said</th></tr></thead>\n<tbody>\n" +
           rows + "</tbody></table></div>\n</section>\n";
}

} // namespace dashboard_reporter
