// Units as UCUM writes them.
#include "worker/conformance/ucum.hpp"

#include <doctest/doctest.h>

namespace assay::worker::conformance {

TEST_CASE("units that measurements use are UCUM") {
    for (const char* unit : {"1",
                             "s",
                             "ns",
                             "us",
                             "ms",
                             "By",
                             "KiBy",
                             "MBy",
                             "By/s",
                             "{hit}",
                             "{hit}/{op}",
                             "1/s",
                             "/s",
                             "%",
                             "10*3/s",
                             "m.s-2",
                             "kg.m2/s3",
                             "bit/s",
                             "(By/s)/{core}",
                             "Cel",
                             "s{cpu}",
                             "GHz",
                             "[ppm]"}) {
        CAPTURE(unit);
        CHECK(unit_fault(unit) == UnitFault::none);
    }
}

TEST_CASE("what breaks the grammar is malformed") {
    for (const char* unit :
         {"", "{hit", "hit}", "By//s", "By/", "(By", "a b", "s)", "{a b}", "[x"}) {
        CAPTURE(unit);
        CHECK(unit_fault(unit) == UnitFault::malformed);
    }
}

TEST_CASE("words that are no units are unknown") {
    for (const char* unit : {"hits", "bytes", "MB", "sec", "ops/s"}) {
        CAPTURE(unit);
        CHECK(unit_fault(unit) == UnitFault::unknown);
    }
}

} // namespace assay::worker::conformance
