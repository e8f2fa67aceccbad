// Thousands of seeded mutations of valid input per target: no crash, no hang, bounded memory. The
// fuzz preset goes deeper; this runs in every build and always does the same.
#include "bundled_importer.hpp"
#include "support/file.hpp"
#include "support/frame.hpp"
#include "support/latency_histogram.hpp"
#include "support/plugin_library.hpp"
#include "targets.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <elf.h>
#include <filesystem>
#include <random>
#include <set>
#include <sys/resource.h>
#include <vector>

using namespace assay;

namespace {

constexpr std::uint64_t kSeed = 20240607;
constexpr int kMutations = 10'000;
const std::string kImporterSeeds = std::string(ASSAY_SOURCE_DIR) + "/tests/fuzz/seeds/importers";

// A sanitizer keeps 256 MiB of freed memory aside and pads the rest.
#if defined(__SANITIZE_ADDRESS__)
constexpr long kKilobytesMax = 600'000;
#elif defined(__has_feature)
constexpr long kKilobytesMax = __has_feature(address_sanitizer) ? 600'000 : 100'000;
#else
constexpr long kKilobytesMax = 100'000;
#endif

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

class Mutator {
public:
    // `head`, `tail`: bytes at both ends that are hit more often, where tables stand.
    Mutator(std::size_t head, std::size_t tail)
        : head_(head)
        , tail_(tail)
        , random_(kSeed) {}

    std::string operator()(std::string bytes) {
        const std::size_t changes = 1 + below(4);
        for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
            change(bytes, place(bytes.size()));
        }
        return bytes;
    }

private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    std::size_t place(std::size_t size) {
        switch (random_() % 3) {
        case 0:
            return below(std::min(size, head_));
        case 1:
            return size - 1 - below(std::min(size, tail_));
        default:
            return below(size);
        }
    }

    void change(std::string& bytes, std::size_t at) {
        const std::uint64_t value = kNasty[below(kNasty.size())];
        switch (random_() % 6) {
        case 0:
            bytes[at] = static_cast<char>(random_());
            break;
        case 1:
            std::memcpy(&bytes[at], &value, std::min<std::size_t>(8, bytes.size() - at));
            break;
        case 2:
            std::memcpy(&bytes[at], &value, std::min<std::size_t>(4, bytes.size() - at));
            break;
        case 3: // something else of the same input
            bytes[at] = bytes[below(bytes.size())];
            break;
        case 4:
            bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(16)));
            break;
        default:
            bytes.erase(at, random_() % 8 == 0 ? std::string::npos : 1);
        }
    }

    std::size_t head_, tail_;
    std::mt19937_64 random_;
};

// In an order that is not the folder's.
std::vector<std::string> importer_seeds() {
    std::vector<std::string> seeds;
    for (const auto& entry : std::filesystem::directory_iterator(kImporterSeeds)) {
        const auto text = read_file(entry.path().string());
        REQUIRE(text.ok());
        seeds.push_back(*text);
    }
    std::ranges::sort(seeds);
    return seeds;
}

long peak_kilobytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void run(void (*target)(std::string_view),
         const std::vector<std::string>& inputs,
         Mutator mutate,
         int mutations = kMutations) {
    for (const std::string& input : inputs) {
        target(input);
    }
    const long before = peak_kilobytes();
    for (int i = 0; i < mutations; ++i) {
        INFO("seed ", kSeed, " mutation ", i);
        target(mutate(inputs[static_cast<std::size_t>(i) % inputs.size()]));
    }
    CHECK(peak_kilobytes() - before < kKilobytesMax);
}

} // namespace

TEST_CASE("ten thousand damaged plugins are read or refused without a crash or much memory") {
    const auto plugin = read_file(ASSAY_FUZZ_PLUGIN);
    REQUIRE(plugin.ok());
    run(fuzz::elf_manifest,
        {*plugin},
        Mutator(sizeof(Elf64_Ehdr) + 12 * sizeof(Elf64_Phdr), 40 * sizeof(Elf64_Shdr)));
}

TEST_CASE("ten thousand damaged documents and schemas are read or refused") {
    run(fuzz::json_schema,
        {R"({"n": 8, "impl": "full", "sizes": [1, 2.5, 1e300], "text": "ä", "deep": {"a": null}})",
         R"({"name": "abc", "next": {"name": "d", "next": {}}})",
         R"({"type": "object", "required": ["n"], "additionalProperties": {"type": "string"},
             "properties": {"n": {"type": "integer", "minimum": -1, "default": 3},
                            "l": {"type": ["array", "null"], "items": {"enum": [1, "a", null]}},
                            "o": {"properties": {"x": {"const": {"y": [1]}, "title": "t"}}}}})"},
        Mutator(64, 64));
}

TEST_CASE("ten thousand damaged streams of frames are decoded or refused") {
    std::string stream;
    for (std::uint32_t i = 0; i < 8; ++i) {
        stream += encode_frame(static_cast<std::uint16_t>(i), 1, i, std::string(i * 7, 'x'));
    }
    run(fuzz::frames, {stream, encode_frame(1, 1, 0, "{}")}, Mutator(kFrameHeaderBytes, 64));
}

TEST_CASE("three thousand damaged results of other tools are read or refused by every importer") {
    const std::vector<std::string> seeds = importer_seeds();
    REQUIRE(seeds.size() > 25);
    run(fuzz::importers, seeds, Mutator(128, 128), 3'000);
}

TEST_CASE("every seed of the importers is one that some importer is sure of, and each has one") {
    std::set<std::string> chosen;
    for (const std::string& seed : importer_seeds()) {
        const bool folder = seed.size() > 262 && seed.substr(257, 5) == "ustar";
        std::string best;
        std::int32_t sure = 0;
        for (const std::string& name : test::importer_names()) {
            const std::int32_t answer = test::bundled_importer(name).probe(
                abi_str(folder ? "x/" : "x"), abi_str(seed), seed.size());
            best = answer > sure ? name : best;
            sure = std::max(sure, answer);
        }
        CAPTURE(seed.substr(0, 60));
        CHECK(sure >= 60);
        chosen.insert(best);
    }
    CHECK(chosen.size() == test::importer_names().size());
}

TEST_CASE("ten thousand damaged histograms of latencies are decoded or refused") {
    LatencyHistogram histogram;
    for (std::uint64_t ns = 1; ns < 1'000'000'000; ns = ns * 3 / 2 + 1) {
        histogram.record(ns, ns);
    }
    LatencyHistogram one;
    one.record(7);
    run(fuzz::latencies, {histogram.encode(), one.encode()}, Mutator(32, 32));
}
