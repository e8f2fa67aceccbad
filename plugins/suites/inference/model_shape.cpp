#include "model_shape.hpp"

#include "active_inference/random_model.hpp"

#include <charconv>
#include <numeric>

namespace assay::inference {

namespace ai = active_inference;

namespace {

std::optional<ModelShape> ring_from(std::string_view sizes) {
    const std::size_t cross = sizes.find('x');
    if (cross == std::string_view::npos) {
        return std::nullopt;
    }
    const auto factors = count_from(sizes.substr(0, cross), kFactorsMax);
    const auto states = count_from(sizes.substr(cross + 1), kStatesMax);
    if (!factors || *factors < 3 || !states) {
        return std::nullopt;
    }
    ModelShape shape{std::vector<std::size_t>(*factors, *states), {}};
    for (std::size_t factor = 0; factor < *factors; ++factor) {
        shape.likelihood_factors.push_back({factor, (factor + 1) % *factors});
    }
    return shape;
}

// entries += product of `extents`, unless that overflows.
bool add_entries(const std::vector<std::size_t>& extents, std::size_t& entries) {
    const auto count = ai::element_count(extents);
    return count && !__builtin_add_overflow(entries, *count, &entries);
}

} // namespace

std::optional<std::size_t> count_from(std::string_view text, std::size_t most) {
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size() || count < 1 || count > most) {
        return std::nullopt;
    }
    return count;
}

std::optional<ModelShape> model_shape_from(std::string_view name) {
    if (name.starts_with("ring")) {
        return ring_from(name.substr(4));
    }
    ModelShape shape;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('x', begin), name.size());
        const auto states = count_from(name.substr(begin, end - begin), kStatesMax);
        if (!states || shape.states.size() == kFactorsMax) {
            return std::nullopt;
        }
        shape.states.push_back(*states);
        begin = end + 1;
    }
    ai::FactorList all(shape.states.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    shape.likelihood_factors.assign(shape.states.size(), all);
    return shape;
}

std::string model_shape_form() {
    return "the states of each factor, as in 20x20 or 10x10x5, or ring<factors>x<states>, as in "
           "ring6x8; at most " +
           std::to_string(kFactorsMax) + " factors of at most " + std::to_string(kStatesMax) +
           " states";
}

std::optional<std::size_t> model_bytes(const ModelShape& shape, std::size_t actions) {
    std::size_t entries = 0;
    for (std::size_t m = 0; m < shape.states.size(); ++m) {
        std::vector<std::size_t> extents{shape.states[m]};
        for (const std::size_t factor : shape.likelihood_factors[m]) {
            extents.push_back(shape.states[factor]);
        }
        if (!add_entries(extents, entries) ||
            !add_entries({shape.states[m], shape.states[m], actions}, entries)) {
            return std::nullopt;
        }
    }
    std::size_t bytes = 0;
    return __builtin_mul_overflow(entries, sizeof(double), &bytes) ? std::nullopt
                                                                   : std::optional(bytes);
}

ai::FactoredModel timing_model(const ModelShape& shape, std::size_t actions, std::uint64_t seed) {
    return ai::random_model(
        {.state_counts = shape.states,
         .action_counts = std::vector<std::size_t>(shape.states.size(), actions),
         .outcome_counts = shape.states,
         .likelihood_factors = shape.likelihood_factors},
        seed);
}

} // namespace assay::inference
