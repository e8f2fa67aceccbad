#include "lanes/lanes.hpp"

#include <assay/plugin.h>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using assay::lanes::DomainTokens;

namespace {

constexpr std::uint32_t kCores = ASSAY_DOMAIN_CORES;
constexpr std::uint32_t kMemory = ASSAY_DOMAIN_MEMORY;
constexpr std::uint32_t kDisk = ASSAY_DOMAIN_DISK;
constexpr std::uint32_t kNetwork = ASSAY_DOMAIN_NETWORK;

// Polls with a generous deadline: what is waited for is an event in another thread.
template <class Condition>
bool becomes_true(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

// Asks for domains on a thread of its own and notes when it got them; keeps them until let go.
class Applicant {
public:
    Applicant(DomainTokens& tokens, std::uint32_t domains, bool exclusive = false)
        : thread_([this, &tokens, domains, exclusive] {
            const auto held = tokens.acquire(domains, exclusive);
            got_ = true;
            let_go_.wait(false);
        }) {}

    Applicant(const Applicant&) = delete;
    Applicant& operator=(const Applicant&) = delete;

    ~Applicant() {
        let_go();
        thread_.join();
    }

    bool gets_it() {
        return becomes_true([this] { return got_.load(); });
    }

    [[nodiscard]] bool has_it() const { return got_; }

    void let_go() {
        let_go_ = true;
        let_go_.notify_all();
    }

private:
    std::atomic<bool> got_ = false, let_go_ = false;
    std::thread thread_;
};

bool waiters_become(const DomainTokens& tokens, std::size_t count) {
    return becomes_true([&] { return tokens.waiting() == count; });
}

} // namespace

TEST_CASE("two cases of one domain are never measured at once") {
    DomainTokens tokens;
    std::atomic<int> inside = 0, most = 0;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < 200; ++turn) {
                const auto held = tokens.acquire(kCores | kMemory);
                const int now = ++inside;
                most = std::max(most.load(), now);
                --inside;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(most == 1);
    CHECK(tokens.waiting() == 0);
}

TEST_CASE("a token protects plain memory from one holder to the next") {
    DomainTokens tokens;
    std::uint64_t counter = 0; // not atomic: the thread sanitizer sees whether the token orders it
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (std::uint32_t thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&tokens, &counter, thread] {
            for (int turn = 0; turn < 500; ++turn) {
                const auto held = tokens.acquire(kMemory | (1u << (8 + thread)));
                ++counter;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(counter == 2000);
}

TEST_CASE("cases of different domains are measured at once") {
    DomainTokens tokens;
    const auto cores = tokens.acquire(kCores | kMemory);
    Applicant disk(tokens, kDisk);
    CHECK(disk.gets_it());
}

TEST_CASE("an overlap in one domain is enough to wait") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> cores(tokens.acquire(kCores | kMemory));
    Applicant both(tokens, kMemory | kDisk);
    CHECK(waiters_become(tokens, 1));
    CHECK_FALSE(both.has_it());
    cores.reset();
    CHECK(both.gets_it());
}

TEST_CASE("a case with many domains is not starved by later small ones") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> cores(tokens.acquire(kCores));
    Applicant large(tokens, kCores | kDisk);
    REQUIRE(waiters_become(tokens, 1));
    // The disk is free, but the large case was first in line for it.
    Applicant small(tokens, kDisk);
    REQUIRE(waiters_become(tokens, 2));
    cores.reset();
    REQUIRE(large.gets_it());
    CHECK(waiters_become(tokens, 1));
    CHECK_FALSE(small.has_it());
    large.let_go();
    CHECK(small.gets_it());
}

TEST_CASE("a case that shares no domain with those in line passes them") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> cores(tokens.acquire(kCores));
    Applicant waits(tokens, kCores | kDisk);
    REQUIRE(waiters_become(tokens, 1));
    Applicant passes(tokens, kNetwork);
    CHECK(passes.gets_it());
    CHECK_FALSE(waits.has_it());
    cores.reset();
    CHECK(waits.gets_it());
}

