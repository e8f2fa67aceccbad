#include "active_inference/random_model.hpp"
#include "agent_crowd.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace agent_crowd_test {

using namespace assay::active_inference;
using namespace assay::inference;

namespace {

constexpr TensorOwner kOwners[] = {TensorOwner::all, TensorOwner::agent, TensorOwner::learner};

FactoredModel crowd_model(std::uint64_t seed) {
    return random_model(
        {.state_counts = {5, 4}, .action_counts = {3, 2}, .outcome_counts = {5, 4}, .sharpness = 4},
        seed);
}

ObservationPool pool_of(const FactoredModel& model) {
    assay::RandomSource random(7);
    std::vector<std::vector<Outcome>> observations(16);
    for (std::vector<Outcome>& observation : observations) {
        for (const std::size_t outcomes : model.outcome_counts) {
            observation.push_back({.index = random.below(static_cast<std::uint32_t>(outcomes))});
        }
    }
    return ObservationPool(observations);
}

void live(AgentCrowd& crowd, std::size_t lane, std::uint64_t rounds) {
    crowd.begin(lane);
    for (std::uint64_t round = 0; round < rounds; ++round) {
        REQUIRE(crowd.round(lane, round));
    }
}

// Of all lanes, each on its own thread.
std::uint64_t digest_on(const FactoredModel& model, CrowdOptions options) {
    AgentCrowd crowd(model, pool_of(model), options);
    std::vector<std::thread> threads;
    for (std::size_t lane = 0; lane < options.lanes; ++lane) {
        threads.emplace_back([&crowd, lane] {
            crowd.enter(lane);
            crowd.begin(lane);
            for (std::uint64_t round = 0; round < 10; ++round) {
                (void)crowd.round(lane, round);
            }
        });
    }
    std::uint64_t sum = 0;
    for (std::size_t lane = 0; lane < options.lanes; ++lane) {
        threads[lane].join();
        sum += crowd.digest(lane);
    }
    return sum;
}

} // namespace

TEST_CASE("agents do the same on any number of lanes") {
    const FactoredModel model = crowd_model(1);
    for (const TensorOwner owner : kOwners) {
        const CrowdOptions one{.agents = 13, .lanes = 1, .tensors = owner};
        const std::uint64_t expected = digest_on(model, one);
        for (const std::size_t lanes : {2, 3, 5, 13}) {
            CrowdOptions several = one;
            several.lanes = lanes;
            CHECK(digest_on(model, several) == expected);
        }
    }
}

TEST_CASE("agents with a copy of the model do what sharing ones do, learners something else") {
    const FactoredModel model = crowd_model(2);
    const auto digest_with = [&](TensorOwner owner) {
        return digest_on(model, {.agents = 4, .tensors = owner});
    };
    CHECK(digest_with(TensorOwner::all) == digest_with(TensorOwner::agent));
    CHECK(digest_with(TensorOwner::all) != digest_with(TensorOwner::learner));
}

TEST_CASE("every agent is of exactly one lane, and lanes differ by one agent at most") {
    const FactoredModel model = crowd_model(3);
    for (const std::size_t lanes : {1, 2, 3, 7, 10}) {
        const AgentCrowd crowd(model, pool_of(model), {.agents = 10, .lanes = lanes});
        std::size_t sum = 0;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            sum += crowd.agents_of(lane);
            CHECK(crowd.agents_of(lane) >= 10 / lanes);
            CHECK(crowd.agents_of(lane) <= 10 / lanes + 1);
        }
        CHECK(sum == 10);
    }
}

TEST_CASE("a life begun again repeats bit for bit, a longer one differs") {
    const FactoredModel model = crowd_model(4);
    for (const TensorOwner owner : kOwners) {
        AgentCrowd crowd(model, pool_of(model), {.agents = 3, .tensors = owner});
        crowd.enter(0);
        live(crowd, 0, 6);
        const std::uint64_t first = crowd.digest(0);
        live(crowd, 0, 7);
        CHECK(crowd.digest(0) != first);
        live(crowd, 0, 6);
        CHECK(crowd.digest(0) == first);
    }
}

