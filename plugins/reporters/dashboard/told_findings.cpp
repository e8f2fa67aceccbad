#include "told_findings.hpp"

#include "charts/unit_scale.hpp"
#include "report_text/told_apart.hpp"

#include <map>
#include <tuple>
#include <unordered_map>

namespace dashboard_reporter {
namespace {

using assay::import_formats::JsonKind;
using assay::import_formats::JsonNode;

constexpr std::size_t kPlaceDigits = 12;

using SeriesName = std::tuple<std::string, std::string, std::string, std::string>;

class Finder {
public:
    explicit Finder(ToldBranch& branch)
        : branch_(branch) {
        for (std::size_t i = 0; i < branch.runs.size(); ++i) {
            runs_.emplace(branch.runs[i].uuid, i);
        }
        for (ToldSeries& series : branch.series) {
            series_.emplace(SeriesName{series.name, series.metric, series.unit, series.direction},
                            &series);
        }
    }

    [[nodiscard]] std::optional<std::size_t> run(JsonNode node) const {
        const auto found = runs_.find(std::string(node["run"].text()));
        return found == runs_.end() ? std::nullopt : std::optional(found->second);
    }

    [[nodiscard]] ToldSeries* series(JsonNode node) const {
        const auto found = series_.find({std::string(node["case"].text()),
                                         std::string(node["metric"].text()),
                                         std::string(node["unit"].text()),
                                         std::string(node["direction"].text())});
        return found == series_.end() ? nullptr : found->second;
    }

private:
    ToldBranch& branch_;
    std::unordered_map<std::string, std::size_t> runs_;
    std::map<SeriesName, ToldSeries*> series_;
};

double figure(JsonNode node) {
    return node.number().value_or(kNothing);
}

void read_change(JsonNode node, const Finder& find) {
    ToldSeries* const series = find.series(node);
    const auto good = find.run(node["last_good"]);
    const auto bad = find.run(node["first_bad"]);
    if (series != nullptr && good && bad) {
        series->changes.push_back({.last_good = *good,
                                   .first_bad = *bad,
                                   .before = figure(node["before"]),
                                   .after = figure(node["after"]),
                                   .change = figure(node["change"]),
                                   .worse = node["worse"].boolean().value_or(false),
                                   .counted = node["counted"].boolean().value_or(true),
                                   .over = node["over"].boolean().value_or(false),
                                   .confirmed = node["state"].text() == "confirmed",
                                   .standing = std::string(node["standing"].text()),
                                   .severity = std::string(node["severity"].text())});
    }
}

// The commit, else the run.
std::string_view place_of(JsonNode run) {
    const std::string_view commit = run["commit"].text();
    return commit.empty() ? run["run"].text() : commit;
}

std::string member_text(JsonNode change) {
    const std::string_view unit = change["unit"].text();
    std::string text = std::string(change["case"].text()) + " " +
                       std::string(change["metric"].text()) + ": " +
                       assay::charts::value_text(figure(change["before"]), unit) + " to " +
                       assay::charts::value_text(figure(change["after"]), unit);
    if (const auto size = change["change"].number()) {
        std::string signed_text = assay::charts::change_text(*size);
        if (change["scale"].text() == "points" && signed_text.ends_with(" %")) {
            signed_text.replace(signed_text.size() - 1, 1, "points");
        }
        const bool has_sign = signed_text.starts_with('+') || signed_text.starts_with('-');
        // More is worse of times and better of rates: the word says it, and a sign would deny it.
        text += change["direction"].text() == "none" ? " (" + signed_text + ")"
                                                     : " (" + signed_text.substr(has_sign ? 1 : 0) +
                                                           (*size > 0 ? " worse)" : " better)");
    }
    return text;
}

ToldAlert read_alert(JsonNode node) {
    const auto [last_good, first_bad] = report_text::told_apart(
        place_of(node["last_good"]), place_of(node["first_bad"]), kPlaceDigits);
    ToldAlert alert{.id = node["id"].integer(),
                    .kind = std::string(node["kind"].text()),
                    .state = std::string(node["state"].text()),
                    .severity = std::string(node["severity"].text()),
                    .title = std::string(node["title"].text()),
                    .owner = std::string(node["owner"].text()),
                    .note = std::string(node["note"].text()),
                    .snoozed_until = std::string(node["snoozed_until"].text()),
                    .last_good = last_good,
                    .first_bad = first_bad,
                    .members = {},
                    .is_new = node["new"].boolean().value_or(false)};
    for (const JsonNode change : node["changes"]) {
        alert.members.push_back(member_text(change));
    }
    return alert;
}

} // namespace

void read_findings(JsonNode analysis, ToldBranch& branch) {
    const Finder find(branch);
    for (const JsonNode change : analysis["changes"]) {
        read_change(change, find);
    }
    for (const JsonNode drift : analysis["drifts"]) {
        ToldSeries* const series = find.series(drift);
        const auto first = find.run(drift["first"]);
        const auto last = find.run(drift["last"]);
        if (series != nullptr && first && last) {
            series->drifts.push_back(
                {.first = *first, .last = *last, .change = figure(drift["change"])});
        }
    }
    for (const JsonNode alert : analysis["alerts"]) {
        branch.alerts.push_back(read_alert(alert));
    }
    for (const JsonNode shift : analysis["shifts"]) {
        const auto first = find.run(shift["first"]);
        const auto last = find.run(shift["last"]);
        if (first && last) {
            branch.shifts.push_back({.first = *first,
                                     .last = *last,
                                     .runs = shift["runs"].integer().value_or(0),
                                     .beyond = shift["beyond"].integer().value_or(0),
                                     .series = shift["series"].integer().value_or(0),
                                     .cause = std::string(shift["cause"].text()),
                                     .reason = std::string(shift["reason"].text()),
                                     .size = figure(shift["size"])});
        }
    }
}

} // namespace dashboard_reporter
