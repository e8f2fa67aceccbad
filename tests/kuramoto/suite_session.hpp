// The families of the suite at sizes that an unoptimised build gets through at once.
//
//   for (const SmallCase& small : small_cases()) { session().open(small.family, small.parameters);
//   }
//
// One thread.
#pragma once

#include "plugin_session.hpp"

#include <string>
#include <vector>

namespace kuramoto_test {

using suite_test::Parameters;

struct SmallCase {
    std::string family;
    Parameters parameters; // but for `impl`
    std::vector<std::string> impls;

    [[nodiscard]] Parameters with(const std::string& impl) const {
        Parameters all = parameters;
        all["impl"] = impl;
        return all;
    }
};

inline Parameters
step_of(std::int64_t n, const std::string& coupling, const std::string& method = "rk4") {
    return {{"n", n}, {"coupling", coupling}, {"method", method}};
}

inline const std::vector<SmallCase>& small_cases() {
    static const std::vector<std::string> three{"assay", "odeint", "naive_n2"};
    static const std::vector<std::string> two{"assay", "odeint"};
    static const std::vector<SmallCase> cases{
        {"step", step_of(20, "mean_field"), three},
        {"step", step_of(21, "dense"), three},
        {"step", step_of(22, "dense_alpha"), three},
        {"step", step_of(23, "sparse"), three},
        {"step", step_of(20, "mean_field", "dopri5"), three},
        {"step", step_of(20, "dense", "dopri5"), three},
        {"ensemble",
         {{"n", std::int64_t{5}}, {"replicas", std::int64_t{20}}},
         {"assay", "odeint", "single"}},
        {"sync_time", {{"n", std::int64_t{100}}, {"strength", 2.0}}, two},
        {"transition", {{"n", std::int64_t{500}}, {"frequencies", std::string("lorentzian")}}, two},
        {"module_net", {{"strength", 20.0}}, three},
    };
    return cases;
}

inline suite_test::PluginSession& session() {
    static suite_test::PluginSession made;
    return made;
}

} // namespace kuramoto_test
