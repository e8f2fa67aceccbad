#include "app/comparison/run_differences.hpp"

#include "measure/platform_identity.hpp"
#include "support/text.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::app {
namespace {

constexpr std::size_t kDifferencesShown = 6;    // a reader wants the first few, not a document
constexpr std::size_t kDifferenceBytesMax = 80; // of both values; a list of CPU flags is longer

std::string seed_text(const std::optional<std::int64_t>& seed) {
    return seed ? std::to_string(*seed) : std::string("unknown");
}

// What keeps any figure of two runs from being one of the same measurement, or nothing.
std::string difference_of_runs(const history::Run& before, const history::Run& after) {
    const auto word = [](const std::string& mode) {
        return mode.empty() ? std::string("unknown") : mode;
    };
    if (before.seed != after.seed) {
        return "seed " + seed_text(before.seed) + " and " + seed_text(after.seed);
    }
    return before.mode != after.mode ? "mode " + word(before.mode) + " and " + word(after.mode)
                                     : std::string();
}

// Only where both sides say how they set the suite up.
bool differ_in_configuration(const StoredPair& pair, const std::string& suite) {
    const json::value* const before = pair.old_side.configurations.if_contains(suite);
    const json::value* const after = pair.new_side.configurations.if_contains(suite);
    return before != nullptr && after != nullptr && *before != *after;
}

std::string short_differences(const json::object& before, const json::object& after) {
    auto all = measure::identity_differences(before, after);
    const std::size_t more =
        all.size() > kDifferencesShown ? all.size() - kDifferencesShown : std::size_t{0};
    all.resize(all.size() - more);
    std::vector<std::string> texts;
    for (const measure::IdentityDifference& one : all) {
        const bool fits = one.before.size() + one.after.size() <= kDifferenceBytesMax;
        texts.push_back(fits ? one.field + " " + one.before + " and " + one.after : one.field);
    }
    return join(texts, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

} // namespace

void mark_incomparable(const StoredPair& pair, std::vector<tracking::HeldSeries>& held) {
    const std::string runs = difference_of_runs(pair.old_side.run, pair.new_side.run);
    for (tracking::HeldSeries& one : held) {
        verdict::KnownSeries& known = one.asked.known;
        if (!known.incomparable.empty() || !known.baseline.baseline) {
            continue;
        }
        known.incomparable = !runs.empty() ? runs
                             : differ_in_configuration(pair, one.series.suite)
                                 ? "the suite's configuration"
                                 : "";
    }
}

std::optional<std::string> machines_text(const history::Run& old_run, const history::Run& new_run) {
    const history::Platform& before = old_run.platform;
    const history::Platform& after = new_run.platform;
    if (before.fingerprint == after.fingerprint && before.label == after.label) {
        return std::nullopt;
    }
    const std::string labels = before.label == after.label ? "both called " + before.label
                                                           : before.label + " and " + after.label;
    if (before.fingerprint == after.fingerprint) {
        return "the runs are of one machine under two labels, " + labels +
               ": their series are apart, and none is compared";
    }
    std::string differences = short_differences(before.identity, after.identity);
    return "the runs are of two machines, " + labels + ": no figure of theirs is compared" +
           (differences.empty() ? "" : " (" + differences + ")");
}

std::optional<std::string> environments_text(const history::Run& old_run,
                                             const history::Run& new_run) {
    if (old_run.environment.empty() || new_run.environment.empty()) {
        return std::nullopt;
    }
    const std::string differences = short_differences(old_run.environment, new_run.environment);
    return differences.empty() ? std::nullopt
                               : std::optional("the environments differ: " + differences);
}

} // namespace assay::app
