// Vectors of a seed, in directions that are evenly spread.
#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace retrieval_test {

inline std::vector<float> unit_vector(std::mt19937_64& random, std::size_t dimension) {
    std::vector<double> drawn(dimension);
    double square = 0;
    for (double& one : drawn) {
        // Twelve evenly distributed numbers are nearly normal, and the same on every machine.
        one = -6;
        for (int i = 0; i < 12; ++i) {
            one += static_cast<double>(random() >> 11) * 0x1.0p-53;
        }
        square += one * one;
    }
    std::vector<float> unit(dimension);
    for (std::size_t i = 0; i < dimension; ++i) {
        unit[i] = static_cast<float>(drawn[i] / std::sqrt(square));
    }
    return unit;
}

inline double dot_of(const std::vector<float>& one, const std::vector<float>& other) {
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        sum += static_cast<double>(one[i]) * static_cast<double>(other[i]);
    }
    return sum;
}

} // namespace retrieval_test
