#include "statistics/sorted_window.hpp"
#include "statistics/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

namespace sorted_window_test {
namespace {

using assay::statistics::sorted_copy;
using assay::statistics::SortedWindow;

std::vector<double> held(const SortedWindow& window) {
    return {window.sorted().begin(), window.sorted().end()};
}

TEST_CASE("a sorted window holds the newest values, sorted, at every place of a line") {
    std::mt19937 random(7);
    // Few different values: which of several equal ones goes does not matter, that one goes does.
    std::uniform_int_distribution<int> draw(0, 9);
    for (const std::size_t capacity : {1, 2, 7, 20}) {
        SortedWindow window(capacity);
        std::vector<double> line;
        for (int i = 0; i < 100; ++i) {
            line.push_back(draw(random));
            window.push(line.back());
            const std::size_t count = std::min(capacity, line.size());
            REQUIRE(held(window) == sorted_copy(std::span(line).last(count)));
        }
    }
}

TEST_CASE("a sorted window that was cleared begins anew") {
    SortedWindow window(3);
    for (const double x : {5, 4, 3, 2}) {
        window.push(x);
    }
    CHECK(held(window) == std::vector<double>{2, 3, 4});
    window.clear();
    CHECK(window.sorted().empty());
    for (const double x : {9, 8, 7, 6}) {
        window.push(x);
    }
    CHECK(held(window) == std::vector<double>{6, 7, 8});
}

} // namespace
} // namespace sorted_window_test
