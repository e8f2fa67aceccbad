// Published series and what their authors' detectors find in them, to the index: Apache Otava's
// small cases and MongoDB's. Skipped, with a message, where the data is not beside the project.
#include "statistics/change_points/detection.hpp"
#include "statistics/change_points/e_divisive.hpp"
#include "statistics/outliers.hpp"
#include "support/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace reference_series_test {

using namespace assay;
using namespace assay::statistics;

namespace {

using Indices = std::vector<std::size_t>;
using Values = std::vector<double>;

std::optional<json::value> series_file(const std::string& name) {
    const char* const named = std::getenv("ASSAY_REFERENCE_DATA");
    const std::filesystem::path folder =
        named != nullptr ? named : std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared/data";
    if (!std::filesystem::is_directory(folder)) {
        MESSAGE("SKIPPED: no reference data at " << folder.string()
                                                 << " (ASSAY_REFERENCE_DATA names a folder)");
        return std::nullopt;
    }
    auto document = read_json_file((folder / "series" / name).string());
    REQUIRE_MESSAGE(document.ok(), name << " cannot be read in " << folder.string());
    return std::move(*document);
}

Values values_of(const json::value& list) {
    Values values;
    for (const json::value& one : list.as_array()) {
        values.push_back(one.to_number<double>());
    }
    return values;
}

Indices indices_of(const json::value& list) {
    Indices indices;
    for (const json::value& one : list.as_array()) {
        indices.push_back(one.to_number<std::size_t>());
    }
    return indices;
}

Indices indices_of(const Detection& detection) {
    Indices indices;
    for (const ChangePoint& point : detection.points) {
        indices.push_back(point.index);
    }
    return indices;
}

DetectOptions options_of(const json::value& one_case) {
    return {.p_max = one_case.at("max_pvalue").to_number<double>(),
            .window = one_case.at("window_len").to_number<std::size_t>(),
            .min_magnitude = one_case.at("min_magnitude").to_number<double>()};
}

} // namespace

TEST_CASE("hunter finds the change points of Otava's small cases") {
    const auto cases = series_file("otava/small_cases.json");
    if (!cases) {
        return;
    }
    std::size_t checked = 0;
    for (const json::value& one : cases->as_array()) {
        const json::object& fields = one.as_object();
        if (fields.contains("window_len") && fields.contains("expected")) {
            CAPTURE(one.at("name").as_string().c_str());
            const Values values = values_of(one.at("series"));
            const auto found = detect(values, Detector::hunter, options_of(one));
            CHECK(indices_of(found) == indices_of(one.at("expected")));
            ++checked;
        }
    }
    CHECK(checked == 6);
}

TEST_CASE("hunter with carried points finds what Otava finds after values were appended") {
    const auto cases = series_file("otava/small_cases.json");
    if (!cases) {
        return;
    }
    std::size_t checked = 0;
    for (const json::value& one : cases->as_array()) {
        if (!one.as_object().contains("append")) {
            continue;
        }
        CAPTURE(one.at("name").as_string().c_str());
        const DetectOptions options = options_of(one);
        Values values = values_of(one.at("series"));
        const Indices carried = indices_of(detect(values, Detector::hunter, options));
        const Values appended = values_of(one.at("append"));
        values.insert(values.end(), appended.begin(), appended.end());
        Indices found;
        for (const FoundStep& step : find_steps_appended(values,
                                                         appended.size(),
                                                         carried,
                                                         PooledStepTest(),
                                                         {options.window,
                                                          options.p_max,
                                                          options.min_magnitude,
                                                          MergeRule::right_neighbour})) {
            found.push_back(step.index);
        }
        CHECK(found == indices_of(one.at("expected_after_append")));
        if (one.at("name") == "incremental_s2") { // which is why `assay` recomputes everything
            CHECK(indices_of(detect(values, Detector::hunter, options)) == Indices{12});
        }
        ++checked;
    }
    CHECK(checked == 2);
}

TEST_CASE("hunter and assay find the four changes of MongoDB's series, hunter with its p values") {
    const auto list = series_file("mongodb/robust_series.json");
    if (!list) {
        return;
    }
    const Values values = values_of(*list);
    const Indices expected{25, 64, 70, 114};
    const Detection hunter = detect(values, Detector::hunter);
    CHECK(indices_of(hunter) == expected);
    CHECK(indices_of(detect(values, Detector::assay)) == expected);
    const Values p{2.02e-31, 5.71e-8, 4.92e-6, 7.86e-52};
    REQUIRE(hunter.points.size() == p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
        CHECK(hunter.points[i].p == doctest::Approx(p[i]).epsilon(0.005)); // three digits given
    }
}

