// What became of a series in its newest run: a word, how grave it is, and its figures as people
// read them.
//
//   const Outcome outcome = outcome_of(series);
//   page += xml_text(outcome_words(series));       // "▲ regressed (severe)"
//
// Pure.
#pragma once

#include "charts/figures/tone.hpp"
#include "told_dashboard.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace dashboard_reporter {

inline constexpr double kPercent = 100;

// The gravest first.
enum class Outcome : std::uint8_t { failed, worse, open, better, same };

inline constexpr std::size_t kOutcomes = 5;

[[nodiscard]] Outcome outcome_of(const ToldSeries& series);

// As a class of the page: "failed", "worse", "open", "better", "same".
[[nodiscard]] std::string_view outcome_name(Outcome outcome) noexcept;

// As the heading of many: "regressed", "improved", "unchanged", "not decided", "failed".
[[nodiscard]] std::string_view outcome_title(Outcome outcome) noexcept;
[[nodiscard]] std::string_view outcome_symbol(Outcome outcome) noexcept;

// "▲ regressed (severe)", "✗ crashed", "? no baseline".
[[nodiscard]] std::string outcome_words(const ToldSeries& series);

[[nodiscard]] assay::charts::Tone tone_of(Outcome outcome) noexcept;

// "308.8 µs"; "–" of what is not known.
[[nodiscard]] std::string figure_words(double value, std::string_view unit);

// The change of the figure itself, up or down: "+13.6 %", "+2.00 points"; "–".
[[nodiscard]] std::string change_words(const ToldSeries& series);

// Its interval: "[+12.4, +14.7] %"; "–".
[[nodiscard]] std::string interval_words(const ToldSeries& series);

// On which its changes are told: of shares in points.
enum class ChangeScale : std::uint8_t { relative, points, logit };

// That of its verdict; without one points where its figures are shares.
[[nodiscard]] ChangeScale scale_of(const ToldSeries& series) noexcept;

// The change beyond which one for the worse is beyond the limit; not finite where none is told.
[[nodiscard]] double threshold_on(const ToldDashboard& told, ChangeScale scale) noexcept;

// A size of a change on that scale, without a sign: "4.95 %", "6.56 points"; "–".
[[nodiscard]] std::string size_words(double size, ChangeScale scale);

// An instant to the minute: "2026-12-01T08:00 UTC".
[[nodiscard]] std::string minute_words(std::string_view time);

// What a run's moment is, for an axis: its commit's, or where none is known its start.
[[nodiscard]] std::string moment_words(const ToldBranch& branch);

// Whether any run that is shown has a figure of it.
[[nodiscard]] bool has_figure(const ToldSeries& series) noexcept;

// The figure of its newest run; NaN where that has none.
[[nodiscard]] double newest_figure(const ToldSeries& series) noexcept;

// Graver first, then by the size of the change, then by name. What has no figure to look at, and
// did not fail, is last.
[[nodiscard]] bool matters_more(const ToldSeries& a, const ToldSeries& b);

} // namespace dashboard_reporter
