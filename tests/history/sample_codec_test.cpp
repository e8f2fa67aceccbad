#include "history/sample_codec.hpp"
#include "history/sample_sketch.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <random>

using namespace assay::history;

namespace {

Samples some_samples() {
    Samples samples;
    samples.launch_medians = {1.25e-6, 1.5e-6, -0.0};
    samples.launches = {{1.25e-6, 1.25e-6, 1.3e-6}, {}, {std::numeric_limits<double>::max()}};
    return samples;
}

Samples numbered(int count) {
    Samples samples;
    samples.launch_medians = {50};
    samples.launches.emplace_back();
    for (int i = count; i > 0; --i) {
        samples.launches[0].push_back(i);
    }
    return samples;
}

} // namespace

TEST_CASE("samples come back bit for bit") {
    const Samples samples = some_samples();
    const EncodedSamples kept = encode(samples);
    CHECK(kept.encoding == sample_encoding::xor_varint);
    const auto read = decode(kept.encoding, kept.body);
    REQUIRE(read.has_value());
    CHECK(read->launch_medians == samples.launch_medians);
    CHECK(std::signbit(read->launch_medians[2]));
    CHECK(read->launches == samples.launches);
}

TEST_CASE("equal neighbours take a byte each") {
    Samples samples;
    samples.launches = {std::vector<double>(100, 1.5e-6)};
    CHECK(encode(samples).body.size() < 120);
}

TEST_CASE("samples of an encoding or version that is not known are unavailable") {
    const EncodedSamples kept = encode(some_samples());
    CHECK_FALSE(decode(sample_encoding::zstd, kept.body).has_value());
    CHECK_FALSE(decode(77, kept.body).has_value());
    std::string newer = kept.body;
    newer[0] = 9;
    CHECK_FALSE(decode(kept.encoding, newer).has_value());
    CHECK_FALSE(decode(kept.encoding, "").has_value());
}

TEST_CASE("samples that are cut off anywhere or followed by more are unavailable") {
    const EncodedSamples kept = encode(some_samples());
    for (std::size_t size = 0; size < kept.body.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(decode(kept.encoding, kept.body.substr(0, size)).has_value());
    }
    CHECK_FALSE(decode(kept.encoding, kept.body + "x").has_value());
}

TEST_CASE("bytes that nobody wrote ask for no more memory than they have") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 40, '\0');
        for (char& byte : bytes) {
            byte = static_cast<char>(random());
        }
        if (!bytes.empty()) {
            bytes[0] = 1;
        }
        const auto read = decode(i % 3, bytes);
        CHECK((!read || read->launches.size() <= bytes.size()));
    }
}

TEST_CASE("a sketch keeps count, ends and 33 quantiles, and the medians of the launches") {
    const Samples kept = sketched(numbered(1001));
    REQUIRE(kept.sketch.has_value());
    CHECK(kept.sketch->count == 1001);
    CHECK(kept.sketch->min == 1);
    CHECK(kept.sketch->max == 1001);
    REQUIRE(kept.sketch->quantiles.size() == kSketchQuantiles);
    CHECK(kept.sketch->quantiles[16] == doctest::Approx(501));
    CHECK(kept.launch_medians == std::vector<double>{50});
    CHECK(kept.launches.empty());

    const EncodedSamples encoded = encode(kept);
    CHECK(encoded.encoding == sample_encoding::sketch);
    const auto read = decode(encoded.encoding, encoded.body);
    REQUIRE(read.has_value());
    CHECK(read->sketch == kept.sketch);
    CHECK(read->launch_medians == kept.launch_medians);
}

TEST_CASE("a sketch of a sketch and of medians alone is what it was") {
    const Samples once = sketched(numbered(100));
    CHECK(sketched(once).sketch == once.sketch);
    Samples medians;
    medians.launch_medians = {1, 2};
    CHECK_FALSE(sketched(medians).sketch.has_value());
}
