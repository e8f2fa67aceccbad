#include "alert.hpp"

#include "report_text/figure_text.hpp"
#include "report_text/told_apart.hpp"

#include <cmath>
#include <optional>
#include <string_view>

namespace webhook {
namespace {

constexpr std::size_t kShortId = 12; // digits of a commit or run that a person reads
constexpr double kHundred = 100;

std::string name_at(const assay::document& event, const std::string& pointer) {
    const std::string commit = event.str(pointer + "/commit", "");
    return commit.empty() ? event.str(pointer + "/run", "") : commit;
}

std::string size_text(const std::optional<double>& change, std::string_view scale, bool worse) {
    if (!change || !std::isfinite(*change)) {
        return worse ? " (worse)" : "";
    }
    const std::string percent = report_text::fixed(std::abs(*change) * kHundred, 1);
    return " (" + percent + (scale == "points" ? " points " : " % ") +
           (*change > 0 ? "worse" : "better") + ")";
}

std::string figures_at(const assay::document& event, const std::string& pointer) {
    const std::string unit = event.str(pointer + "/unit", "");
    const auto figure = [&](const char* member) {
        const double value = event.f64(pointer + member, std::nan(""));
        return report_text::joined(report_text::figure_text(value, unit, {.unicode = true}));
    };
    return figure("/before") + " → " + figure("/after") +
           size_text(event.find_f64(pointer + "/change"),
                     event.str(pointer + "/scale", ""),
                     event.boolean(pointer + "/worse", false));
}

std::string place_of(const assay::document& event) {
    std::string place = event.str("/alert/project", "");
    const std::string branch = event.str("/alert/branch", "");
    place += branch.empty() ? "" : (place.empty() ? "branch " : ", branch ") + branch;
    const std::string platform = event.str("/alert/platform/label", "");
    return place + (platform.empty() ? "" : (place.empty() ? "on " : ", on ") + platform);
}

} // namespace

Alert alert_from(const assay::event_view& event) {
    const assay::document told = event.document();
    const auto [after, up_to] = report_text::told_apart(
        name_at(told, "/alert/last_good"), name_at(told, "/alert/first_bad"), kShortId);
    Alert alert{.joins = told.i64("/alert/joins", 0),
                .state = told.str("/alert/state"),
                .severity = told.str("/alert/severity", ""),
                .kind = told.str("/alert/kind", "regression"),
                .title = told.str("/alert/title"),
                .place = place_of(told),
                .after = after,
                .up_to = up_to,
                .changes = {},
                .json = told.json("/alert")};
    for (std::size_t i = 0; i < told.size("/alert/changes"); ++i) {
        const std::string at = "/alert/changes/" + std::to_string(i);
        alert.changes.push_back({.series = told.str(at + "/case") + " " + told.str(at + "/metric"),
                                 .figures = figures_at(told, at)});
    }
    return alert;
}

std::string standing_of(const Alert& alert) {
    const std::string what =
        alert.kind == "environment_shift" ? "shift of the machine" : "regression";
    return alert.state + ": " + what + (alert.severity.empty() ? "" : ", " + alert.severity);
}

} // namespace webhook
