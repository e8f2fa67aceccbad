// Every way to compute the rates gives what a sine for each pair gives.
#include "drawn_problems.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace right_hand_side_test {

using namespace kuramoto_test;

namespace {

constexpr double kEqual = 1e-12;

double against_pairs(const Problem& problem, const std::vector<double>& phases) {
    return largest_difference(rates_of(problem, phases), rates_of(problem, phases, Way::naive_n2));
}

DenseCoupling dense_of(const SparseCoupling& sparse) {
    const std::size_t n = sparse.rows();
    DenseCoupling dense{uniform_matrix(n, 0)};
    for (std::size_t i = 0; i < n; ++i) {
        for (auto e = sparse.row_begin[i]; e < sparse.row_begin[i + 1]; ++e) {
            dense.strengths[i * n + sparse.columns[e]] = sparse.weights[e];
        }
    }
    return dense;
}

} // namespace

TEST_CASE("a mean field and a dense matrix and sines of all pairs give the same rates") {
    for (const std::size_t n : {2, 3, 5, 7, 8, 9, 16, 100, 511, 513}) {
        CAPTURE(n);
        const auto omega = drawn(n, 1);
        const auto phases = drawn_phases(n, 2);
        const Problem field{omega, MeanField{1.7}};
        const Problem dense{omega, DenseCoupling{uniform_matrix(n, 1.7 / double(n))}};
        CHECK(against_pairs(field, phases) < kEqual);
        CHECK(against_pairs(dense, phases) < kEqual);
        CHECK(largest_difference(rates_of(field, phases), rates_of(dense, phases)) < kEqual);
    }
}

TEST_CASE("a common lag in the mean field is the same lag in every entry of a matrix") {
    for (const std::size_t n : {4, 13, 64}) {
        const auto omega = drawn(n, 3);
        const auto phases = drawn_phases(n, 4);
        const Problem field{omega, MeanField{.strength = 2.1, .lag = 0.7}};
        const Problem lagged{
            omega, LaggedCoupling{uniform_matrix(n, 2.1 / double(n)), uniform_matrix(n, 0.7)}};
        CHECK(against_pairs(field, phases) < kEqual);
        CHECK(largest_difference(rates_of(field, phases), rates_of(lagged, phases)) < kEqual);
        const Problem none{omega, MeanField{2.1}};
        CHECK(largest_difference(rates_of(field, phases), rates_of(none, phases)) > 0.1);
    }
}

TEST_CASE("random matrices with random lags give what sines of all pairs give") {
    for (const std::size_t n : {2, 11, 57}) {
        const Problem lagged{drawn(n, 5), LaggedCoupling{drawn(n * n, 6), drawn_phases(n * n, 7)}};
        CHECK(against_pairs(lagged, drawn_phases(n, 8)) < kEqual);
        const Problem dense{drawn(n, 5), DenseCoupling{drawn(n * n, 9)}};
        CHECK(against_pairs(dense, drawn_phases(n, 8)) < kEqual);
    }
}

TEST_CASE("a sparse coupling is the dense matrix with its entries") {
    for (const Graph& graph : {ring(30, 2),
                               square_lattice(5, 7),
                               erdos_renyi(60, 0.1, 1),
                               watts_strogatz(60, 6, 0.2, 2),
                               barabasi_albert(60, 3, 3)}) {
        const std::size_t n = graph.nodes;
        const SparseCoupling sparse = weighted(graph, 0.4);
        const auto phases = drawn_phases(n, 10);
        const Problem problem{drawn(n, 11), sparse};
        CHECK(against_pairs(problem, phases) < kEqual);
        CHECK(largest_difference(rates_of(problem, phases),
                                 rates_of({drawn(n, 11), dense_of(sparse)}, phases)) < kEqual);
    }
}

TEST_CASE("turning all phases by one angle changes no rate") {
    const std::size_t n = 40;
    auto phases = drawn_phases(n, 12);
    for (const Coupling& coupling : {Coupling{MeanField{2, 0.3}},
                                     Coupling{symmetric_coupling(n, 13)},
                                     Coupling{weighted(ring(n, 3), 0.5)}}) {
        const Problem problem{drawn(n, 14), coupling};
        const auto before = rates_of(problem, phases);
        auto turned = phases;
        for (double& phase : turned) {
            phase += 1.234;
        }
        CHECK(largest_difference(rates_of(problem, turned), before) < kEqual);
    }
}

TEST_CASE("oscillators in another order have their rates in that order") {
    const std::size_t n = 33;
    const auto omega = drawn(n, 15), phases = drawn_phases(n, 16), k = drawn(n * n, 17);
    const auto at = [&](std::size_t i) { return (i * 7 + 5) % n; };
    std::vector<double> omega2(n), phases2(n), k2(n * n), expected(n);
    const auto rates = rates_of({omega, DenseCoupling{k}}, phases);
    for (std::size_t i = 0; i < n; ++i) {
        omega2[i] = omega[at(i)];
        phases2[i] = phases[at(i)];
        expected[i] = rates[at(i)];
        for (std::size_t j = 0; j < n; ++j) {
            k2[i * n + j] = k[at(i) * n + at(j)];
        }
    }
    CHECK(largest_difference(rates_of({omega2, DenseCoupling{k2}}, phases2), expected) < kEqual);
}

} // namespace right_hand_side_test
