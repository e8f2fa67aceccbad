#include "lanes/canary.hpp"

#include "statistics/summary.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <pthread.h>
#include <random>
#include <sched.h>
#include <thread>

namespace assay::lanes {
namespace {

using Clock = std::chrono::steady_clock;
using measure::KernelKind;
using measure::ReferenceKernel;

constexpr std::size_t kSlicesPerBlock = 3;
constexpr double kSlice_s = 0.7e-3;
constexpr double kNeighbourPortion_s = 20e-6; // how soon it notices that it should stop
constexpr std::array kKinds{KernelKind::alu, KernelKind::memory};

// False where the CPU was taken away meanwhile: then the thread stays where it may be.
bool pin_this_thread(int cpu) noexcept {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    CPU_SET(static_cast<unsigned>(cpu), &mask);
    return ::pthread_setaffinity_np(::pthread_self(), sizeof mask, &mask) == 0;
}

// A thread that works while it is told to, and sleeps otherwise.
class Neighbour {
public:
    explicit Neighbour(bool idle)
        : thread_([this, idle] { live(idle); }) {}

    Neighbour(const Neighbour&) = delete;
    Neighbour& operator=(const Neighbour&) = delete;

    ~Neighbour() { tell(kEnd); }

    // Returns once it works: a wake-up takes longer on a busy machine.
    void begin(KernelKind kind, int cpu) {
        cpu_ = cpu;
        tell(kind == KernelKind::alu ? kAlu : kMemory);
        state_.wait(kIdle);
    }

    // Returns once it sleeps.
    void end() {
        tell(kIdle);
        while (state_.load() != kIdle) {
            state_.wait(kAlu);
            state_.wait(kMemory);
        }
    }

private:
    enum Order : int { kIdle, kAlu, kMemory, kEnd };

    void tell(Order order) {
        order_.store(order);
        order_.notify_one();
    }

    void say(Order state) {
        state_.store(state);
        state_.notify_one();
    }

    void live(bool idle) {
        if (idle) {
            const sched_param none{};
            (void)::pthread_setschedparam(::pthread_self(), SCHED_IDLE, &none);
        }
        std::array kernels{ReferenceKernel(KernelKind::alu), ReferenceKernel(KernelKind::memory)};
        const std::array links{kernels[0].links_for(kNeighbourPortion_s),
                               kernels[1].links_for(kNeighbourPortion_s)};
        for (;;) {
            order_.wait(kIdle);
            const Order order = order_.load();
            if (order == kEnd) {
                return;
            }
            if (order == kIdle) {
                continue;
            }
            if (const int cpu = cpu_.load(); cpu >= 0) {
                pin_this_thread(cpu);
            }
            const std::size_t kind = order == kAlu ? 0 : 1;
            kernels[kind].run(links[kind]); // its caches are warm when it says that it works
            say(order);
            while (order_.load(std::memory_order_relaxed) == order) {
                kernels[kind].run(links[kind]);
            }
            say(kIdle);
        }
    }

    std::atomic<Order> order_ = kIdle, state_ = kIdle;
    std::atomic<int> cpu_ = -1;
    std::jthread thread_; // last: it uses the others
};

// Wall time of the block as a whole: a neighbour who takes the CPU away may hit one slice only.
struct Block {
    std::array<double, kSlicesPerBlock> cpu{};
    double wall = 0;
};

Block take_block(ReferenceKernel& kernel, std::uint64_t links) noexcept {
    Block block;
    kernel.run(links); // lead-in: the neighbour's coming and going has changed the caches
    for (std::size_t i = 0; i < kSlicesPerBlock; ++i) {
        const measure::SliceRecord slice = kernel.slice(links);
        block.cpu[i] = static_cast<double>(std::max<std::uint64_t>(1, slice.thread_cpu_ns));
        block.wall += static_cast<double>(std::max<std::uint64_t>(1, slice.wall_ns));
    }
    return block;
}

double median_log_ratio(const std::array<double, kSlicesPerBlock>& with,
                        const std::array<double, kSlicesPerBlock>& alone) {
    std::array<double, kSlicesPerBlock> ratios{};
    std::ranges::transform(
        with, alone, ratios.begin(), [](double a, double b) { return std::log(a / b); });
    return statistics::median(ratios);
}

class Canary {
public:
    explicit Canary(const CanaryOptions& options)
        : options_(options)
        , random_(options.seed)
        , neighbour_(options.neighbour == NeighbourKind::idle_priority) {
        for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
            links_[kind] = kernels_[kind].links_for(kSlice_s);
        }
    }

    AdmissionTest run() {
        AdmissionTest test(options_.rules);
        const auto until = Clock::now() + std::chrono::duration<double>(options_.seconds);
        while (Clock::now() < until && !(options_.stop && options_.stop())) {
            if (!options_.whole_time && test.ruling() != Ruling::open) {
                break;
            }
            for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
                if (options_.whole_time || test.ruling(kKinds[kind]) == Ruling::open) {
                    test.add(kKinds[kind], take_pair(kind));
                }
            }
        }
        return test;
    }

private:
    CanaryPair take_pair(std::size_t kind) {
        const int neighbours_cpu = choose_cpus();
        std::array<Block, 2> blocks; // alone, with
        const bool with_first = (random_() & 1u) != 0;
        for (const bool with : {with_first, !with_first}) {
            const bool accompanied = with && options_.neighbour != NeighbourKind::none;
            if (accompanied) {
                neighbour_.begin(kKinds[kind], neighbours_cpu);
            }
            blocks[with ? 1 : 0] = take_block(kernels_[kind], links_[kind]);
            if (accompanied) {
                neighbour_.end();
            }
        }
        return {.cpu = median_log_ratio(blocks[1].cpu, blocks[0].cpu),
                .wall = std::log(blocks[1].wall / blocks[0].wall)};
    }

    // Pins the canary; the neighbour's CPU, or -1.
    int choose_cpus() {
        const std::vector<int>& cpus = options_.cpus;
        if (cpus.size() < 2) {
            return -1;
        }
        std::size_t mine = 0;
        std::size_t other = 1;
        if (!options_.fixed) {
            mine = random_() % cpus.size();
            other = (mine + 1 + random_() % (cpus.size() - 1)) % cpus.size();
        } else if ((random_() & 1u) != 0) {
            std::swap(mine, other);
        }
        pin_this_thread(cpus[mine]);
        return cpus[other];
    }

    const CanaryOptions& options_;
    std::mt19937_64 random_;
    std::array<ReferenceKernel, 2> kernels_{ReferenceKernel(KernelKind::alu),
                                            ReferenceKernel(KernelKind::memory)};
    std::array<std::uint64_t, 2> links_{};
    Neighbour neighbour_;
};

} // namespace

CanaryFindings run_canary(const CanaryOptions& options) {
    const auto began = Clock::now();
    CanaryFindings findings;
    // A thread of its own, so that nobody has to undo its pinning.
    std::thread canary([&] { findings.test = Canary(options).run(); });
    canary.join();
    findings.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    return findings;
}

} // namespace assay::lanes
