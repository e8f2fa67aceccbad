// An embedder whose vectors a test tells, and a clock that it sets.
//
//   const auto embedder = told_embedder({{"cat", {1, 0}}, {"dog", {0.8f, 0.6f}}});
//   ToldTime time;
//   SemanticStore store(embedder, {.clock = time.clock()});
//   time.now += std::chrono::seconds(5);
#pragma once

#include "caching/semantic_store.hpp"

#include <map>

namespace caching_test {

using Told = std::map<std::string, std::vector<float>, std::less<>>;

// Text that is not told is a vector of zeros. All told vectors have one dimension.
[[nodiscard]] std::shared_ptr<const assay::retrieval::Embedder>
told_embedder(Told vectors, std::string name = "told");

struct ToldTime {
    assay::caching::Duration now = std::chrono::hours(5);

    [[nodiscard]] assay::caching::MonotonicClock clock() {
        return [this] { return now; };
    }
};

} // namespace caching_test
