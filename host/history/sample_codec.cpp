#include "history/sample_codec.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace assay::history {

namespace {

constexpr char kVersion = 1;
constexpr std::size_t kVarintBytesMax = 10;

// Seven bits a byte, the lowest first, the high bit where more follow: LEB128.
void put_varint(std::string& out, std::uint64_t value) {
    std::array<char, kVarintBytesMax> bytes;
    std::size_t count = 0;
    while (value >= 0x80) {
        bytes[count++] = static_cast<char>((value & 0x7f) | 0x80);
        value >>= 7;
    }
    bytes[count++] = static_cast<char>(value);
    out.append(bytes.data(), count);
}

// Neighbours share sign, exponent and the first digits, so the XOR of two has zeros on top, which a
// varint leaves out.
void put_values(std::string& out, std::span<const double> values) {
    out.reserve(out.size() + kVarintBytesMax * (1 + values.size()));
    put_varint(out, values.size());
    std::uint64_t before = 0;
    for (const double value : values) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        put_varint(out, bits ^ before);
        before = bits;
    }
}

// Reads what put_* wrote; after the first thing that is wrong everything is zero and ok() false.
class Reader {
public:
    explicit Reader(std::string_view bytes)
        : bytes_(bytes) {}

    [[nodiscard]] bool ok() const noexcept { return ok_; }

    [[nodiscard]] bool at_end() const noexcept { return ok_ && bytes_.empty(); }

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        ok_ = false;
        return 0;
    }

    // Every value and every list takes a byte at least: no count asks for more memory than that.
    std::size_t count() {
        const std::uint64_t told = varint();
        ok_ = ok_ && told <= bytes_.size();
        return ok_ ? static_cast<std::size_t>(told) : 0;
    }

    std::vector<double> values() {
        std::vector<double> read(count());
        std::uint64_t before = 0;
        for (double& value : read) {
            before ^= varint();
            value = std::bit_cast<double>(before);
        }
        return read;
    }

private:
    std::string_view bytes_;
    bool ok_ = true;
};

Samples read_launches(Reader& reader) {
    Samples samples;
    samples.launch_medians = reader.values();
    samples.launches.resize(reader.count());
    for (std::vector<double>& launch : samples.launches) {
        launch = reader.values();
    }
    return samples;
}

Samples read_sketch(Reader& reader) {
    Samples samples;
    SampleSketch sketch;
    sketch.count = reader.varint();
    samples.launch_medians = reader.values();
    const std::vector<double> ends = reader.values();
    if (ends.size() == 2) {
        sketch.min = ends[0];
        sketch.max = ends[1];
    }
    sketch.quantiles = reader.values();
    samples.sketch = std::move(sketch);
    return samples;
}

} // namespace

bool is_empty(const Samples& samples) noexcept {
    return samples.launch_medians.empty() && samples.launches.empty() && !samples.sketch;
}

EncodedSamples encode(const Samples& samples) {
    EncodedSamples encoded;
    encoded.body.push_back(kVersion);
    if (samples.sketch) {
        encoded.encoding = sample_encoding::sketch;
        put_varint(encoded.body, samples.sketch->count);
        put_values(encoded.body, samples.launch_medians);
        put_values(encoded.body, std::vector<double>{samples.sketch->min, samples.sketch->max});
        put_values(encoded.body, samples.sketch->quantiles);
        return encoded;
    }
    put_values(encoded.body, samples.launch_medians);
    put_varint(encoded.body, samples.launches.size());
    for (const std::vector<double>& launch : samples.launches) {
        put_values(encoded.body, launch);
    }
    return encoded;
}

std::optional<Samples> decode(std::int64_t encoding, std::string_view body) {
    if (body.empty() || body.front() != kVersion) {
        return std::nullopt;
    }
    Reader reader(body.substr(1));
    std::optional<Samples> samples;
    if (encoding == sample_encoding::xor_varint) {
        samples = read_launches(reader);
    } else if (encoding == sample_encoding::sketch) {
        samples = read_sketch(reader);
    }
    return reader.at_end() ? samples : std::nullopt;
}

} // namespace assay::history
