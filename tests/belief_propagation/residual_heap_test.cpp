#include "active_inference/belief_propagation/residual_heap.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace assay::active_inference;

TEST_CASE("the largest key is taken first and ties go to the lowest number") {
    ResidualHeap heap(20);
    heap.raise(17, 2);
    heap.raise(3, 1);
    heap.raise(9, 2);
    CHECK(heap.largest() == 2);
    CHECK(heap.take_largest() == 9);
    CHECK(heap.take_largest() == 17);
    CHECK(heap.take_largest() == 3);
    CHECK(heap.largest() == 0);
}

TEST_CASE("a key is never lowered by raise") {
    ResidualHeap heap(2);
    heap.raise(1, 5);
    heap.raise(1, 3);
    CHECK(heap.key(1) == 5);
}

TEST_CASE("heaps of every size agree with a search through all keys") {
    for (std::size_t size : {1, 2, 7, 8, 9, 63, 64, 65, 513, 600}) {
        CAPTURE(size);
        ResidualHeap heap(size);
        std::vector<double> keys(size, 0.0);
        assay::RandomSource random(size);
        for (double& key : keys) {
            key = random.unit();
        }
        std::copy(keys.begin(), keys.end(), heap.keys().begin());
        heap.rebuild();
        for (int step = 0; step < 3000; ++step) {
            if (random.unit() < 0.5) {
                const auto entry = random.below(static_cast<std::uint32_t>(size));
                const double key = random.below(8) / 8.0; // often equal
                keys[entry] = std::max(keys[entry], key);
                heap.raise(entry, key);
            } else {
                const auto largest = std::max_element(keys.begin(), keys.end());
                REQUIRE(heap.largest() == *largest);
                if (*largest > 0) {
                    REQUIRE(heap.take_largest() ==
                            static_cast<std::size_t>(largest - keys.begin()));
                    *largest = 0;
                }
            }
        }
    }
}
