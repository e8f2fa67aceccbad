#include "access_cost.hpp"
#include "transition_case.hpp"
#include "workload.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace access_cost_test {

using namespace assay::matrix_caching;
namespace ai = assay::active_inference;

namespace {

// Three keys whose entries any cache could hold; notes the largest key it was asked for.
class ThreeKeys final : public Workload {
public:
    mutable std::uint32_t most = 0;

    [[nodiscard]] std::uint32_t key_count() const noexcept override { return 3; }

    [[nodiscard]] std::size_t entry_bytes() const noexcept override { return 3; }

    [[nodiscard]] std::uint32_t keys_in(std::size_t) const noexcept override { return 1000; }

    [[nodiscard]] ai::PathWork request_work() const noexcept override { return {}; }

    [[nodiscard]] std::size_t kept_bytes() const noexcept override { return 8; }

    [[nodiscard]] std::optional<std::string> reference_difference(std::uint32_t,
                                                                  const Results&) const override {
        return std::nullopt;
    }

    [[nodiscard]] std::string describe(std::uint32_t) const override { return ""; }

    void raise_version() noexcept override {}

    [[nodiscard]] double speedup_bound(const RecordedWork&, const AccessCost&) const override {
        return 1;
    }

    [[nodiscard]] std::unique_ptr<RequestPath>
    make_path(std::string_view name, ai::ByteCacheOptions options) const override {
        return std::make_unique<Path>(*this, name == "cached", options);
    }

private:
    class Path final : public LoopingPath<Path> {
    public:
        Path(const ThreeKeys& work, bool cached, ai::ByteCacheOptions options)
            : work_(work)
            , cached_(cached)
            , cache_(options) {}

        Results fetch(std::uint32_t key) override {
            work_.most = std::max(work_.most, key);
            return {value_};
        }

        [[nodiscard]] PathCounts counts() const noexcept override { return {}; }

        [[nodiscard]] const ai::ByteCache* cache() const noexcept override {
            return cached_ ? &cache_ : nullptr;
        }

    private:
        const ThreeKeys& work_;
        bool cached_;
        ai::ByteCache cache_;
        std::vector<double> value_{1.0};
    };
};

AccessCost measured(const ThreeKeys& work, const char* path, std::uint64_t tick) {
    const ai::AccessStream stream({}, 3, 1);
    std::uint64_t now = 0;
    return measure_access_cost(work, stream, path, {}, 1, [&] { return now += tick; });
}

} // namespace

TEST_CASE("access costs are the least reading of the clock they are given over its calls") {
    const ThreeKeys work;
    const AccessCost cost = measured(work, "cached", 8192); // one interval is 8192 ns
    CHECK(cost.build_ns == doctest::Approx(8192.0 / 244));  // as many as 2 ms of the first allow
    CHECK(cost.hit_ns == doctest::Approx(8192.0 / 244));    // and of hits
}

TEST_CASE("a request of milliseconds is read one at a time") {
    const ThreeKeys work;
    CHECK(measured(work, "cached", 5'000'000).build_ns == 5'000'000);
}

TEST_CASE("costs ask for the keys that there are, however much the cache could hold") {
    const ThreeKeys work;
    static_cast<void>(measured(work, "cached", 100));
    CHECK(work.most == 2);
}

TEST_CASE("a path that looks nothing up has no cost of a hit") {
    const ThreeKeys work;
    CHECK(measured(work, "kept", 100).hit_ns == 0);
}

TEST_CASE("keeping is the least reading of the clock over its calls, in any memory") {
    std::uint64_t now = 0;
    const auto clock = [&] { return now += 5120; };
    for (const std::size_t memory : {0u, 100u, 1u << 20}) {
        CHECK(measure_keep_ns(64, memory, clock) == 10); // 512 copies an interval
    }
}

TEST_CASE("a bound is 1 where nothing was found and the price of a hit where everything was") {
    constexpr std::size_t kDepth = 4;
    const AccessCost cost{.build_ns = 1000, .hit_ns = 50, .part_ns = 100, .keep_ns = 20};
    RecordedWork work;
    work.requests = 10;
    work.counts.fetch = {.lookups = 10, .misses = 10};
    work.counts.work.contractions_done = 10 * kDepth;
    CHECK(transition_bound(work, cost, kDepth) == doctest::Approx(1));
    work.kept = 30; // with what it costs to keep, below
    CHECK(transition_bound(work, cost, kDepth) == doctest::Approx(1000 / 1060.0));
    work.kept = 0;
    work.counts.work.contractions_done = 10 * 2; // all found their prefix of three steps
    CHECK(transition_bound(work, cost, kDepth) == doctest::Approx(1000 / 400.0));
    work.counts.fetch = {.lookups = 10, .hits = 5, .misses = 5};
    work.counts.work.contractions_done = 5 * kDepth;
    CHECK(transition_bound(work, cost, kDepth) == doctest::Approx(1 / (0.5 + 0.5 * 0.05)));
    work.counts.fetch = {.lookups = 10, .hits = 10};
    work.counts.work.contractions_done = 0;
    CHECK(transition_bound(work, cost, kDepth) == doctest::Approx(20));
}

TEST_CASE("of a single step there is nothing but the transpose") {
    const AccessCost cost{.build_ns = 100, .hit_ns = 50, .part_ns = 100};
    RecordedWork work;
    work.requests = 2;
    work.counts.fetch = {.lookups = 2, .hits = 1, .misses = 1};
    work.counts.work.contractions_done = 1;
    CHECK(transition_bound(work, cost, 1) == doctest::Approx(200 / 150.0));
}

TEST_CASE("the CPU time of a thread goes forward") {
    const std::uint64_t before = thread_cpu_ns();
    double sum = 0;
    while (thread_cpu_ns() == before) {
        sum += 1;
    }
    CHECK(thread_cpu_ns() > before);
}

} // namespace access_cost_test
