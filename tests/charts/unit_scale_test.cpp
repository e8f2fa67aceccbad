#include "charts/layout/draw_bars.hpp"
#include "charts/palette.hpp"
#include "charts/unit_scale.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace unit_scale_test {

using namespace assay::charts;

TEST_CASE("figures are told in the unit that reads best") {
    CHECK(value_text(271.9e-6, "s") == "271.9 \u00B5s");
    CHECK(value_text(9.59e-8, "s") == "95.9 ns");
    CHECK(value_text(0.999996, "s") == "1 s");
    CHECK(value_text(0, "s") == "0 s");
    CHECK(value_text(7200, "s") == "7200 s");
    CHECK(value_text(65536, "By") == "64 KiB");
    CHECK(value_text(1.5e9, "By/s") == "1.397 GiB/s");
    CHECK(value_text(12345, "1/s") == "12.35k/s");
    CHECK(value_text(1234, "{hits}") == "1234 hits");
    CHECK(value_text(4.2e6, "{hits}") == "4.2M hits");
    CHECK(value_text(0.97, "1") == "0.97");
    CHECK(value_text(12.5, "%") == "12.5 %");
    CHECK(value_text(3, "frobs") == "3 frobs");
    CHECK(value_text(0.25, "{hit}/{request}") == "0.25 hit/request");
    CHECK(value_text(1500, "ns") == "1.5 \u00B5s");
    CHECK(value_text(12, "ms") == "12 ms");
    CHECK(value_text(std::numeric_limits<double>::quiet_NaN(), "s") == "\u2013");
}

TEST_CASE("a change has a sign and no minus zero") {
    CHECK(change_text(0.136) == "+13.6 %");
    CHECK(change_text(-0.182) == "-18.2 %");
    CHECK(change_text(-0.0001) == "0.0 %");
    CHECK(change_text(0.0001) == "0.0 %");
    CHECK(change_text(3.21) == "+321 %");
    CHECK(change_text(std::numeric_limits<double>::infinity()) == "\u2013");
}

TEST_CASE("every role has a name and colours that can be seen on their ground") {
    for (const Ground ground : {Ground::light, Ground::dark}) {
        const Colour surface = colour_of(Role::surface, ground);
        for (const Role role : {Role::text, Role::dim, Role::bad, Role::good, Role::accent}) {
            CAPTURE(role_name(role));
            CHECK(contrast(colour_of(role, ground), surface) >= 4.5); // texts, by WCAG 2
        }
        for (std::size_t i = 0; i < kSeriesRoles; ++i) {
            CAPTURE(role_name(series_role(i)));
            CHECK(contrast(colour_of(series_role(i), ground), surface) >= 3); // graphics
            for (std::size_t k = 0; k < i; ++k) {
                CHECK(role_name(series_role(i)) != role_name(series_role(k)));
                CHECK_FALSE(colour_of(series_role(i), ground) == colour_of(series_role(k), ground));
            }
        }
    }
    CHECK(hex_text(colour_of(Role::bad, Ground::light)) == "#b3261e");
    CHECK(hex_text(colour_of(Role::good, Ground::dark)) == "#56d4a5");
}

TEST_CASE("numbers on every shade of a heat map can be read") {
    for (const Ground ground : {Ground::light, Ground::dark}) {
        double before = ground == Ground::light ? 22 : 0;
        for (std::size_t i = 0; i < kRampRoles; ++i) {
            const Role ramp = ramp_role(static_cast<double>(i) / 8);
            CAPTURE(role_name(ramp));
            CHECK(contrast(colour_of(ramp, ground), colour_of(text_role_on(ramp), ground)) >= 4);
            // Each step differs from the ground by more, so the order is seen without colour.
            const double step = contrast(colour_of(ramp, ground), {0, 0, 0});
            CHECK((ground == Ground::light ? step < before : step > before));
            before = step;
        }
    }
    CHECK(ramp_role(0) == Role::ramp_0);
    CHECK(ramp_role(1) == Role::ramp_7);
    CHECK(ramp_role(0.5) == Role::ramp_4);
}

} // namespace unit_scale_test
