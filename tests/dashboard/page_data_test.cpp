// The packed figures of the page, unpacked as its script does it, are the store's.
#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace page_data_test {

using namespace assay;
using namespace assay::test;

namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::vector<std::uint8_t> from_base64(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        if (c == '=') {
            break;
        }
        group = group << 6U | static_cast<std::uint32_t>(kDigits.find(c));
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(group >> static_cast<unsigned>(bits)));
        }
    }
    return bytes;
}

std::vector<double> unpacked(std::string_view text, double step) {
    std::vector<double> values;
    std::uint64_t number = 0;
    unsigned shift = 0;
    std::int64_t before = 0;
    for (const std::uint8_t byte : from_base64(text)) {
        number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        shift += 7;
        if ((byte & 0x80U) == 0) {
            const auto half = static_cast<std::int64_t>(number >> 1U);
            before += (number & 1U) != 0 ? -half - 1 : half;
            values.push_back(static_cast<double>(before) * step);
            number = 0;
            shift = 0;
        }
    }
    return values;
}

// Of character `at`: how far the end lies from the value; NaN: there is none.
double width_at(const json::object& series, std::size_t at) {
    const std::string_view text = series.at("i").as_string();
    const auto code = static_cast<double>(kDigits.find(text.at(at)));
    if (code < 2) {
        return code == 1 ? 0 : std::nan("");
    }
    const double least = series.at("ir").at(0).to_number<double>();
    const double most = series.at("ir").at(1).to_number<double>();
    return least * std::pow(most / least, (code - 2) / 61);
}

json::object data_of(const std::string& page) {
    const auto parsed =
        parse_json(between(page, "<script type=\"application/json\" id=\"data\">", "</script>"));
    REQUIRE_MESSAGE(parsed.ok(), parsed.error().message);
    return parsed->as_object();
}

// Figures without nulls, and the ends beside them.
struct Columns {
    std::vector<double> center, low, high;
};

Columns columns_of(const json::value& points) {
    Columns columns;
    const json::array& centers = points.at("center").as_array();
    for (std::size_t i = 0; i < centers.size(); ++i) {
        if (!centers[i].is_null()) {
            columns.center.push_back(centers[i].to_number<double>());
            columns.low.push_back(points.at("low").at(i).to_number<double>());
            columns.high.push_back(points.at("high").at(i).to_number<double>());
        }
    }
    return columns;
}

} // namespace

TEST_CASE("figures in the page are those of the document to half a step, counts exactly") {
    const ShownProject project({.series = 12, .runs = 50});
    const json::object data = data_of(project.page());
    const json::object document = project.document();
    const json::array& told = document.at("branches").at(0).at("series").as_array();
    const json::array& packed = data.at("series").as_array();
    REQUIRE(packed.size() == told.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        const json::object& series = packed[i].as_object();
        CHECK(series.at("c") == told[i].at("case"));
        const Columns columns = columns_of(told[i].at("points"));
        const double step = series.at("q").to_number<double>();
        const std::vector<double> values = unpacked(series.at("v").as_string(), step);
        REQUIRE(values.size() == columns.center.size());
        for (std::size_t k = 0; k < values.size(); ++k) {
            CHECK(std::abs(values[k] - columns.center[k]) <= step * 0.501);
            CHECK(step <= std::abs(columns.center[k]) * 1e-4);
            const double below = columns.center[k] - columns.low[k];
            const double above = columns.high[k] - columns.center[k];
            CHECK(width_at(series, 2 * k) == doctest::Approx(below).epsilon(0.1));
            CHECK(width_at(series, 2 * k + 1) == doctest::Approx(above).epsilon(0.1));
        }
        if (told[i].at("unit") == "By") {
            CHECK(values == columns.center);
        }
    }
}

TEST_CASE("runs that broke have their place in the page and no figure") {
    const ShownShape shape{.series = 8, .runs = 40};
    const ShownProject project(shape);
    const json::object data = data_of(project.page());
    for (const json::value& one : data.at("series").as_array()) {
        const json::object& series = one.as_object();
        const bool breaks = series.at("c") == shown_case(5, shape).c_str();
        CHECK(series.contains("x") == breaks);
        if (breaks) {
            const std::size_t broken = series.at("x").as_array().size() / 2;
            const auto values =
                unpacked(series.at("v").as_string(), series.at("q").to_number<double>());
            CHECK(values.size() + broken == 40);
            CHECK(series.at("x").at(1).as_string() == "crashed");
            CHECK(series.at("o").as_string() == "failed");
        }
    }
}

} // namespace page_data_test
