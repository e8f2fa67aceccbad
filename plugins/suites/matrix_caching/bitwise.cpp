#include "bitwise.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

namespace assay::matrix_caching {

namespace {

using MaybeText = std::optional<std::string>;
using Values = std::span<const double>;

std::string exact_text(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

std::string differs_at(const char* part, std::size_t at, double expected, double found) {
    return std::string(part) + " differs in value " + std::to_string(at) + ": expected " +
           exact_text(expected) + ", found " + exact_text(found);
}

MaybeText other_size(const char* part, Values expected, Values found) {
    if (expected.size() == found.size()) {
        return std::nullopt;
    }
    return std::string(part) + " has " + std::to_string(found.size()) + " values, expected " +
           std::to_string(expected.size());
}

MaybeText bitwise(const char* part, Values expected, Values found) {
    if (auto difference = other_size(part, expected, found)) {
        return difference;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (std::memcmp(&expected[i], &found[i], sizeof(double)) != 0) {
            return differs_at(part, i, expected[i], found[i]);
        }
    }
    return std::nullopt;
}

} // namespace

MaybeText bitwise_difference(const Results& expected, const Results& found) {
    if (auto difference = bitwise("the result", expected.first, found.first)) {
        return difference;
    }
    return bitwise("its second part", expected.second, found.second);
}

MaybeText distance(const char* part, Values expected, Values found, double tolerance) {
    if (auto difference = other_size(part, expected, found)) {
        return difference;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double bound = tolerance * std::abs(expected[i]);
        if (!(std::abs(found[i] - expected[i]) <= bound)) { // also for NaN
            return differs_at(part, i, expected[i], found[i]);
        }
    }
    return std::nullopt;
}

} // namespace assay::matrix_caching
