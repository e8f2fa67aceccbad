#include "measure/handicap.hpp"

#include "measure/work_time.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::measure {
namespace {

// Far longer than the clock costs, short beside a slice's lead-in.
constexpr std::uint64_t kReadingLinks = 200'000;
constexpr double kLinksMax = 1e15;

double link_seconds() {
    return median_work_s([] { multiply_chain(kReadingLinks); }) /
           static_cast<double>(kReadingLinks);
}

} // namespace

[[gnu::noinline]] void multiply_chain(std::uint64_t links) noexcept {
    std::uint64_t x = links | 1;
    for (std::uint64_t i = 0; i < links; ++i) {
        x *= 0x9E3779B97F4A7C15u;
        asm volatile("" : "+r"(x)); // one multiplication per link, whatever -O says
    }
}

Handicap handicap_for(double share, double slice_s) {
    Handicap handicap;
    if (!(share > 0) || !(slice_s > 0)) {
        return handicap;
    }
    handicap.link_s = link_seconds();
    const double links = std::clamp(share * slice_s / handicap.link_s, 1.0, kLinksMax);
    handicap.links = static_cast<std::uint64_t>(std::llround(links));
    return handicap;
}

std::string describe(const Handicap& handicap, double share) {
    char text[128];
    std::snprintf(text,
                  sizeof text,
                  "handicap: %.3g %% of a slice: %llu multiplications of %.3g ns",
                  100 * share,
                  static_cast<unsigned long long>(handicap.links),
                  handicap.link_s * 1e9);
    return text;
}

} // namespace assay::measure
