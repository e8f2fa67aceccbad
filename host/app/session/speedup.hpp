// Speed-ups between variants of the same work: `speedup` = median time of the reference / median
// time of this case, with an interval over launches; `time_saved` = their difference.
//
//   Speedups speedups;
//   for (report::CaseResult& ready : speedups.settle(std::move(result), reference_id))
//   publish(ready);
//
// A case waits here until its reference is finished. One thread at a time.
#pragma once

#include "report/event.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay::app {

class Speedups {
public:
    // `selected`: every case of the run, so that a reference that will never come is known.
    Speedups(std::set<std::string> selected, std::uint64_t seed)
        : selected_(std::move(selected))
        , seed_(seed) {}

    // Takes a finished case, returns those that are ready to be reported now.
    std::vector<report::CaseResult> settle(report::CaseResult result,
                                           const std::optional<std::string>& reference_id);
    // The rest, at the end of an interrupted run: their reference is missing.
    std::vector<report::CaseResult> remaining();

private:
    void add_figures(report::CaseResult& result, const std::string& reference_id) const;

    std::set<std::string> selected_;
    std::uint64_t seed_;
    std::map<std::string, std::vector<double>>
        launch_medians_; // of finished references, by case id
    std::map<std::string, std::vector<report::CaseResult>> waiting_; // by the id they wait for
};

} // namespace assay::app
