#include "workers/environment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace assay::workers {

namespace {

const std::vector<const char*> kInherited = {"PATH=/usr/bin",
                                             "LC_ALL=C",
                                             "SECRET_TOKEN=abc",
                                             "OMP_NUM_THREADS=2",
                                             "TMPDIR=/somewhere/else",
                                             "ASSAY_PADDING=xxx",
                                             "LD_PRELOAD=evil.so",
                                             "ASAN_OPTIONS=a=b",
                                             nullptr};

bool has(const Environment& environment, const std::string& entry) {
    return std::ranges::find(environment.variables, entry) != environment.variables.end();
}

} // namespace

TEST_CASE("a worker sees the variables of the allow-list and no others") {
    const Environment environment = worker_environment(kInherited.data(), "/scratch", 1);
    CHECK(has(environment, "PATH=/usr/bin"));
    CHECK(has(environment, "LC_ALL=C"));
    CHECK(has(environment, "OMP_NUM_THREADS=2"));
    CHECK(has(environment, "ASAN_OPTIONS=a=b"));
    CHECK(has(environment, "TMPDIR=/scratch"));
    CHECK(environment.variables.size() == 6); // and the padding
}

TEST_CASE("a worker is preloaded with what its host names alone, never with what was inherited") {
    const Environment plain = worker_environment(kInherited.data(), "/scratch", 1);
    CHECK_FALSE(has(plain, "LD_PRELOAD=evil.so"));
    const Environment preloaded =
        worker_environment(kInherited.data(), "/scratch", 1, "/lib/counter.so");
    CHECK(has(preloaded, "LD_PRELOAD=/lib/counter.so"));
    CHECK_FALSE(has(preloaded, "LD_PRELOAD=evil.so"));
    CHECK(preloaded.variables.back().starts_with(kPaddingName));
}

TEST_CASE("the size of the environment follows the seed within its bounds") {
    std::set<std::uint32_t> sizes;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Environment environment = worker_environment(nullptr, "/scratch", seed);
        CHECK(environment.padding < 4096);
        CHECK(environment.variables.back().size() == environment.padding + kPaddingName.size() + 1);
        sizes.insert(environment.padding);
    }
    CHECK(sizes.size() > 150);
    CHECK(worker_environment(nullptr, "/s", 7).padding ==
          worker_environment(nullptr, "/s", 7).padding);
}

} // namespace assay::workers
