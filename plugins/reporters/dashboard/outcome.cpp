#include "outcome.hpp"

#include "charts/number_text.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace dashboard_reporter {
namespace {

using assay::charts::Tone;

constexpr std::string_view kUnknown = "–";

struct Words {
    std::string_view name, title, symbol;
};

constexpr std::array<Words, kOutcomes> kWords{{{"failed", "failed", "✗"},
                                               {"worse", "regressed", "▲"},
                                               {"open", "not decided", "?"},
                                               {"better", "improved", "▼"},
                                               {"same", "unchanged", "="}}};

const Words& words_of(Outcome outcome) noexcept {
    return kWords[static_cast<std::size_t>(outcome)];
}

// The status of the newest run, where its case broke; else empty.
std::string_view broken_word(const ToldSeries& series) {
    if (series.breaks.empty() || series.breaks.back().at + 1 != series.runs.size()) {
        return {};
    }
    return series.breaks.back().status;
}

bool is_failure(std::string_view status) {
    return status != "skipped" && status != "cancelled" && status != "unavailable";
}

std::string spaced(std::string_view word) {
    std::string text(word);
    std::ranges::replace(text, '_', ' ');
    return text;
}

// Changes are told as positive where they are worse; figures of higher-is-better fall then.
double turned(const ToldSeries& series, double change) {
    return series.direction == "higher" ? -change : change;
}

// How a scale is told.
struct Telling {
    double times = kPercent;
    int decimals = 1;
    std::string_view unit = " %";
};

Telling telling_of(ChangeScale scale) {
    switch (scale) {
    case ChangeScale::relative:
        break;
    case ChangeScale::points:
        return {kPercent, 2, " points"};
    case ChangeScale::logit:
        return {1, 3, " log odds"};
    }
    return {};
}

bool are_shares(const ToldSeries& series) {
    const double whole = series.unit == "%" ? kPercent : series.unit == "1" ? 1 : 0;
    return whole > 0 && has_figure(series) &&
           std::ranges::all_of(series.center, [whole](double value) {
               return !std::isfinite(value) || (value >= 0 && value <= whole);
           });
}

std::string signed_text(double value, int decimals) {
    const std::string text = assay::charts::fixed(value, decimals);
    const bool positive = !text.starts_with('-') && text.find_first_not_of("0.") != text.npos;
    return positive ? "+" + text : text;
}

} // namespace

Outcome outcome_of(const ToldSeries& series) {
    const std::string_view broken = broken_word(series);
    if (!broken.empty()) {
        return is_failure(broken) ? Outcome::failed : Outcome::open;
    }
    const std::string_view word = series.verdict ? std::string_view(series.verdict->word) : "";
    if (word == "failed") {
        return Outcome::failed;
    }
    if (word == "regressed" || word == "drift") {
        return Outcome::worse;
    }
    if (word == "improved") {
        return Outcome::better;
    }
    return word == "unchanged" ? Outcome::same : Outcome::open;
}

std::string_view outcome_name(Outcome outcome) noexcept {
    return words_of(outcome).name;
}

std::string_view outcome_title(Outcome outcome) noexcept {
    return words_of(outcome).title;
}

std::string_view outcome_symbol(Outcome outcome) noexcept {
    return words_of(outcome).symbol;
}

std::string outcome_words(const ToldSeries& series) {
    const std::string symbol = std::string(outcome_symbol(outcome_of(series))) + " ";
    if (const std::string_view broken = broken_word(series); !broken.empty()) {
        return symbol + spaced(broken);
    }
    if (!series.verdict) {
        return symbol + "not judged";
    }
    std::string text = symbol + spaced(series.verdict->word);
    if (!series.verdict->severity.empty()) {
        text += " (" + series.verdict->severity + (series.verdict->weak ? ", weak)" : ")");
    }
    return text;
}

Tone tone_of(Outcome outcome) noexcept {
    switch (outcome) {
    case Outcome::failed:
    case Outcome::worse:
        return Tone::worse;
    case Outcome::better:
        return Tone::better;
    case Outcome::open:
        return Tone::undecided;
    case Outcome::same:
        return Tone::same;
    }
    return Tone::undecided;
}

std::string figure_words(double value, std::string_view unit) {
    return std::isfinite(value) ? assay::charts::value_text(value, unit) : std::string(kUnknown);
}

std::string change_words(const ToldSeries& series) {
    if (!series.verdict || !std::isfinite(series.verdict->change)) {
        return std::string(kUnknown);
    }
    const Telling scale = telling_of(scale_of(series));
    return signed_text(turned(series, series.verdict->change) * scale.times, scale.decimals) +
           std::string(scale.unit);
}

std::string interval_words(const ToldSeries& series) {
    const bool known =
        series.verdict && std::isfinite(series.verdict->low) && std::isfinite(series.verdict->high);
    if (!known) {
        return std::string(kUnknown);
    }
    const Telling scale = telling_of(scale_of(series));
    const double one = turned(series, series.verdict->low) * scale.times;
    const double other = turned(series, series.verdict->high) * scale.times;
    return "[" + signed_text(std::min(one, other), scale.decimals) + ", " +
           signed_text(std::max(one, other), scale.decimals) + "]" + std::string(scale.unit);
}

ChangeScale scale_of(const ToldSeries& series) noexcept {
    const std::string_view named = series.verdict ? std::string_view(series.verdict->scale) : "";
    return named == "points"    ? ChangeScale::points
           : named == "logit"   ? ChangeScale::logit
           : !named.empty()     ? ChangeScale::relative
           : are_shares(series) ? ChangeScale::points
                                : ChangeScale::relative;
}

double threshold_on(const ToldDashboard& told, ChangeScale scale) noexcept {
    return scale == ChangeScale::points ? told.threshold_points : told.threshold;
}

std::string size_words(double size, ChangeScale scale) {
    const Telling telling = telling_of(scale);
    return std::isfinite(size)
               ? assay::charts::short_number(size * telling.times, 3) + std::string(telling.unit)
               : std::string(kUnknown);
}

std::string minute_words(std::string_view time) {
    constexpr std::size_t kDigits = 16;
    return time.empty() ? "" : std::string(time.substr(0, kDigits)) + " UTC";
}

std::string moment_words(const ToldBranch& branch) {
    const auto of_commit = [](const ToldRun& run) { return !run.commit.empty(); };
    return std::ranges::all_of(branch.runs, of_commit) ? "commit time (UTC)"
           : std::ranges::none_of(branch.runs, of_commit)
               ? "start of the run (UTC)"
               : "commit time, else start of the run (UTC)";
}

bool has_figure(const ToldSeries& series) noexcept {
    return std::ranges::any_of(series.center, [](double value) { return std::isfinite(value); });
}

double newest_figure(const ToldSeries& series) noexcept {
    return series.center.empty() ? kNothing : series.center.back();
}

bool matters_more(const ToldSeries& a, const ToldSeries& b) {
    const auto size = [](const ToldSeries& one) {
        const double change = one.verdict ? std::abs(one.verdict->change) : 0;
        return std::isfinite(change) ? -change : 0;
    };
    const auto key = [&size](const ToldSeries& one) {
        const Outcome outcome = outcome_of(one);
        return std::tuple(outcome == Outcome::open && !has_figure(one),
                          outcome,
                          size(one),
                          std::string_view(one.name),
                          std::string_view(one.metric));
    };
    return key(a) < key(b);
}

} // namespace dashboard_reporter
