// What `assay export openmetrics` wrote, taken back: cases, metrics, units and directions as they
// were, in the runs that they are of.
//
//   OwnExport own;
//   if (!own.take(sample, family)) ... a series of somebody else's ...
//   own.give(out);
//
// # HELP assay_items_rate_lo_per_second items_rate in 1/s, higher is better: lo
//
// One thread.
#pragma once

#include "exposition.hpp"

#include <assay/importer.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openmetrics {

class OwnExport {
public:
    // Whether the sample was taken; nothing is before the first `assay_run_info`.
    bool take(const Sample& sample, const std::optional<std::pair<std::string, Family>>& family);

    [[nodiscard]] bool any() const noexcept { return !runs_.empty(); }

    void give(assay::import_output& out) const;

private:
    struct Run {
        std::optional<double> timestamp; // of several runs in one text
        assay::imported_run told;
        std::vector<assay::imported_case> cases = {};
        std::map<std::string, std::size_t> index = {}; // by id
    };

    bool take_run(const Sample& sample);
    static assay::imported_case& case_of(Run& run, const Sample& sample, const std::string& id);

    std::vector<Run> runs_;
};

} // namespace openmetrics
