// 10 000 seeded mutations of a real plugin: no crash, no hang, bounded memory. The fuzz targets go
// deeper (tests/fuzz); this runs in every build.
#include "catalog/elf.hpp"
#include "catalog/manifest.hpp"
#include "elf_builder.hpp"
#include "support/file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <sys/resource.h>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

constexpr std::uint64_t kSeed = 20240607;
constexpr int kMutations = 10'000;

// Values that length and offset checks get wrong.
constexpr std::array<std::uint64_t, 10> kNasty{0,
                                               1,
                                               0x7f,
                                               0xffff,
                                               0x7fffffff,
                                               0xffffffff,
                                               std::uint64_t{1} << 60,
                                               ~std::uint64_t{0},
                                               ~std::uint64_t{0} - 63,
                                               std::uint64_t{1} << 63};

void mutate(std::string& bytes, std::mt19937_64& random) {
    const auto below = [&](std::size_t limit) {
        return static_cast<std::size_t>(random() % limit);
    };
    // Half of the changes hit what the reader looks at: header and tables.
    const auto place = [&]() -> std::size_t {
        const std::size_t tables = sizeof(Elf64_Ehdr) + 12 * sizeof(Elf64_Phdr);
        switch (random() % 3) {
        case 0:
            return below(std::min(bytes.size(), tables));
        case 1:
            return bytes.size() - 1 -
                   below(std::min<std::size_t>(bytes.size(), 40 * sizeof(Elf64_Shdr)));
        default:
            return below(bytes.size());
        }
    };
    for (std::size_t i = 0, changes = 1 + below(4); i < changes && !bytes.empty(); ++i) {
        const std::size_t at = place();
        const std::uint64_t value = kNasty[below(kNasty.size())];
        switch (random() % 4) {
        case 0:
            bytes[at] = static_cast<char>(random());
            break;
        case 1:
            std::memcpy(&bytes[at], &value, std::min<std::size_t>(8, bytes.size() - at));
            break;
        case 2:
            std::memcpy(&bytes[at], &value, std::min<std::size_t>(4, bytes.size() - at));
            break;
        default:
            if (random() % 8 == 0) {
                bytes.resize(at);
            }
        }
    }
}

// Everything the reader can be asked, as the fuzz target does.
bool exercise(const std::string& bytes) {
    const auto image = ElfImage::from_bytes(bytes);
    if (!image) {
        return false;
    }
    const auto text = manifest_text(*image);
    const bool valid = text && parse_manifest(*text).ok();
    (void)image->dynamic();
    (void)image->exported_symbols();
    (void)image->version_needs();
    (void)image->build_id();
    (void)image->executable_stack();
    return valid;
}

long peak_kilobytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

TEST_CASE("ten thousand damaged plugins are read or refused without a crash or much memory") {
    const auto whole = read_file(std::string(ASSAY_CATALOG_FIXTURES) + "/fixture.assay.so");
    REQUIRE(whole.ok());
    REQUIRE(exercise(*whole));
    const long before = peak_kilobytes();
    std::mt19937_64 random(kSeed);
    int valid = 0;
    for (int i = 0; i < kMutations; ++i) {
        std::string bytes = *whole;
        INFO("seed ", kSeed, " mutation ", i);
        mutate(bytes, random);
        valid += exercise(bytes) ? 1 : 0;
    }
    CHECK(valid > 0);          // the mutations are not all trivial,
    CHECK(valid < kMutations); // and not all without effect
    CHECK(peak_kilobytes() - before < 100'000);
}
