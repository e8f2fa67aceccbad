#include "transition_workload.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

using namespace assay::matrix_caching;
using assay::active_inference::CachedTransitions;

namespace {

TransitionAxes axes(const char* stream, std::size_t states, std::size_t depth) {
    return {states, depth, *stream_configuration_from(stream), 3};
}

} // namespace

TEST_CASE("a working set takes the bytes it is named after and no more") {
    for (std::size_t depth = 1; depth <= 4; ++depth) {
        CAPTURE(depth);
        const TransitionWorkload work(axes("uniform_512KiB", 8, depth));
        CHECK(work.entry_bytes() <= 512u << 10);
        const std::size_t one_more = depth * CachedTransitions::entry_bytes(8, depth);
        CHECK(work.entry_bytes() + one_more > 512u << 10);
    }
}

TEST_CASE("a cache that saw every request holds exactly the planned entries") {
    for (std::size_t depth = 1; depth <= 4; ++depth) {
        CAPTURE(depth);
        const TransitionWorkload work(axes("uniform_64KiB", 6, depth));
        CachedTransitions cached(work.matrices(), {});
        std::size_t table = 8 * sizeof(void*);
        for (std::uint32_t key = 0; key < work.request_count(); ++key) {
            const TransitionRequest request = work.request(key);
            (void)cached.fetch(request.factor, work.actions(request));
        }
        while (table < 2 * cached.cache().entry_count() * sizeof(void*)) {
            table *= 2;
        }
        CHECK(cached.cache().bytes() - table == work.entry_bytes());
    }
}

TEST_CASE("a working set of less than one entry is one request") {
    CHECK(requests_in(1, 20, 4) == 1);
    CHECK(requests_in(0, 20, 1) == 1);
}

TEST_CASE("requests number the sequences of all factors in tree order") {
    const TransitionWorkload work(axes("scan_64KiB", 4, 2));
    REQUIRE(work.request_count() > 16);
    CHECK(work.matrices().factor_count() == (work.request_count() + 15) / 16);
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (std::uint32_t key = 0; key < work.request_count(); ++key) {
        const TransitionRequest request = work.request(key);
        CHECK(work.key_of(request) == key);
        CHECK(request.factor < work.matrices().factor_count());
        const auto actions = work.actions(request);
        REQUIRE(actions.size() == 2);
        CHECK(actions[0] * 4 + actions[1] == request.sequence); // first step slowest
        seen.emplace(request.factor, request.sequence);
    }
    CHECK(seen.size() == work.request_count());
}

TEST_CASE("equal axes and seeds make equal inputs") {
    const TransitionWorkload a(axes("zipf0.8_64KiB", 5, 3)), b(axes("zipf0.8_64KiB", 5, 3));
    std::vector<TransitionRequest> from_a(50), from_b(50), other(50);
    a.draw(9, from_a);
    b.draw(9, from_b);
    a.draw(10, other);
    const auto same = [](const auto& x, const auto& y) {
        return std::equal(x.begin(), x.end(), y.begin(), [](auto p, auto q) {
            return p.factor == q.factor && p.sequence == q.sequence;
        });
    };
    CHECK(same(from_a, from_b));
    CHECK_FALSE(same(from_a, other));
    CHECK(std::ranges::equal(a.matrices().matrix(0, 3), b.matrices().matrix(0, 3)));
}
