// The families of the suite at sizes that an unoptimised build gets through at once.
//
//   for (const SmallCase& small : small_cases()) { session().open(small.family, small.with("full"))
//   }
//
// One thread.
#pragma once

#include "plugin_session.hpp"

#include <string>
#include <vector>

namespace selective_updates_test {

using namespace suite_test;

struct SmallCase {
    std::string family;
    Parameters parameters; // but for `path`

    [[nodiscard]] Parameters with(const std::string& path) const {
        Parameters all = parameters;
        all["path"] = path;
        return all;
    }
};

inline const std::vector<SmallCase>& small_cases() {
    static const std::vector<SmallCase> cases{
        {"incremental_vfe", {{"states", std::int64_t{6}}}},
        {"sparse_observation", {{"states", std::int64_t{4}}, {"change_rate", 0.2}}},
        {"partial_policy",
         {{"states", std::int64_t{3}}, {"policies", std::int64_t{7}}, {"changed", 0.3}}},
        {"hierarchical", {{"levels", std::int64_t{3}}, {"theta", 1e-2}}},
    };
    return cases;
}

inline PluginSession& session() {
    static PluginSession made;
    return made;
}

inline double total(const Metrics& metrics, const std::string& key) {
    double sum = 0;
    for (const double value : metrics.at(key)) {
        sum += value;
    }
    return sum;
}

} // namespace selective_updates_test
