#include "active_inference/categorical.hpp"
#include "active_inference/contraction.hpp"
#include "active_inference/learning/column_norms.hpp"
#include "active_inference/learning/model_reduction.hpp"
#include "active_inference/logarithm.hpp"
#include "active_inference/policies/divergence.hpp"
#include "active_inference/policies/efe_options.hpp"
#include "active_inference/policies/outcome_terms.hpp"
#include "active_inference/policies/outer_product.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace assay;
using namespace assay::active_inference;
using namespace assay::test;

namespace {

void check_numbers(const char* what,
                   std::span<const double> found,
                   const json::value& expected,
                   double relative = 1e-9) {
    const Tensor tensor = tensor_of(expected);
    REQUIRE_MESSAGE(found.size() == tensor.data.size(), what);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double bound = 1e-9 + relative * std::abs(tensor.data[i]);
        CHECK_MESSAGE(std::abs(found[i] - tensor.data[i]) <= bound,
                      what << "[" << i << "]: " << found[i] << ", expected " << tensor.data[i]);
    }
}

Beliefs beliefs_of(const json::value& list) {
    const std::vector<Tensor> tensors = tensors_of(list);
    std::vector<std::size_t> counts;
    for (const Tensor& tensor : tensors) {
        counts.push_back(tensor.data.size());
    }
    Beliefs beliefs(counts);
    for (std::size_t f = 0; f < tensors.size(); ++f) {
        std::ranges::copy(tensors[f].data, beliefs[f].begin());
    }
    return beliefs;
}

std::vector<double> contract(const Tensor& tensor,
                             std::span<const double> data,
                             std::span<const std::size_t> shape,
                             std::initializer_list<std::size_t> kept,
                             std::span<const double* const> vectors) {
    const Contraction plan(shape, kept);
    std::vector<double> out(plan.outputs());
    std::vector<double> work(plan.workspace());
    REQUIRE(data.size() <= tensor.data.size());
    plan(data.data(), vectors.data(), out.data(), work.data());
    return out;
}

void check_products(const json::value& in, const json::value& out) {
    const Tensor a = tensor_of(in.at("A"));
    const Beliefs x = beliefs_of(in.at("x"));
    std::vector<const double*> vectors{nullptr};
    std::vector<std::span<const double>> spans;
    for (std::size_t f = 0; f < x.size(); ++f) {
        vectors.push_back(x[f].data());
        spans.push_back(x[f]);
    }
    check_numbers("spm_dot_all", contract(a, a.data, a.shape, {0}, vectors), out.at("spm_dot_all"));
    const std::span<const std::size_t> states = std::span(a.shape).subspan(1);
    const std::size_t columns = a.data.size() / a.shape[0];
    for (std::size_t f = 0; f < x.size(); ++f) {
        const auto kept = contract(
            a, std::span(a.data).first(columns), states, {f}, std::span(vectors).subspan(1));
        check_numbers("spm_dot_keep", kept, out.at("spm_dot_keep").at(f));
    }
    std::vector<double> joint(columns);
    outer_product(spans, joint);
    check_numbers("spm_cross", joint, out.at("spm_cross"));
}

void check_information_gain(const json::value& in, const json::value& out) {
    FactoredModel model;
    model.likelihoods = {tensor_of(in.at("A"))};
    const Beliefs x = beliefs_of(in.at("x"));
    for (std::size_t f = 0; f < x.size(); ++f) {
        model.state_counts.push_back(x[f].size());
    }
    model.outcome_counts = {model.likelihoods[0].shape[0]};
    model.likelihood_factors = {{0, 1, 2}};
    OutcomeTerms terms(model, 0, {.utility = false});
    std::vector<double> outcomes(model.outcome_counts[0]);
    PolicyWork work;
    JointBelief joint(model.state_counts, model.likelihood_factors[0]);
    joint.assign(x);
    const EfeParts parts = terms.evaluate(model, nullptr, joint, 0, outcomes, work);
    CHECK(is_close(parts.state_gain, out.at("spm_MDP_G").to_number<double>()));
}

void check_columns(const json::value& in, const json::value& out) {
    const Tensor a = tensor_of(in.at("A"));
    std::vector<double> found(a.data.size());
    weigh_columns(a.data, a.shape[0], kLogFloor, found);
    // 1/A: an entry's last digit is worth up to 2e-6 there, as the file's own spread says.
    check_numbers("spm_wnorm", found, out.at("spm_wnorm"));
    normalise_columns(a.data, a.shape[0], kLogFloor, found);
    check_numbers("spm_norm", found, out.at("spm_norm"));
    found.resize(a.data.size() / a.shape[0]);
    column_entropies(a.data, a.shape[0], found);
    check_numbers("entropy_cols", found, out.at("entropy_cols"));
}

void check_reduction(const json::value& in, const json::value& out) {
    const std::vector<double> q = tensor_of(in.at("q_dir")).data;
    const std::vector<double> p = tensor_of(in.at("p_dir")).data;
    const std::vector<double> r = tensor_of(in.at("r_dir")).data;
    std::vector<double> s(q.size());
    reduced_posterior({q, p, r}, s);
    check_numbers("bmr_s", s, out.at("bmr_s"));
    CHECK(is_close(log_evidence_change({q, p, r}, s), out.at("bmr_F").to_number<double>()));
}

} // namespace

TEST_CASE("the elementary functions equal the reference data") {
    const auto file = reference_data("active-inference/maths.json");
    if (!file) {
        return;
    }
    CHECK(file->at("cases").as_array().size() == 3);
    for (const json::value& one : file->at("cases").as_array()) {
        CAPTURE(one.at("id").as_string().c_str());
        const json::value& in = one.at("in");
        const json::value& out = one.at("out");
        check_products(in, out);
        check_information_gain(in, out);
        check_columns(in, out);
        check_reduction(in, out);
        std::vector<double> z = tensor_of(in.at("z")).data;
        softmax(z);
        check_numbers("softmax_z", z, out.at("softmax_z"));
        const Beliefs x = beliefs_of(in.at("x"));
        const Beliefs y = beliefs_of(in.at("y"));
        CHECK(is_close(divergence_eps(x, y), out.at("kl_div").to_number<double>()));
        CHECK(is_close(divergence_eps(y, x), out.at("kl_div_rev").to_number<double>()));
    }
}
