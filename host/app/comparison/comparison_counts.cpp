#include "app/comparison/comparison_counts.hpp"

#include "lanes/lanes.hpp"
#include "verdict/counts_fusion.hpp"

#include <algorithm>

namespace assay::app {
namespace {

std::optional<verdict::CountPair> pair_of(const ComparedCase& compared) {
    if (!compared.old_counts || !compared.new_counts || !compared.old_counts->complete() ||
        !compared.new_counts->complete()) {
        return std::nullopt;
    }
    return verdict::CountPair{.old_count = *compared.old_counts->instructions(),
                              .new_count = *compared.new_counts->instructions(),
                              .deterministic =
                                  compared.old_counts->trusted() && compared.new_counts->trusted()};
}

} // namespace

void count_cases(ComparisonOutcome& outcome,
                 const ComparisonOptions& options,
                 Launcher& launcher,
                 const std::function<bool()>& interrupted) {
    const lanes::Lanes lanes(options.session.lanes);
    // Each case twice: its old build and its new one.
    lanes.run(2 * outcome.cases.size(), [&](std::size_t job, std::uint32_t) {
        ComparedCase& compared = outcome.cases[job / 2];
        if (compared.matched.fate != CaseFate::compared || interrupted()) {
            return;
        }
        const MatchedCase& matched = compared.matched;
        const bool is_new = job % 2 != 0;
        (is_new ? compared.new_counts : compared.old_counts) =
            launcher.count({.suite = is_new ? *matched.new_suite : *matched.old_suite,
                            .planned = is_new ? *matched.new_case : *matched.old_case,
                            .options = options.session,
                            .slice_iterations = compared.iterations});
    });
    for (ComparedCase& compared : outcome.cases) {
        for (const auto& [counts, metrics] :
             {std::pair{&compared.old_counts, &compared.old_metrics},
              {&compared.new_counts, &compared.new_metrics}}) {
            if (*counts && !metrics->empty()) {
                metrics->push_back(counts_metric(**counts));
            }
        }
    }
    outcome.cancelled = outcome.cancelled || interrupted();
}

json::value counts_value(const ComparedCase& compared) {
    const std::optional<verdict::CountPair> pair = pair_of(compared);
    if (!pair) {
        return nullptr;
    }
    return json::object{{"old", json_number(pair->old_count)},
                        {"new", json_number(pair->new_count)},
                        {"change", json_number(verdict::relative_change(*pair))},
                        {"deterministic", pair->deterministic},
                        {"iterations", json_count(compared.new_counts->iterations)},
                        {"source", compared.new_counts->source}};
}

std::optional<std::string> fused_verdict(const ComparedCase& compared) {
    const std::optional<verdict::CountPair> pair = pair_of(compared);
    return pair ? std::optional(verdict::fused_verdict(compared.finding.verdict, *pair))
                : std::nullopt;
}

std::size_t untrusted_counts(const ComparisonOutcome& outcome) {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcome.cases, [](const ComparedCase& compared) {
            const std::optional<verdict::CountPair> pair = pair_of(compared);
            return pair && !pair->deterministic;
        }));
}

std::size_t slower_with_equal_work(const ComparisonOutcome& outcome) {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcome.cases, [](const ComparedCase& compared) {
            const std::optional<verdict::CountPair> pair = pair_of(compared);
            return pair && compared.finding.verdict == verdict::Verdict::slower &&
                   verdict::change_of(*pair) == verdict::CountChange::equal;
        }));
}

std::string uncounted(const ComparisonOutcome& outcome) {
    std::string why;
    for (const ComparedCase& compared : outcome.cases) {
        if (pair_of(compared)) {
            return {};
        }
        for (const auto* counts : {&compared.old_counts, &compared.new_counts}) {
            if (*counts && why.empty()) {
                why = (*counts)->reason;
            }
        }
    }
    return why;
}

std::vector<std::string> count_notes(const ComparedCase& compared) {
    std::vector<std::string> notes;
    for (const auto& [counts, side] :
         {std::pair{&compared.old_counts, "old build: "}, {&compared.new_counts, "new build: "}}) {
        if (!*counts) {
            continue;
        }
        for (const std::string& note : count_notes(**counts)) {
            notes.push_back(side + note);
        }
        if (!(*counts)->complete()) {
            notes.push_back(std::string(side) + "instructions unavailable: " + (*counts)->reason);
        }
    }
    // The same for both: once is enough.
    if (notes.size() == 2 && notes[0].substr(11) == notes[1].substr(11)) {
        notes = {notes[0].substr(11)};
    }
    return notes;
}

} // namespace assay::app
