#include "workers/pair.hpp"

#include "measure/steal.hpp"
#include "workers/mapped_page.hpp"
#include "workers/pair_desk.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <mutex>
#include <sched.h>
#include <thread>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using std::chrono::steady_clock;

// After its partner's deadline a side may still have to wait until that one is dead.
constexpr std::chrono::milliseconds kPartnerEnds{1'000};

// What one side's driver sees of the turns: its readiness counts together with its partner's.
class SideTurns final : public LaunchTurns {
public:
    struct Shared {
        PairDesk& desk;
        const measure::PairPage& page;
        LaunchTurns& turns; // of the one who asked for the pair
        std::mutex& one_talks;
        std::chrono::nanoseconds longest_wait;
    };

    SideTurns(const Shared& shared, std::uint32_t seat)
        : shared_(shared)
        , seat_(seat) {}

    void acquire() override { shared_.desk.ready(seat_); }

    void release() override { shared_.desk.release(seat_); }

    void on_log(std::int32_t level, std::string_view text) override {
        const std::lock_guard lock(shared_.one_talks);
        shared_.turns.on_log(level, text);
    }

    void on_phase(measure::LaunchPhase phase, std::uint32_t slice) override {
        const std::lock_guard lock(shared_.one_talks);
        shared_.turns.on_phase(phase, slice);
    }

    // The page belongs to the plugins as well: what it says does not put a deadline off for ever.
    [[nodiscard]] std::chrono::nanoseconds waited() const override {
        const auto longest = static_cast<std::uint64_t>(shared_.longest_wait.count());
        const std::uint64_t waited = measure::waited_ns(shared_.page, seat_);
        return std::chrono::nanoseconds(std::min(waited, longest));
    }

private:
    Shared shared_;
    std::uint32_t seat_;
};

std::optional<std::uint64_t> steal_ticks() noexcept {
    const auto ticks = measure::processor_ticks();
    return ticks ? std::optional(ticks->steal) : std::nullopt;
}

// The calling thread leaves that CPU to the workers, if there is another one.
void keep_off(int cpu) noexcept {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (cpu < 0 || cpu >= CPU_SETSIZE || ::sched_getaffinity(0, sizeof mask, &mask) != 0) {
        return;
    }
    CPU_CLR(static_cast<unsigned>(cpu), &mask);
    if (CPU_COUNT(&mask) > 0) {
        ::sched_setaffinity(0, sizeof mask, &mask);
    }
}

// Why the two sides cannot be one pair, or nothing.
std::string mismatch(const PairRequest& request) {
    const measure::LaunchRequest& a = request.sides[0].request;
    const measure::LaunchRequest& b = request.sides[1].request;
    const auto differs = [](const char* what, std::uint64_t left, std::uint64_t right) {
        return std::string("the two sides of a pair differ in ") + what + ": " +
               std::to_string(left) + " and " + std::to_string(right);
    };
    if (a.iterations != b.iterations) {
        return differs("iterations", a.iterations, b.iterations);
    }
    if (a.slices != b.slices) {
        return differs("slices", a.slices, b.slices);
    }
    if (request.first > 1) {
        return "the first seat of a pair is " + std::to_string(request.first) + ", expected 0 or 1";
    }
    return {};
}

void set_failure(LaunchOutcome& outcome, CaseStatus status, std::string reason) {
    outcome.record.status = status;
    outcome.record.reason = std::move(reason);
}

// One pair from its first spawn to its last reaping.
class Pair {
public:
    Pair(const PairRequest& request, LaunchTurns& turns, const Deadline& deadline)
        : request_(request)
        , turns_(turns)
        , deadline_(deadline) {}

    // False: one of them could not be started; the other one is gone again.
    bool start(Supervisor& supervisor, int page_fd);
    void run(measure::PairPage& page);
    void settle();

    PairOutcome outcome;

private:
    void drive(std::uint32_t seat, PairDesk& desk, SideTurns& turns) noexcept;
    void launch_and_quit(std::uint32_t seat, PairDesk& desk, SideTurns& turns);

    const PairRequest& request_;
    LaunchTurns& turns_;
    Deadline deadline_;
    std::array<std::unique_ptr<Worker>, 2> workers_;
};

bool Pair::start(Supervisor& supervisor, int page_fd) {
    for (std::size_t seat = 0; seat < 2; ++seat) {
        WorkerOptions options = request_.sides[seat].worker;
        options.pair_page_fd = page_fd;
        Result<std::unique_ptr<Worker>> started = supervisor.start(options);
        if (!started) {
            const bool cancelled = started.error().kind == ErrorKind::cancelled;
            set_failure(outcome.sides[seat],
                        cancelled ? CaseStatus::cancelled : CaseStatus::failed,
                        started.error().message);
            set_failure(
                outcome.sides[1 - seat], CaseStatus::cancelled, "cancelled before it began");
            if (workers_[0]) {
                outcome.sides[0].death = workers_[0]->quit();
            }
            return false;
        }
        workers_[seat] = std::move(*started);
        outcome.hellos[seat] = workers_[seat]->hello();
    }
    return true;
}

void Pair::run(measure::PairPage& page) {
    PairDesk desk(page, {workers_[0].get(), workers_[1].get()});
    std::mutex one_talks;
    const SideTurns::Shared shared{desk,
                                   page,
                                   turns_,
                                   one_talks,
                                   deadline_.timeout + deadline_.grace + deadline_.quit_grace +
                                       kPartnerEnds};
    std::array<SideTurns, 2> turns{SideTurns(shared, 0), SideTurns(shared, 1)};
    std::array<std::jthread, 2> threads; // joined before anything they use is gone
    try {
        for (std::uint32_t seat = 0; seat < 2; ++seat) {
            threads[seat] = std::jthread([&, seat] { drive(seat, desk, turns[seat]); });
        }
        desk.lend_turn(turns_);
    } catch (...) { // no thread, or no turn: nobody may wait for it
        desk.broke(0);
        desk.broke(1);
        throw;
    }
}

void Pair::drive(std::uint32_t seat, PairDesk& desk, SideTurns& turns) noexcept {
    LaunchOutcome& own = outcome.sides[seat];
    try {
        if (const auto cpu = request_.sides[seat].worker.cpu) {
            keep_off(*cpu);
        }
        launch_and_quit(seat, desk, turns);
    } catch (const std::exception& error) {
        own.record.status = CaseStatus::failed;
        own.record.reason = error.what();
    }
    desk.end(seat);
    if (own.record.status != CaseStatus::passed) {
        desk.broke(seat);
    }
}

void Pair::launch_and_quit(std::uint32_t seat, PairDesk& desk, SideTurns& turns) {
    LaunchOutcome& own = outcome.sides[seat];
    Worker& worker = *workers_[seat];
    if (desk.may_begin(seat)) {
        measure::LaunchRequest request = request_.sides[seat].request;
        request.pair = measure::PairSeat{seat, request_.first};
        own = worker.launch(request, turns, deadline_);
    } else {
        set_failure(own, CaseStatus::cancelled, "cancelled before it began");
    }
    desk.end(seat);
    if (own.record.status != CaseStatus::passed) {
        desk.broke(seat); // now, and not when this worker has said goodbye
    }
    own.death = worker.quit();
    blame_for_its_end(own);
}

// Which of two sides ended first is a matter of microseconds; what each is called must not be.
void Pair::settle() {
    const auto broke = [](const LaunchOutcome& side) {
        return side.record.status != CaseStatus::passed &&
               side.record.status != CaseStatus::cancelled;
    };
    const std::array<bool, 2> broken{broke(outcome.sides[0]), broke(outcome.sides[1])};
    for (std::size_t seat = 0; seat < 2; ++seat) {
        const measure::LaunchRecord& other = outcome.sides[1 - seat].record;
        if (broken[1 - seat] && !broken[seat]) {
            set_failure(outcome.sides[seat],
                        CaseStatus::cancelled,
                        "its partner in the pair ended: " + std::string(name_of(other.status)) +
                            ": " + other.reason);
        }
    }
}

} // namespace

PairOutcome run_pair(Supervisor& supervisor,
                     const PairRequest& request,
                     LaunchTurns& turns,
                     const Deadline& deadline) {
    Pair pair(request, turns, deadline);
    std::string fault = mismatch(request);
    Result<MappedMemory<measure::PairPage>> page = MappedMemory<measure::PairPage>::make();
    if (fault.empty() && !page) {
        fault = page.error().message;
    }
    if (!fault.empty()) {
        for (LaunchOutcome& side : pair.outcome.sides) {
            set_failure(side, CaseStatus::failed, fault);
        }
        return std::move(pair.outcome);
    }
    const std::optional<std::uint64_t> steal_before = steal_ticks();
    const auto before = steady_clock::now();
    if (pair.start(supervisor, page->fd())) {
        pair.run(**page);
    }
    pair.settle();
    pair.outcome.seconds = std::chrono::duration<double>(steady_clock::now() - before).count();
    const std::optional<std::uint64_t> steal_after = steal_ticks();
    if (steal_before && steal_after && *steal_after >= *steal_before) {
        pair.outcome.steal_ticks = *steal_after - *steal_before;
        pair.outcome.cpu_is_known = true;
    }
    return std::move(pair.outcome);
}

} // namespace assay::workers