TEST_CASE("hunter keeps the stale neighbour of its reference, and says 69 without it") {
    const auto list = series_file("mongodb/robust_series.json");
    if (!list) {
        return;
    }
    const Values values = values_of(*list);
    const DetectOptions options{.p_max = 0.01, .window = 30, .min_magnitude = 0.05};
    CHECK(indices_of(detect(values, Detector::hunter, options)) == Indices{25, 64, 114});
    Indices correct;
    for (const FoundStep& step : find_steps(values, PooledStepTest(), {30, 0.01, 0.05})) {
        correct.push_back(step.index);
    }
    CHECK(correct == Indices{25, 69, 114});
}

TEST_CASE("the statistic of every split of MongoDB's series is the published one") {
    const auto list = series_file("mongodb/robust_series.json");
    if (!list) {
        return;
    }
    const Values values = values_of(*list);
    const Values proper =
        values_of(*series_file("mongodb/expected_result_robust_series_proper_division.json"));
    const Values old = values_of(*series_file("mongodb/expected_result_robust_series.json"));
    REQUIRE(proper.size() == values.size());
    REQUIRE(old.size() == values.size());
    for (std::size_t split = 1; split < values.size(); ++split) {
        const double q = split_statistic(values, split, values.size());
        CHECK(std::abs(q - proper[split]) < 1e-6);
        // The older file divided integers: nm/(n+m) lost its fraction.
        const auto n = static_cast<double>(split);
        const double factor =
            n * static_cast<double>(values.size() - split) / static_cast<double>(values.size());
        const double truncated = split + 2 < values.size() ? q / factor * std::floor(factor) : 0;
        CHECK(old[split] == doctest::Approx(truncated).epsilon(1e-9));
    }
}

TEST_CASE("hunter and assay find none and fourteen in MongoDB's short and medium series") {
    struct Known {
        std::string name;
        Indices expected;
    };

    const Indices fourteen{25, 64, 70, 114, 173, 198, 237, 243, 287, 346, 371, 410, 416, 460};
    for (const Detector detector : {Detector::hunter, Detector::assay}) {
        for (const Known& known :
             {Known{"mongodb/short.json", {}}, {"mongodb/medium.json", fourteen}}) {
            const auto file = series_file(known.name);
            if (!file) {
                return;
            }
            CAPTURE(known.name);
            const auto found = indices_of(detect(values_of(file->at("series")), detector));
            CHECK(found == known.expected);
            CHECK(found.size() == file->at("expected").to_number<std::size_t>());
        }
    }
}

TEST_CASE("a real series with outliers has no change point for hunter and assay") {
    const auto list = series_file("mongodb/real_series.json");
    if (!list) {
        return;
    }
    const Values values = values_of(*list);
    CHECK(values == values_of(*series_file("mongodb/mad_series.json")));
    CHECK(detect(values, Detector::hunter).points.empty());
    CHECK(detect(values, Detector::assay).points.empty());
}

TEST_CASE("the outliers of a real series are those that an independent program finds") {
    const auto list = series_file("mongodb/real_series.json");
    if (!list) {
        return;
    }
    // Both variants computed with mpmath's incomplete beta function, 20 digits.
    const Values values = values_of(*list);
    const auto check = [&](OutlierCentre centre, const Values& distances) {
        const Outliers found = find_outliers(values, {.centre = centre});
        CHECK(found.indices == Indices{4, 90});
        REQUIRE(found.steps.size() == 10);
        for (std::size_t i = 0; i < distances.size(); ++i) {
            CHECK(found.steps[i].r == doctest::Approx(distances[i]).epsilon(0.0001));
        }
        CHECK(found.steps[0].critical == doctest::Approx(3.4762).epsilon(0.0001));
        CHECK(found.steps[9].critical == doctest::Approx(3.4533).epsilon(0.0001));
    };
    check(OutlierCentre::mean, {9.8055, 10.4117, 2.5414, 2.3915, 1.9894, 1.9384});
    check(OutlierCentre::mad, {44.2543, 24.8334, 2.7549, 2.1760, 2.1678, 2.0494});
}

} // namespace reference_series_test