TEST_CASE("those in line for one domain are served in order of arrival") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> first(tokens.acquire(kCores));
    std::vector<std::unique_ptr<Applicant>> line;
    for (std::size_t place = 1; place <= 5; ++place) {
        line.push_back(std::make_unique<Applicant>(tokens, kCores));
        REQUIRE(waiters_become(tokens, place));
    }
    first.reset();
    for (std::size_t place = 0; place < line.size(); ++place) {
        CAPTURE(place);
        REQUIRE(line[place]->gets_it());
        for (std::size_t later = place + 1; later < line.size(); ++later) {
            CHECK_FALSE(line[later]->has_it());
        }
        line[place]->let_go();
    }
}

TEST_CASE("an exclusive case waits for everybody and everybody waits for it") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> disk(tokens.acquire(kDisk));
    Applicant alone(tokens, 0, true);
    REQUIRE(waiters_become(tokens, 1));
    Applicant network(tokens, kNetwork);
    REQUIRE(waiters_become(tokens, 2));
    disk.reset();
    REQUIRE(alone.gets_it());
    CHECK_FALSE(network.has_it());
    alone.let_go();
    CHECK(network.gets_it());
}

TEST_CASE("a case that names no domain loads cores and memory") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> unnamed(tokens.acquire(0));
    Applicant memory(tokens, kMemory);
    CHECK(waiters_become(tokens, 1));
    Applicant disk(tokens, kDisk);
    CHECK(disk.gets_it());
    unnamed.reset();
    CHECK(memory.gets_it());
}

TEST_CASE("a token that was moved is given back once, by its last holder") {
    DomainTokens tokens;
    std::optional<DomainTokens::Held> outer;
    {
        auto inner = tokens.acquire(kDisk);
        outer.emplace(std::move(inner));
    }
    Applicant next(tokens, kDisk);
    CHECK(waiters_become(tokens, 1));
    CHECK_FALSE(next.has_it());
    outer.reset();
    CHECK(next.gets_it());
}

TEST_CASE("with a second token two cases measure at once, and a third waits") {
    DomainTokens tokens(2);
    std::optional<DomainTokens::Held> first(tokens.acquire(0));
    Applicant second(tokens, kCores | kMemory);
    CHECK(second.gets_it());
    Applicant third(tokens, kCores);
    REQUIRE(waiters_become(tokens, 1));
    CHECK_FALSE(third.has_it());
    first.reset();
    CHECK(third.gets_it());
}

TEST_CASE("a second token is for cores and memory alone") {
    DomainTokens tokens(2);
    std::optional<DomainTokens::Held> disk(tokens.acquire(kDisk));
    Applicant again(tokens, kDisk | kCores);
    REQUIRE(waiters_become(tokens, 1));
    CHECK_FALSE(again.has_it());
    disk.reset();
    CHECK(again.gets_it());
}

TEST_CASE("an exclusive case is alone, however many tokens there are") {
    DomainTokens tokens(2);
    std::optional<DomainTokens::Held> one(tokens.acquire(kMemory));
    Applicant alone(tokens, 0, true);
    REQUIRE(waiters_become(tokens, 1));
    Applicant later(tokens, kMemory);
    REQUIRE(waiters_become(tokens, 2));
    one.reset();
    REQUIRE(alone.gets_it());
    CHECK_FALSE(later.has_it());
    alone.let_go();
    CHECK(later.gets_it());
}

TEST_CASE("a case that takes all tokens of its domains leaves the others free") {
    DomainTokens tokens(2);
    std::optional<DomainTokens::Held> threads(tokens.acquire_all(0));
    Applicant cores(tokens, kCores);
    REQUIRE(waiters_become(tokens, 1));
    Applicant disk(tokens, kDisk);
    CHECK(disk.gets_it());
    CHECK_FALSE(cores.has_it());
    threads.reset();
    CHECK(cores.gets_it());
}

TEST_CASE("no fewer than one token is ever there") {
    DomainTokens tokens(0);
    Applicant one(tokens, 0);
    CHECK(one.gets_it());
}
