// Messages through B against the sums that define them.
#include "active_inference/logarithm.hpp"
#include "active_inference/trajectories/transition_messages.hpp"
#include "random_window.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

// Factor 0 depends on itself, factor 1 on itself and 0 in both orders.
RandomWindow input_with(const FactorList& parents) {
    return {{.state_counts = {3, 4},
             .action_counts = {2, 3},
             .outcome_counts = {2},
             .transition_factors = {{0}, parents}},
            {1, 0},
            6};
}

// B_1[s', s_0, s_1, u], whatever the order of its parents.
double
b1(const FactoredModel& model, std::size_t next, std::size_t s0, std::size_t s1, std::size_t u) {
    const bool zero_first = model.transition_factors[1][0] == 0;
    const std::size_t parents = zero_first ? s0 * 4 + s1 : s1 * 3 + s0;
    return model.transitions[1].data[(next * 12 + parents) * 3 + u];
}

// The message to factor 0 from factor 1 by its definition: average, divide each row, weigh.
std::vector<double>
reversed_by_definition(const RandomWindow& input, std::size_t action, double floor) {
    std::vector<double> out(3, 0.0);
    for (std::size_t next = 0; next < 4; ++next) {
        double row[3] = {0, 0, 0};
        double sum = 0;
        for (std::size_t s0 = 0; s0 < 3; ++s0) {
            for (std::size_t s1 = 0; s1 < 4; ++s1) {
                row[s0] += b1(input.model, next, s0, s1, action) * input.prior[1][s1];
            }
            sum += row[s0] + floor;
        }
        for (std::size_t s0 = 0; s0 < 3; ++s0) {
            out[s0] += sum > 0 ? input.prior[1][next] * (row[s0] + floor) / sum : 0;
        }
    }
    return out;
}

} // namespace

TEST_CASE("messages through a factor with two parents are the sums of their definition") {
    for (const FactorList& parents : {FactorList{0, 1}, FactorList{1, 0}}) {
        for (const double floor : {0.0, kLogFloor, 0.125}) {
            const RandomWindow input = input_with(parents);
            TransitionMessages messages(input.model, TransitionTable::probability, floor);
            TrajectoryWork work;
            REQUIRE(messages.arcs(0).size() == 2);
            const TransitionArc& arc = messages.arcs(0)[1];
            REQUIRE(arc.child == 1);
            for (std::size_t action = 0; action < 3; ++action) {
                std::vector<double> found(3);
                messages.reversed(arc, action, input.prior[1], input.prior, found, work);
                const auto expected = reversed_by_definition(input, action, floor);
                for (std::size_t s = 0; s < 3; ++s) {
                    CHECK(found[s] == doctest::Approx(expected[s]).epsilon(1e-13));
                }
                std::vector<double> forward(4);
                messages.forward(1, action, input.prior, forward, work);
                for (std::size_t next = 0; next < 4; ++next) {
                    double sum = 0;
                    for (std::size_t at = 0; at < 12; ++at) {
                        sum += b1(input.model, next, at / 4, at % 4, action) *
                               input.prior[0][at / 4] * input.prior[1][at % 4];
                    }
                    CHECK(forward[next] == doctest::Approx(sum).epsilon(1e-13));
                }
            }
        }
    }
}

TEST_CASE("a message through logarithms averages them") {
    const RandomWindow input = input_with({0, 1});
    TransitionMessages messages(input.model, TransitionTable::log_clip, 0);
    TrajectoryWork work;
    std::vector<double> found(3);
    messages.gathered(messages.arcs(0)[1], 2, input.prior[1], input.prior, found, work);
    for (std::size_t s0 = 0; s0 < 3; ++s0) {
        double sum = 0;
        for (std::size_t at = 0; at < 16; ++at) {
            sum += input.prior[1][at / 4] * input.prior[1][at % 4] *
                   std::log(b1(input.model, at / 4, s0, at % 4, 2));
        }
        CHECK(found[s0] == doctest::Approx(sum).epsilon(1e-13));
    }
    CHECK(work.contractions == 1);
}

TEST_CASE("a row of zeros says nothing instead of dividing by zero") {
    RandomWindow input(
        {.state_counts = {2}, .action_counts = {1}, .outcome_counts = {2}}, {1, 0}, 1);
    input.model.transitions[0].data = {1, 1, 0, 0}; // always to state 0
    TransitionMessages messages(input.model, TransitionTable::probability, 0);
    TrajectoryWork work;
    std::vector<double> found(2);
    const double child[] = {0.25, 0.75};
    messages.reversed(messages.arcs(0)[0], 0, child, input.prior, found, work);
    CHECK(found[0] == 0.125);
    CHECK(found[1] == 0.125);
}
