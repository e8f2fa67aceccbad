// Verdicts as <assay/history.hpp> has them.
#include "library/values.hpp"
#include "verdict/lattice.hpp"

#include <array>

namespace assay::recorded {
namespace {

using verdict::StoredWord;

// Both in the order of the words, so that neither can gain one unnoticed.
Verdict verdict_from(StoredWord word) noexcept {
    switch (word) {
    case StoredWord::failed:
        return Verdict::failed;
    case StoredWord::missing:
        return Verdict::missing;
    case StoredWord::incomparable:
        return Verdict::incomparable;
    case StoredWord::no_baseline:
        return Verdict::no_baseline;
    case StoredWord::stale_baseline:
        return Verdict::stale_baseline;
    case StoredWord::environment_shift:
        return Verdict::environment_shift;
    case StoredWord::regressed:
        return Verdict::regressed;
    case StoredWord::drift:
        return Verdict::drift;
    case StoredWord::noisy:
        return Verdict::noisy;
    case StoredWord::improved:
        return Verdict::improved;
    case StoredWord::unchanged:
        break;
    }
    return Verdict::unchanged;
}

void take_finding(const verdict::StoredFinding& found, ComparedSeries& into) {
    into.change = found.change;
    into.change_scale = std::string(verdict::name_of(found.scale));
    if (found.interval) {
        into.low = found.interval->low;
        into.high = found.interval->high;
    }
    into.p = found.p;
    into.minimum_detected = found.mde;
    into.runs = found.runs;
}

} // namespace

std::string_view name_of(Verdict verdict) noexcept {
    static constexpr std::array<std::string_view, 11> kNames{"failed",
                                                             "missing",
                                                             "incomparable",
                                                             "no_baseline",
                                                             "stale_baseline",
                                                             "environment_shift",
                                                             "regressed",
                                                             "drift",
                                                             "noisy",
                                                             "improved",
                                                             "unchanged"};
    return kNames.at(static_cast<std::size_t>(verdict));
}

ComparedSeries compared_of(const tracking::ComparedSeries& compared) {
    const verdict::StoredVerdict& said = compared.verdict;
    ComparedSeries given{.series = series_of(compared.series),
                         .verdict = verdict_from(said.word),
                         .severity = said.severity
                                         ? std::string(verdict::name_of(said.severity->size))
                                         : std::string(),
                         .reason = said.reason,
                         .baseline = said.baseline,
                         .figure = compared.figure,
                         .center = compared.center,
                         .confirmed = said.confirmed};
    if (said.finding) {
        take_finding(*said.finding, given);
    }
    return given;
}

} // namespace assay::recorded
