#include "verification.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::semantic_tokens_suite {
namespace {

namespace st = semantic_tokens;

std::string text_of(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

} // namespace

void hold_rows(Verified& found,
               const std::string& what,
               const std::vector<double>& actual,
               const std::vector<double>& expected,
               double bound) {
    if (actual.size() != expected.size()) {
        throw assay::wrong_result(what + " has " + std::to_string(actual.size()) +
                                  " numbers, expected " + std::to_string(expected.size()));
    }
    double largest = 0;
    for (const double value : expected) {
        largest = std::max(largest, std::abs(value));
    }
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double off = std::abs(actual[i] - expected[i]) / largest;
        if (!(off <= bound)) {
            throw assay::wrong_result(what + ", number " + std::to_string(i) + " is " +
                                      text_of(actual[i]) + ", expected " + text_of(expected[i]) +
                                      ": off by " + text_of(off) + " of the largest, at most " +
                                      text_of(bound));
        }
        found.largest = std::max(found.largest, off);
    }
    found.values += actual.size();
}

void hold_weights(Verified& found, std::span<const double> weights, std::size_t n, double bound) {
    for (std::size_t row = 0; row < n; ++row) {
        double sum = 0;
        for (std::size_t k = 0; k < st::kBandEntries; ++k) {
            const double weight = weights[row * st::kBandEntries + k];
            const bool is_inside = row + k >= st::kBand && row + k < n + st::kBand;
            if (is_inside ? !(weight >= 0) : weight != 0) {
                throw assay::wrong_result("weight " + std::to_string(k) + " of row " +
                                          std::to_string(row) + " is " + text_of(weight) +
                                          ", expected " +
                                          (is_inside ? "0 or more" : "0 beyond the sequence"));
            }
            sum += weight;
        }
        hold_rows(found, "the sum of the weights of row " + std::to_string(row), {sum}, {1}, bound);
    }
}

void add_verified_metrics(assay::family_builder family) {
    family.metric("max_relative_error", "1", assay::lower, assay::max)
        .help("largest difference that verification found / largest number expected");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("numbers that verification compared");
}

void report_verified(assay::context& host, const Verified& found) {
    host.metric("max_relative_error", found.largest);
    host.metric("values_verified", static_cast<double>(found.values));
}

} // namespace assay::semantic_tokens_suite
