// A chain of multiplications of a length that the build decides: twice the length costs twice the
// time, on every machine.
#include <assay/suite.hpp>

namespace {

constexpr std::uint64_t kLinks = 200'000ULL * SOUNDNESS_LENGTH;

struct Chain {
    explicit Chain(const assay::params&) {}

    std::uint64_t operator()() const {
        std::uint64_t x = 1;
        for (std::uint64_t i = 0; i < kLinks; ++i) {
            x *= 0x9E3779B97F4A7C15ULL;
            asm volatile("" : "+r"(x)); // multiplications by a constant must not become one
        }
        return x;
    }
};

} // namespace

ASSAY_SUITE("org.assay.soundness", "soundness", "1.0.0") {
    s.independent<Chain>("chain");
}
