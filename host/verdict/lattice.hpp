// The verdict of recorded runs on a figure of today's: of all that may be said of it, the first
// that holds, from what cannot be judged at all down to what did not change.
//
//   StoredVerdict verdict = verdict_on(asked, {});
//   verdict.word        // StoredWord::regressed
//   text_of(verdict)    // "regressed(moderate)"
//
// `unchanged` is a statement about an effect that would have been seen, never the absence of one:
// that is `noisy`. Section 6.1 of the specification of tracking. Pure; any thread.
#pragma once

#include "measure/launch.hpp"
#include "verdict/environment_shift.hpp"
#include "verdict/severity.hpp"
#include "verdict/staleness.hpp"
#include "verdict/stored_series.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

// In the order in which they are asked.
enum class StoredWord {
    failed,
    missing,
    incomparable,
    no_baseline,
    stale_baseline,
    environment_shift,
    regressed,
    drift,
    noisy,
    improved,
    unchanged,
};

std::string_view name_of(StoredWord word) noexcept;

// What the history knows of a series that today's run has a figure of.
struct KnownSeries {
    BaselineChoice baseline = {};
    std::string incomparable =
        {}; // "hardware", "parameters"...: why not; empty: it may be compared
    Today today = {};
    bool drifting = false; // a trend leads here, not a step (section 8.6)
    double resolution = 0; // of the clock behind it, in the figure's unit
};

// A figure of today's run and what is known of its series.
struct AskedSeries {
    measure::CaseStatus status = measure::CaseStatus::passed;
    bool in_run = true;      // the run has it; false: the baseline or the plan alone has
    std::string reason = {}; // of a status that is not passed
    SeriesKind kind = {};
    std::vector<double> figures = {}; // of the new runs, one for each; mostly one
    KnownSeries known = {};
};

struct LatticeOptions {
    SeriesTest test = {};
    // Of changes as shares, and of those in points; nothing: those of the scale.
    std::optional<SeverityLimits> limits = {}, points = {};
    EnvironmentShift shift = {}; // of the run, over all of its series
};

// Runs of a level that confirm it (section 8.3).
inline constexpr std::size_t kConfirmingRuns = 5;

struct StoredVerdict {
    StoredWord word = StoredWord::unchanged;
    std::string reason = {};
    std::optional<StoredFinding> finding = {}; // nothing where nothing could be compared
    std::optional<Severity> severity = {};     // of what regressed
    bool confirmed = false;                    // by it and the runs just before; else a candidate
    std::string baseline = {};                 // its id, for people
    std::optional<TooFewRuns> too_few = {};    // why there is none
    std::string provenance = "stored figures"; // what it rests on
};

[[nodiscard]] StoredVerdict verdict_on(const AskedSeries& asked, const LatticeOptions& options);

// "regressed(severe)", "regressed(minor, weak)", "incomparable(hardware)", "unchanged"
[[nodiscard]] std::string text_of(const StoredVerdict& verdict);

// The series as one that may move with the machine; nothing where it cannot.
[[nodiscard]] std::optional<MovingSeries>
moving(const AskedSeries& asked, const std::string& family, const SeriesTest& test);

} // namespace assay::verdict
