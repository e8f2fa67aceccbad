#include "app/session/complexity_fits.hpp"

#include <doctest/doctest.h>

using namespace assay;

namespace {

measure::AxisDescription axis(std::string name, bool zip = false, bool variant = false) {
    measure::AxisDescription described;
    described.name = std::move(name);
    described.zip = zip;
    described.variant = variant;
    return described;
}

using Params = std::vector<std::pair<std::string, measure::ParameterValue>>;

report::CaseResult
result(Params params, double time, measure::CaseStatus status = measure::CaseStatus::passed) {
    report::CaseResult result;
    result.suite = "s";
    result.family = "f";
    result.params = std::move(params);
    result.status = status;
    report::MetricResult& metric = result.metrics.emplace_back();
    metric.key = "time";
    metric.summary.n = 6;
    metric.summary.launch_medians.assign(6, time);
    return result;
}

} // namespace

TEST_CASE("an axis is fitted once for each combination of the others") {
    measure::FamilyDescription family;
    family.axes = {axis("n"), axis("dtype")};
    app::ComplexityFits fits;
    for (const std::string dtype : {"f32", "f64"}) {
        for (const std::int64_t n : {10, 100, 1000}) {
            const double time = 1e-9 * static_cast<double>(dtype == "f32" ? n : n * n);
            fits.see(result({{"n", n}, {"dtype", dtype}}, time), family);
        }
    }
    const json::array found = fits.document(1);
    REQUIRE(found.size() == 2);
    CHECK(found[0].at("class").as_string() == "O(n)");
    CHECK(found[0].at("fits").as_bool());
    CHECK(found[0].at("params").at("dtype").as_string() == "f32");
    CHECK(found[0].at("at").as_string() == "[dtype=f32]");
    CHECK(found[0].at("axis").as_string() == "n");
    CHECK(found[0].at("metric").as_string() == "time");
    CHECK(found[0].at("coefficient").to_number<double>() == doctest::Approx(1e-9));
    CHECK(found[0].at("ci").as_array().size() == 2);
    CHECK(found[0].at("points").to_number<int>() == 3);
    CHECK(found[1].at("class").as_string() == "O(n^2)");
}

TEST_CASE("a combination with a case that did not pass is not fitted") {
    measure::FamilyDescription family;
    family.axes = {axis("n")};
    app::ComplexityFits fits;
    for (const std::int64_t n : {10, 100, 1000, 10'000}) {
        fits.see(result({{"n", n}},
                        1e-9 * static_cast<double>(n),
                        n == 100 ? measure::CaseStatus::crashed : measure::CaseStatus::passed),
                 family);
    }
    CHECK(fits.document(1).empty());
}

TEST_CASE("two values, texts and variants are no axis to fit") {
    measure::FamilyDescription family;
    family.axes = {axis("n"), axis("impl"), axis("way", false, true)};
    app::ComplexityFits fits;
    for (const std::int64_t n : {10, 100}) {
        for (const std::string impl : {"a", "b", "c"}) {
            for (const std::int64_t way : {1, 2, 3}) {
                fits.see(result({{"n", n}, {"impl", impl}, {"way", way}}, 1e-6), family);
            }
        }
    }
    CHECK(fits.document(1).empty());
}

TEST_CASE("axes that advance together do not fix each other") {
    measure::FamilyDescription family;
    family.axes = {axis("n"), axis("m", true)};
    app::ComplexityFits fits;
    for (const std::int64_t n : {10, 100, 1000}) {
        fits.see(result({{"n", n}, {"m", n * n}}, 1e-9 * static_cast<double>(n * n)), family);
    }
    const json::array found = fits.document(1);
    REQUIRE(found.size() == 2);
    CHECK(found[0].at("axis").as_string() == "m");
    CHECK(found[0].at("class").as_string() == "O(n)");
    CHECK(found[1].at("axis").as_string() == "n");
    CHECK(found[1].at("class").as_string() == "O(n^2)");
    CHECK(found[1].at("params").as_object().empty());
}

TEST_CASE("an axis on which growth means nothing is told with the reason") {
    measure::FamilyDescription family;
    family.axes = {axis("load")};
    app::ComplexityFits fits;
    for (const double load : {0.25, 0.5, 0.75}) {
        fits.see(result({{"load", load}}, 1e-6), family);
    }
    const json::array found = fits.document(1);
    REQUIRE(found.size() == 1);
    CHECK(found[0].at("class").is_null());
    CHECK(found[0].at("fits").as_bool() == false);
    CHECK_FALSE(found[0].at("reason").as_string().empty());
}

TEST_CASE("times that no class describes are told as that") {
    measure::FamilyDescription family;
    family.axes = {axis("n")};
    app::ComplexityFits fits;
    for (const std::int64_t n : {1000, 10'000, 100'000}) {
        fits.see(result({{"n", n}}, n == 10'000 ? 5e-6 : 1e-6), family);
    }
    const json::array found = fits.document(1);
    REQUIRE(found.size() == 1);
    CHECK(found[0].at("fits").as_bool() == false);
    CHECK(found[0].at("error").to_number<double>() > statistics::kComplexityErrorMax);
    CHECK(found[0].at("class").is_string());
}
