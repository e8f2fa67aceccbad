#include "random_vectors.hpp"
#include "retrieval/flat_index.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>

namespace flat_index_test {

using namespace assay;
using namespace assay::retrieval;
using retrieval_test::dot_of;
using retrieval_test::unit_vector;
using Vectors = std::map<VectorId, std::vector<float>>;

// Single precision with sums of a few hundred terms of unit vectors.
constexpr double kRounding = 1e-6;

std::vector<std::pair<double, VectorId>> brute_force(const Vectors& all,
                                                     const std::vector<float>& query) {
    std::vector<std::pair<double, VectorId>> scores;
    for (const auto& [id, vector] : all) {
        scores.emplace_back(-dot_of(vector, query), id);
    }
    std::ranges::sort(scores);
    return scores;
}

// Each place has the score that it should have, and its own vector's.
void check_against_brute_force(const VectorIndex& index,
                               const Vectors& all,
                               const std::vector<float>& query,
                               std::size_t k) {
    const auto expected = brute_force(all, query);
    const auto found = index.search(query, k);
    REQUIRE(found.size() == std::min(k, all.size()));
    std::vector<VectorId> ids;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double score = static_cast<double>(found[i].score);
        REQUIRE(std::abs(score + expected[i].first) < kRounding);
        REQUIRE(std::abs(score - dot_of(all.at(found[i].id), query)) < kRounding);
        ids.push_back(found[i].id);
    }
    std::ranges::sort(ids);
    REQUIRE(std::ranges::adjacent_find(ids) == ids.end());
}

TEST_CASE("the exact scan equals brute force in double at every level") {
    for (const IsaLevel level : {IsaLevel::v1, IsaLevel::v3, IsaLevel::v4}) {
        if (level > isa_level()) {
            continue;
        }
        for (const std::size_t dimension : {1, 5, 17, 384}) {
            std::mt19937_64 random(11);
            FlatIndex index(dimension, scan_loops(level));
            Vectors all;
            for (VectorId id = 0; id < 700; ++id) { // more than one block of the scan
                all[id] = unit_vector(random, dimension);
                index.add(id, all[id]);
            }
            for (const std::size_t k : {1, 10, 699, 700, 5000}) {
                check_against_brute_force(index, all, unit_vector(random, dimension), k);
            }
        }
    }
}

TEST_CASE("a screened scan finds the same to the bit, whatever the vectors are like") {
    for (const IsaLevel level : {IsaLevel::v1, IsaLevel::v3, IsaLevel::v4}) {
        if (level > isa_level()) {
            continue;
        }
        for (const std::size_t dimension : {2, 40, 384}) {
            std::mt19937_64 random(13);
            const std::size_t rows = 2 * scan_loops(level).screened_rows;
            FlatIndex screened(dimension, scan_loops(level));
            FlatIndex plain(dimension, scan_loops(level), Screening::never);
            for (VectorId id = 0; id < rows; ++id) {
                auto vector = unit_vector(random, dimension);
                if (id % 3 == 1) { // one component far above the others: coarse codes of the rest
                    vector[id % dimension] = id % 2 == 0 ? 30.0f : -30.0f;
                } else if (id % 3 == 2 && id > 10) { // equal and nearly equal ones
                    const auto before = plain.vector_of(id - 5 - id % 2);
                    vector.assign(before.begin(), before.end());
                    vector[0] += id % 4 == 0 ? 0.0f : 1e-6f;
                }
                if (id % 7 == 0) {
                    std::ranges::transform(
                        vector, vector.begin(), [](float x) { return x * 1e-20f; });
                }
                screened.add(id, vector);
                plain.add(id, vector);
            }
            for (VectorId id = 0; id < rows; id += 5) {
                (void)screened.erase(id);
                (void)plain.erase(id);
            }
            for (int round = 0; round < 40; ++round) {
                const auto query = unit_vector(random, dimension);
                for (const std::size_t k : {1, 3, 50, 2000}) {
                    REQUIRE(screened.search(query, k) == plain.search(query, k));
                }
            }
        }
    }
}

