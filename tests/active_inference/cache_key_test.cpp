#include "active_inference/cache_key.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

using namespace assay::active_inference;

TEST_CASE("a key is the bytes of its parts in order") {
    CacheKey key;
    key.append(std::uint64_t{0x0807060504030201});
    key.append(std::uint32_t{0x0C0B0A09});
    key.append(std::uint8_t{0x0D});
    REQUIRE(key.view().size() == 13);
    CHECK(key.view()[0] == std::byte{1});
    CHECK(key.view()[12] == std::byte{13});
    CHECK(std::ranges::equal(key.first(8), key.view().first(8)));
}

TEST_CASE("a key takes 64 bytes and refuses the next one") {
    CacheKey key;
    key.append_bytes(std::vector<std::byte>(CacheKey::kBytesMax));
    CHECK_THROWS_AS(key.append(std::uint8_t{1}), std::length_error);
    CHECK(key.view().size() == CacheKey::kBytesMax);
}

TEST_CASE("hashes of short keys differ by length and by every byte") {
    std::set<std::uint64_t> hashes;
    std::size_t keys = 0;
    for (std::size_t size = 0; size <= 20; ++size) {
        std::vector<std::byte> bytes(size);
        hashes.insert(hash_of(bytes));
        ++keys;
        for (std::byte& byte : bytes) {
            for (const int value : {1, 2, 3, 128, 255}) {
                byte = static_cast<std::byte>(value);
                hashes.insert(hash_of(bytes));
                ++keys;
            }
            byte = std::byte{0};
        }
    }
    CHECK(hashes.size() == keys);
}
