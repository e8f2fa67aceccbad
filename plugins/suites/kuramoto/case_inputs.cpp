#include "case_inputs.hpp"

#include "isa_level/isa_level.hpp"
#include "kuramoto/number_text.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace assay::kuramoto_suite {
namespace {

using kuramoto::number_text;

constexpr double kEdgesEach = 6; // on average, of graphs

std::vector<double> drawn_between(RandomSource& random, std::size_t n, double scale) {
    std::vector<double> values(n);
    for (double& value : values) {
        value = scale * (2 * random.unit() - 1);
    }
    return values;
}

kuramoto::Graph graph_of(const std::string& coupling, std::uint32_t n, std::uint64_t seed) {
    if (coupling == "ring") {
        return kuramoto::ring(n, 1);
    }
    if (coupling == "lattice") {
        const auto side = static_cast<std::uint32_t>(std::sqrt(n));
        if (side * side != n) {
            throw assay::config_error("n=" + std::to_string(n) +
                                      ": a lattice expects a square number of at least 9");
        }
        return kuramoto::square_lattice(side, side);
    }
    if (coupling == "erdos_renyi") {
        return kuramoto::erdos_renyi(n, std::min(1.0, kEdgesEach / n), seed);
    }
    if (coupling == "barabasi_albert") {
        return kuramoto::barabasi_albert(n, std::min(3u, n - 1), seed);
    }
    if (coupling == "sparse" || coupling == "watts_strogatz") {
        return kuramoto::watts_strogatz(n, std::min(6u, (n - 1) / 2 * 2), 0.1, seed);
    }
    throw assay::config_error("coupling=" + coupling +
                              ": expected mean_field, dense, dense_alpha, sparse, ring, lattice, "
                              "erdos_renyi, watts_strogatz or barabasi_albert");
}

kuramoto::Coupling coupling_of(const std::string& coupling, std::size_t n, RandomSource& random) {
    if (coupling == "mean_field") {
        return kuramoto::MeanField{.strength = kStrength};
    }
    // Of different strengths, twice kStrength / N at most.
    if (is_pairwise(coupling)) {
        std::vector<double> strengths(n * n);
        for (double& strength : strengths) {
            strength = 2 * kStrength / static_cast<double>(n) * random.unit();
        }
        if (coupling == "dense") {
            return kuramoto::DenseCoupling{std::move(strengths)};
        }
        return kuramoto::LaggedCoupling{std::move(strengths), drawn_between(random, n * n, kLag)};
    }
    try {
        return kuramoto::weighted(graph_of(coupling, static_cast<std::uint32_t>(n), random.next()),
                                  kStrength / kEdgesEach);
    } catch (const std::invalid_argument& fault) {
        throw assay::config_error("n=" + std::to_string(n) + ": " + fault.what());
    }
}

} // namespace

std::size_t size_between(const assay::params& params, std::string_view axis, SizeRange range) {
    const std::int64_t value = params.i64(axis);
    if (value < static_cast<std::int64_t>(range.least) ||
        value > static_cast<std::int64_t>(range.most)) {
        throw assay::config_error(std::string(axis) + "=" + std::to_string(value) +
                                  ": expected a whole number from " + std::to_string(range.least) +
                                  " to " + std::to_string(range.most));
    }
    return static_cast<std::size_t>(value);
}

double number_between(const assay::params& params, std::string_view axis, NumberRange range) {
    const double value = params.f64(axis);
    if (!(value >= range.least && value <= range.most)) {
        throw assay::config_error(std::string(axis) + "=" + number_text(value) +
                                  ": expected a number from " + number_text(range.least) + " to " +
                                  number_text(range.most));
    }
    return value;
}

Implementation implementation_of(const assay::params& params) {
    const std::string name = params.str("impl");
    if (name == "assay") {
        return Implementation::assay;
    }
    if (name == "odeint") {
        return Implementation::odeint;
    }
    if (name == "naive_n2") {
        return Implementation::naive_n2;
    }
    throw assay::config_error("impl=" + name + ": expected assay, odeint or naive_n2");
}

Method method_of(const assay::params& params) {
    const std::string name = params.str("method");
    if (name != "rk4" && name != "dopri5") {
        throw assay::config_error("method=" + name + ": expected rk4 or dopri5");
    }
    return name == "rk4" ? Method::rk4 : Method::dopri5;
}

bool is_pairwise(const std::string& coupling) noexcept {
    return coupling == "dense" || coupling == "dense_alpha";
}

Inputs drawn_inputs(const std::string& coupling, std::size_t n, std::uint64_t seed) {
    RandomSource random(seed);
    Inputs inputs;
    inputs.problem.omega = drawn_between(random, n, 1);
    inputs.start = drawn_between(random, n, std::numbers::pi);
    inputs.problem.coupling = coupling_of(coupling, n, random);
    return inputs;
}

std::string quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return quoted + "\"";
}

void attach_config(const assay::params& params, const ConfigEntries& entries) {
    std::string text = "{\"case\":" + quoted(params.case_id()) +
                       ",\"isa_level\":" + quoted(name_of(isa_level())) +
                       ",\"boost\":" + quoted(odeint_version());
    for (const auto& [key, value] : entries) {
        text += "," + quoted(key) + ":" + value;
    }
    params.context().attach("config.json", "application/json", text + "}");
}

std::uint64_t rounded_digest(std::span<const double> figures) {
    std::uint64_t sum = 0x9E3779B97F4A7C15ull;
    for (const double figure : figures) {
        const double rounded = std::round(figure * 1e8);
        sum = (sum ^ static_cast<std::uint64_t>(std::llround(rounded))) * 0xBF58476D1CE4E5B9ull;
        sum ^= sum >> 29;
    }
    return sum == 0 ? 1 : sum;
}

} // namespace assay::kuramoto_suite
