#include "verdict/counts_fusion.hpp"

#include <cmath>
#include <cstdio>

namespace assay::verdict {
namespace {

// "+2 %", "+0.25 %"
std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%+.3g %%", 100 * share);
    return text;
}

} // namespace

double relative_change(const CountPair& counts) noexcept {
    return counts.new_count / counts.old_count - 1;
}

CountChange change_of(const CountPair& counts, double tolerance) noexcept {
    if (!counts.deterministic || !(counts.old_count > 0) || !(counts.new_count > 0)) {
        return CountChange::unknown;
    }
    const double more = counts.new_count - counts.old_count;
    if (std::abs(more) <= tolerance * counts.old_count) {
        return CountChange::equal;
    }
    return more > 0 ? CountChange::up : CountChange::down;
}

std::string fused_verdict(Verdict verdict, const CountPair& counts, double tolerance) {
    const std::string word(name_of(verdict));
    const CountChange change = change_of(counts, tolerance);
    if (verdict == Verdict::slower) {
        switch (change) {
        case CountChange::up:
            return word + ", confirmed by counts (" + percent(relative_change(counts)) +
                   " instructions)";
        case CountChange::equal:
            return word + ", layout or environment: more pairs requested";
        case CountChange::down:
            return word + ", fewer instructions, more time";
        case CountChange::unknown:
            return word;
        }
    }
    if (verdict == Verdict::undecided && change == CountChange::up) {
        return word + ", likely slower: work " + percent(relative_change(counts));
    }
    return word;
}

} // namespace assay::verdict
