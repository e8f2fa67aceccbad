#include "history/units.hpp"

#include <doctest/doctest.h>

using assay::history::base_unit;
using assay::history::likely_unit;

TEST_CASE("times, bytes and frequencies come to their base units") {
    struct Row {
        const char *source, *base;
        double factor;
    };

    for (const Row& row : {Row{"s", "s", 1},
                           Row{"ms", "s", 1e-3},
                           Row{"us", "s", 1e-6},
                           Row{"\u00B5s", "s", 1e-6},
                           Row{"min", "s", 60},
                           Row{"By", "By", 1},
                           Row{"KiB", "By", 1024},
                           Row{"MB", "By", 1e6},
                           Row{"MiB", "By", 1024.0 * 1024},
                           Row{"GiB", "By", 1024.0 * 1024 * 1024},
                           Row{"kHz", "Hz", 1e3}}) {
        const auto unit = base_unit(row.source);
        CHECK_MESSAGE(unit.unit == row.base, row.source);
        CHECK_MESSAGE(unit.factor == row.factor, row.source);
        CHECK_MESSAGE(unit.known, row.source);
    }
}

TEST_CASE("rates are brought to base units above and below the line") {
    CHECK(base_unit("{token}/s").unit == "{token}/s");
    CHECK(base_unit("{token}/s").factor == 1);
    CHECK(base_unit("1/ms").unit == "1/s");
    CHECK(base_unit("1/ms").factor == doctest::Approx(1000));
    CHECK(base_unit("MiB/min").unit == "By/s");
    CHECK(base_unit("MiB/min").factor == doctest::Approx(1048576.0 / 60));
    CHECK(base_unit("ms/{step}").unit == "s/{step}");
    CHECK(base_unit("ms/{step}").known);
}

TEST_CASE("shares and temperatures stay as they are") {
    for (const char* unit : {"1", "%", "Cel"}) {
        CHECK(base_unit(unit).unit == unit);
        CHECK(base_unit(unit).factor == 1);
        CHECK(base_unit(unit).known);
    }
}

TEST_CASE("an unknown unit is kept and said to be unknown") {
    for (const char* unit :
         {"", "furlong", "furlong/s", "s/furlong", "m/s/s", "{a}{b}", "{}", "S"}) {
        CHECK_MESSAGE(base_unit(unit).unit == unit, unit);
        CHECK_MESSAGE(base_unit(unit).factor == 1, unit);
        CHECK_MESSAGE(!base_unit(unit).known, unit);
    }
}

TEST_CASE("of an unknown unit the known one is found that was probably meant") {
    for (const auto& [told, meant] : {std::pair{"msec", "ms"},
                                      {"secnds", "seconds"},
                                      {"S", "s"},
                                      {"mib", "MiB"},
                                      {"request/s", "{request}/s"},
                                      {"MB/sek", "MB/sec"},
                                      {"furlong", "{furlong}"},
                                      {"x", ""},
                                      {"m/s/s", ""}}) {
        CHECK_MESSAGE(likely_unit(told) == meant, told);
    }
}
