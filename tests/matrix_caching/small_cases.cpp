#include "small_cases.hpp"

#include <utility>

namespace matrix_caching_test {

using namespace suite_test;

Parameters small(const std::string& family, std::string path) {
    Parameters parameters{
        {"limit", std::int64_t{16384}}, {"working_set", 4.0}, {"path", std::move(path)}};
    if (family == "transition") {
        parameters["states"] = std::int64_t{4};
        parameters["depth"] = std::int64_t{3};
    } else if (family == "likelihood") {
        parameters["states"] = std::int64_t{4};
    } else {
        parameters["states"] = std::int64_t{3};
        parameters["states2"] = std::int64_t{2};
        parameters["depth"] = std::int64_t{2};
    }
    return parameters;
}

Parameters with(Parameters parameters, const Parameters& changed) {
    for (const auto& [name, value] : changed) {
        parameters[name] = value;
    }
    return parameters;
}

double total(const Metrics& metrics, const std::string& key) {
    double sum = 0;
    for (const double value : metrics.at(key)) {
        sum += value;
    }
    return sum;
}

} // namespace matrix_caching_test
