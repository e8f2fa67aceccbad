// Reasons to doubt a run's figures, as values: what was seen, and what to do about it. Collected
// case by case, told at the end.
//
//   WarningSigns signs;
//   signs.see(result);                          // for every finished case
//   for (const RunWarning& warning : signs.warnings(environment)) ...
//
// One thread at a time.
#pragma once

#include "report/event.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// `text` names the evidence; `next` is the command or act that helps, or empty.
struct RunWarning {
    std::string text, next;
};

// What is known of a run besides its cases.
struct RunSurroundings {
    double load_average = 0; // of the last minute, when the run began; NaN = unknown
    std::uint32_t cpus = 1, lanes = 1;
    std::vector<std::string> unoptimised_plugins; // built without -O, as their manifests say
};

// "noisy: launches between 342.1 ns and 618.6 ns", where the interval of a case's time is wider
// than a tenth of its median: one such run cannot tell a change of a tenth from none.
std::optional<std::string> noise_note(const statistics::Summary& time);

class WarningSigns {
public:
    void see(const report::CaseResult& result);
    [[nodiscard]] std::vector<RunWarning> warnings(const RunSurroundings& surroundings) const;

private:
    using Warner =
        std::function<void(std::size_t cases, const RunWarning& one, const RunWarning& many)>;

    [[nodiscard]] Warner warner(std::vector<RunWarning>& list) const;
    void warn_of_times(std::vector<RunWarning>& list) const;
    void warn_of_cases(std::vector<RunWarning>& list) const;

    std::size_t measured_ = 0, unverified_ = 0, unsteady_ = 0, bimodal_ = 0, lanes_alone_ = 0,
                few_samples_ = 0, nondeterministic_ = 0, waiting_ = 0, empty_ = 0, noisy_ = 0;
    std::uint64_t slices_ = 0, preempted_ = 0; // of all lanes
};

} // namespace assay::app
