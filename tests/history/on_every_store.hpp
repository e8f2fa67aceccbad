// A check on an empty store of every kind that can be kept here.
//
//   on_every_store([](Store& store) { REQUIRE(store.record(run(1)).ok()); });
//
// Within a test case.
#pragma once

#include "histories.hpp"

#include <doctest/doctest.h>

namespace assay::history::test {

template <class Check>
void on_every_store(const Check& check) {
    for (const StoreKind& kind : store_kinds()) {
        CAPTURE(kind.name);
        const auto place = kind.make();
        const auto store = opened(*place);
        check(*store);
    }
}

} // namespace assay::history::test
