#include "change_ring.hpp"

#include <doctest/doctest.h>

using assay::selective_updates::ChangeRing;

TEST_CASE("every component changes as often as asked and returns to where it began") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        for (const double share : {0.0, 0.1, 0.15, 0.5, 1.0}) {
            CAPTURE(seed);
            CAPTURE(share);
            const ChangeRing ring({.positions = 20, .components = 4, .values = 3, .share = share},
                                  seed);
            CHECK(ring.changes() == static_cast<std::size_t>(share * 20 + 0.5));
            for (std::size_t component = 0; component < 4; ++component) {
                std::size_t changes = 0;
                for (std::size_t position = 0; position < 20; ++position) {
                    CHECK(ring.value(position, component) < 3);
                    changes += ring.changed(position, component) ? 1 : 0;
                }
                CHECK(changes == ring.changes());
            }
        }
    }
}

TEST_CASE("a single change could not return and becomes two") {
    const ChangeRing ring({.positions = 20, .components = 1, .values = 3, .share = 0.05}, 1);
    CHECK(ring.changes() == 2);
}

TEST_CASE("components and seeds have positions of their own") {
    const ChangeRing one({.positions = 256, .components = 2, .values = 5, .share = 0.3}, 1);
    const ChangeRing again({.positions = 256, .components = 2, .values = 5, .share = 0.3}, 1);
    const ChangeRing other({.positions = 256, .components = 2, .values = 5, .share = 0.3}, 2);
    std::size_t apart = 0, elsewhere = 0;
    for (std::size_t position = 0; position < 256; ++position) {
        CHECK(one.value(position, 0) == again.value(position, 0));
        apart += one.changed(position, 0) != one.changed(position, 1) ? 1 : 0;
        elsewhere += one.changed(position, 0) != other.changed(position, 0) ? 1 : 0;
    }
    CHECK(apart > 50);
    CHECK(elsewhere > 50);
}
