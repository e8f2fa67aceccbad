#include "calibration.hpp"

#include "body.hpp"
#include "statistics/summary.hpp"

#include <functional>
#include <random>
#include <stdexcept>
#include <time.h>
#include <vector>

namespace proof {

namespace {

constexpr int kWarmUps = 5;
constexpr int kReadings = 25; // of each, alternating

double thread_cpu_ns() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Thread CPU time: the work alone, whatever else runs on the machine.
double time_of(const std::function<void()>& work) {
    const double begin = thread_cpu_ns();
    work();
    return thread_cpu_ns() - begin;
}

using Body = std::uint64_t (*)(std::uint64_t);

Body body_named(const std::string& name) {
    if (name == "alu") {
        return [](std::uint64_t links) { return alu(links); };
    }
    if (name == "allocating") {
        return [](std::uint64_t links) { return allocating(links); };
    }
    throw std::runtime_error("no body is called '" + name + "': expected alu or allocating");
}

void keep(std::uint64_t value) {
    asm volatile("" : : "r"(value));
}

// Twice: the allocating body leaves its free lists in the opposite order, and every second
// execution takes 7 % longer than the one before. A reading holds one of each.
double reading_of(const std::function<void()>& work) {
    return time_of([&] {
        work();
        work();
    });
}

// The median of second / first over readings in random order: a fixed one would fall into step with
// the allocator's.
double ratio_of(const std::function<void()>& first, const std::function<void()>& second) {
    std::mt19937_64 random(std::random_device{}());
    std::vector<double> ratios;
    for (int i = 0; i < kWarmUps + kReadings; ++i) {
        const bool swapped = (random() & 1u) != 0;
        const double one = reading_of(swapped ? second : first);
        const double other = reading_of(swapped ? first : second);
        if (i >= kWarmUps) {
            ratios.push_back(swapped ? one / other : other / one);
        }
    }
    return assay::statistics::median(ratios);
}

} // namespace

double links_of_body(const std::string& body) {
    const Body run = body_named(body);
    const double chains_per_body =
        ratio_of([] { keep(multiply_chain(1, kAluLinks)); }, [run] { keep(run(0)); });
    return chains_per_body * static_cast<double>(kAluLinks);
}

double ratio_with_links(const std::string& body, std::uint64_t links) {
    const Body run = body_named(body);
    return ratio_of([run] { keep(run(0)); }, [run, links] { keep(run(links)); });
}

} // namespace proof