TEST_CASE("components near the largest number lose no row to the screen") {
    std::mt19937_64 random(14);
    FlatIndex screened(8), plain(8, scan_loops(), Screening::never);
    for (VectorId id = 0; id < scan_loops().screened_rows; ++id) {
        auto vector = unit_vector(random, 8);
        std::ranges::transform(vector, vector.begin(), [](float x) { return x * 3e38f; });
        screened.add(id, vector);
        plain.add(id, vector);
    }
    for (int round = 0; round < 20; ++round) {
        const auto query = unit_vector(random, 8);
        REQUIRE(screened.search(query, 5) == plain.search(query, 5));
    }
}

TEST_CASE("adding and erasing in any order leaves exactly what should be there") {
    std::mt19937_64 random(12);
    FlatIndex index(33);
    Vectors all;
    for (int round = 0; round < 3000; ++round) {
        const VectorId id = random() % 400;
        if (all.contains(id)) {
            CHECK(index.erase(id));
            all.erase(id);
        } else {
            CHECK_FALSE(index.erase(id));
            all[id] = unit_vector(random, 33);
            index.add(id, all[id]);
        }
        REQUIRE(index.size() == all.size());
        if (round % 100 == 0 && !all.empty()) {
            check_against_brute_force(index, all, unit_vector(random, 33), 12);
        }
    }
    for (const auto& [id, vector] : all) {
        CHECK(std::ranges::equal(index.vector_of(id), vector));
    }
    CHECK(index.vector_of(1'000'000).empty());
}

TEST_CASE("equal scores are told in the order of their ids, whatever order they came in") {
    FlatIndex index(4);
    const std::vector<float> vector{0.5f, 0.5f, 0.5f, 0.5f};
    for (const VectorId id : {9, 3, 7, 1, 5}) {
        index.add(id, vector);
    }
    (void)index.erase(7);
    std::vector<VectorId> ids;
    for (const Neighbour& one : index.search(vector, 3)) {
        ids.push_back(one.id);
    }
    CHECK(ids == std::vector<VectorId>{1, 3, 5});
}

TEST_CASE("nothing is found where there is nothing or nothing is asked for") {
    FlatIndex index(2);
    const std::vector<float> vector{1, 0};
    CHECK(index.search(vector, 3).empty());
    index.add(1, vector);
    CHECK(index.search(vector, 0).empty());
    CHECK(index.search(vector, 3) == std::vector<Neighbour>{{1, 1.0f}});
}

TEST_CASE("faulty vectors are refused with the id and the place, and change nothing") {
    FlatIndex index(3);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinite = std::numeric_limits<float>::infinity();
    using Floats = std::vector<float>;
    CHECK_THROWS_WITH_AS(index.add(5, Floats{1, nan, 0}),
                         "vector 5: component 1 is not finite",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        index.add(5, Floats{1, 0}), "vector 5: 2 components, expected 3", std::invalid_argument);
    CHECK_THROWS_AS(index.add(5, Floats{0, 0, 0}), std::invalid_argument);
    CHECK_THROWS_AS(index.add(5, Floats{infinite, 0, 0}), std::invalid_argument);
    CHECK(index.size() == 0);
    index.add(5, Floats{1, 0, 0});
    CHECK_THROWS_WITH_AS(
        index.add(5, Floats{0, 1, 0}), "vector 5 is there already", std::invalid_argument);
    CHECK(index.size() == 1);
    CHECK_THROWS_AS((void)index.search(Floats{nan, 0, 0}, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)index.search(Floats{0, 0, 0}, 1), std::invalid_argument);
    CHECK_THROWS_AS(FlatIndex(0), std::invalid_argument);
    CHECK_THROWS_AS(FlatIndex(65537), std::invalid_argument);
}

} // namespace flat_index_test