TEST_CASE("a round allocates nothing") {
    const FactoredModel model = crowd_model(5);
    for (const TensorOwner owner : kOwners) {
        AgentCrowd crowd(model, pool_of(model), {.agents = 8, .tensors = owner});
        crowd.enter(0);
        crowd.begin(0);
        bool went = crowd.round(0, 0);
        const std::uint64_t before = allocation_count();
        for (std::uint64_t round = 1; round < 20; ++round) {
            went = crowd.round(0, round) && went;
        }
        CHECK(allocation_count() == before);
        CHECK(went);
    }
}

TEST_CASE("a step is as much work with one agent, with two and with 64, and lays out no tensor") {
    const FactoredModel model = crowd_model(7);
    // All see the same, so that all do the same.
    const ObservationPool pool({std::vector<Outcome>{{.index = 2}, {.index = 1}}});
    for (const TensorOwner owner : kOwners) {
        const auto work_of = [&](std::size_t agents) {
            AgentCrowd crowd(model, pool, {.agents = agents, .tensors = owner});
            crowd.enter(0);
            live(crowd, 0, 5);
            return crowd.work(0);
        };
        const CrowdWork one = work_of(1);
        CHECK(one.contractions > 0);
        CHECK(one.logarithms > 0);
        CHECK(one.layouts == (owner == TensorOwner::learner ? 5 : 0)); // what is learnt is new
        for (const std::size_t agents : {2, 64}) {
            const CrowdWork many = work_of(agents);
            CHECK(many.contractions == agents * one.contractions);
            CHECK(many.logarithms == agents * one.logarithms);
            CHECK(many.layouts == agents * one.layouts);
        }
    }
}

TEST_CASE("agents of their own tensors do the work of agents that share them") {
    const FactoredModel model = crowd_model(8);
    const auto work_of = [&](TensorOwner owner) {
        AgentCrowd crowd(model, pool_of(model), {.agents = 6, .tensors = owner});
        crowd.enter(0);
        live(crowd, 0, 5);
        return crowd.work(0);
    };
    const CrowdWork shared = work_of(TensorOwner::all);
    CHECK(work_of(TensorOwner::agent).contractions == shared.contractions);
    CHECK(work_of(TensorOwner::agent).logarithms == shared.logarithms);
    CHECK(work_of(TensorOwner::learner).logarithms > shared.logarithms);
}

TEST_CASE("tables that agents keep of their own tensors are counted") {
    const FactoredModel model = crowd_model(9);
    AgentCrowd crowd(model, pool_of(model), {.agents = 3, .tensors = TensorOwner::agent});
    crowd.enter(0);
    // B once more, and a number for each joint state and modality.
    const std::size_t tables = (5 * 5 * 3 + 4 * 4 * 2 + 2 * 5 * 4) * sizeof(double);
    CHECK(crowd.bytes(0) >= crowd.tensor_bytes(0) + 3 * tables);
    CHECK(crowd.bytes(0) == 3 * AgentCrowd::bytes_of_one(model, {.tensors = TensorOwner::agent}));
}

TEST_CASE("an agent takes at most a quarter more than its tensors and four kibibytes") {
    const FactoredModel model = random_model(
        {.state_counts = {25, 12}, .action_counts = {4, 4}, .outcome_counts = {25, 12}}, 1);
    for (const TensorOwner owner : kOwners) {
        AgentCrowd crowd(model, pool_of(model), {.agents = 4, .tensors = owner});
        crowd.enter(0);
        live(crowd, 0, 2);
        const std::size_t tensors = crowd.tensor_bytes(0);
        CHECK(crowd.bytes(0) <= tensors * 5 / 4 + 4 * 4096);
        CHECK((tensors == 0) == (owner == TensorOwner::all));
        crowd.leave(0);
        CHECK(crowd.bytes(0) == 0);
    }
}

TEST_CASE("a cancelled round says so") {
    const FactoredModel model = crowd_model(6);
    AgentCrowd crowd(model, pool_of(model), {.agents = 2});
    crowd.enter(0);
    crowd.begin(0);
    CHECK(!crowd.round(0, 0, [] { return true; }));
}

} // namespace agent_crowd_test
