#include "active_inference/contraction.hpp"
#include "active_inference/learning/column_norms.hpp"
#include "active_inference/learning/model_reduction.hpp"
#include "active_inference/logarithm.hpp"
#include "active_inference/policies/outer_product.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::active_inference;
using namespace assay::test;

namespace {

void check_numbers(const char* what, std::span<const double> found, const json::value& expected) {
    const Tensor tensor = tensor_of(expected);
    REQUIRE_MESSAGE(found.size() == tensor.data.size(), what);
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK_MESSAGE(is_close(found[i], tensor.data[i]),
                      what << "[" << i << "]: " << found[i] << ", expected " << tensor.data[i]);
    }
}

// A vector, or the cells of a cell array.
std::vector<std::vector<double>> vectors_of(const json::value& value) {
    std::vector<std::vector<double>> vectors;
    if (!value.as_object().contains("cell")) {
        return {tensor_of(value).data};
    }
    for (const json::value& cell : value.at("cell").as_array()) {
        vectors.push_back(tensor_of(cell).data);
    }
    return vectors;
}

std::vector<double> outer(std::span<const std::vector<double>> vectors) {
    std::size_t count = 1;
    std::vector<std::span<const double>> spans;
    for (const std::vector<double>& vector : vectors) {
        count *= vector.size();
        spans.emplace_back(vector);
    }
    std::vector<double> out(count);
    outer_product(spans, out);
    return out;
}

std::vector<double> contract(const Tensor& tensor,
                             std::span<const std::size_t> kept,
                             const std::vector<const double*>& vectors) {
    const Contraction plan(tensor.shape, kept);
    std::vector<double> out(plan.outputs());
    std::vector<double> work(plan.workspace());
    plan(tensor.data.data(), vectors.data(), out.data(), work.data());
    return out;
}

void check_dot(const json::value& file) {
    const Tensor a = tensor_of(file.at("A"));
    const std::vector<double> o = tensor_of(file.at("o")).data;
    const std::vector<std::vector<double>> states = vectors_of(file.at("s"));
    std::vector<const double*> vectors{o.data()};
    std::vector<std::size_t> state_axes;
    for (const std::vector<double>& state : states) {
        vectors.push_back(state.data());
        state_axes.push_back(vectors.size() - 1);
    }
    check_numbers("result1", contract(a, state_axes, vectors), file.at("result1"));
    const std::size_t outcome_axis[] = {0};
    check_numbers("result2", contract(a, outcome_axis, vectors), file.at("result2"));
    const std::size_t two_axes[] = {0, 1};
    check_numbers("result3", contract(a, two_axes, vectors), file.at("result3"));
}

// Column j of an [n, k] matrix.
std::vector<double> column(const Tensor& matrix, std::size_t j) {
    std::vector<double> out;
    for (std::size_t at = j; at < matrix.data.size(); at += matrix.shape[1]) {
        out.push_back(matrix.data[at]);
    }
    return out;
}

} // namespace

TEST_CASE("outer products equal SPM's") {
    const auto data = reference_data("active-inference/spm.json");
    if (!data) {
        return;
    }
    const json::value& a = data->at("files").at("cross_a");
    check_numbers("cross_a", outer(vectors_of(a.at("s"))), a.at("result1"));
    check_numbers("cross_a", outer(vectors_of(a.at("s"))), a.at("result2"));
    const json::value& c = data->at("files").at("cross_c");
    const std::vector<std::vector<double>> vector_and_matrix{tensor_of(c.at("random_vec")).data,
                                                             tensor_of(c.at("random_matrix")).data};
    check_numbers("cross_c", outer(vector_and_matrix), c.at("result1"));
    const json::value& e = data->at("files").at("cross_e");
    std::vector<std::vector<double>> all = vectors_of(e.at("s1"));
    for (const std::vector<double>& vector : vectors_of(e.at("s2"))) {
        all.push_back(vector);
    }
    check_numbers("cross_e", outer(all), e.at("result1"));
}

TEST_CASE("contractions equal SPM's") {
    const auto data = reference_data("active-inference/spm.json");
    if (!data) {
        return;
    }
    for (const char* name : {"dot_a", "dot_c", "dot_e"}) {
        CAPTURE(name);
        check_dot(data->at("files").at(name));
    }
}

TEST_CASE("column weights equal SPM's with SPM's floor") {
    const auto data = reference_data("active-inference/spm.json");
    if (!data) {
        return;
    }
    const json::value& file = data->at("files").at("wnorm_b");
    const char* const results[] = {"result_1", "result_2"};
    for (std::size_t i = 0; i < 2; ++i) {
        const Tensor a = tensor_of(file.at("A").at("cell").at(i));
        std::vector<double> weights(a.data.size());
        weigh_columns(a.data, a.shape[0], kGainFloor, weights);
        check_numbers(results[i], weights, file.at(results[i]));
    }
}

TEST_CASE("model reduction equals SPM's for every reduced prior") {
    const auto data = reference_data("active-inference/spm.json");
    if (!data) {
        return;
    }
    const json::value& file = data->at("files").at("bmr_test_b");
    const std::vector<double> q = tensor_of(file.at("q_dir")).data;
    const std::vector<double> p = tensor_of(file.at("p_dir")).data;
    const Tensor reduced = tensor_of(file.at("r_dir"));
    const Tensor expected = tensor_of(file.at("s_dir"));
    const std::vector<double> change = tensor_of(file.at("F")).data;
    REQUIRE(change.size() == reduced.shape[1]);
    for (std::size_t j = 0; j < reduced.shape[1]; ++j) {
        const std::vector<double> r = column(reduced, j);
        const std::vector<double> s = column(expected, j);
        std::vector<double> found(q.size());
        reduced_posterior({q, p, r}, found);
        for (std::size_t i = 0; i < s.size(); ++i) {
            CHECK(is_close(found[i], s[i]));
        }
        CHECK(is_close(log_evidence_change({q, p, r}, found), change[j]));
    }
}
