#include "sophisticated_verification.hpp"

#include "active_inference/number_text.hpp"
#include "plain_search.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr double kSearchSlack = 1e-9;
constexpr std::size_t kVisitsOfSearch = 1'000'000; // of entries of A by nodes of the recursion

void compare_value(std::string_view with, std::size_t policy, double found, double wanted) {
    if (!(std::abs(found - wanted) <= kSearchSlack * std::max(1.0, std::abs(wanted)))) {
        throw assay::wrong_result("G of policy " + std::to_string(policy) + " is " +
                                  ai::number_text(found) + ", " + std::string(with) + " " +
                                  ai::number_text(wanted));
    }
}

std::size_t visits_of_node(const ai::FactoredModel& model, std::size_t policies) {
    std::size_t entries = 1;
    for (const ai::Tensor& likelihood : model.likelihoods) {
        entries += likelihood.data.size();
    }
    return entries * policies;
}

} // namespace

std::uint64_t compare_values(std::string_view with,
                             std::span<const double> found,
                             std::span<const double> wanted) {
    for (std::size_t policy = 0; policy < wanted.size(); ++policy) {
        compare_value(with, policy, found[policy], wanted[policy]);
    }
    return wanted.size();
}

std::uint64_t check_search(const ai::FactoredModel& model,
                           const ai::Beliefs& q,
                           const ai::SophisticatedOptions& options,
                           std::span<const double> values) {
    PlainSearch plain(model, options);
    const std::size_t nodes = kVisitsOfSearch / visits_of_node(model, values.size());
    std::uint64_t compared = 0;
    // A stride that shares no divisor with the number of policies comes by all of them.
    std::size_t stride = values.size() * 5 / 8 + 1;
    while (std::gcd(stride, values.size()) != 1) {
        ++stride;
    }
    for (std::size_t count = 0; count < values.size() && (count == 0 || plain.nodes() < nodes);
         ++count) {
        const std::size_t policy = count * stride % values.size();
        if (const auto wanted = plain.value(q, policy)) {
            compare_value("by the recursion", policy, values[policy], *wanted);
            ++compared;
        }
    }
    return compared;
}

} // namespace assay::inference
