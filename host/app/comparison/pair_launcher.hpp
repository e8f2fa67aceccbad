// Where a pair runs: both workers fresh, on one CPU drawn for the pair, each from a library file of
// its own. The rest of a comparison does not know how.
//
//   WorkerPairLauncher pairs(supervisor, options);
//   PairAnswer answer = pairs.run(wish);
//
// One pair at a time.
#pragma once

#include "app/session/session_options.hpp"
#include "measure/launch.hpp"
#include "workers/pair.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace assay::app {

struct PairWish {
    const SessionSuite& old_suite;
    const SessionSuite& new_suite; // the same as the old one for a control
    measure::LaunchRequest old_request, new_request;
    bool new_is_worker_1 = false; // drawn by coin
    bool new_goes_first = false;  // drawn by another
    workers::Deadline deadline;
};

struct PairAnswer {
    workers::LaunchOutcome old_side, new_side;
    double seconds = 0;
    std::uint64_t steal_ticks = 0;
};

class PairLauncher {
public:
    PairLauncher() = default;
    PairLauncher(const PairLauncher&) = delete;
    PairLauncher& operator=(const PairLauncher&) = delete;
    virtual ~PairLauncher() = default;

    virtual PairAnswer run(const PairWish& wish) = 0;
};

class WorkerPairLauncher final : public PairLauncher {
public:
    using OnLog =
        std::function<void(const std::string& case_id, std::int32_t level, std::string_view text)>;

    // `seed` draws the CPU of each pair from the inherited mask; without `pin` none is drawn.
    WorkerPairLauncher(workers::Supervisor& supervisor, bool pin, std::uint64_t seed, OnLog on_log);
    ~WorkerPairLauncher() override;

    PairAnswer run(const PairWish& wish) override;

private:
    Result<std::string> own_copy(const SessionSuite& suite);
    void pin(workers::PairRequest& request, std::size_t first) const;

    workers::Supervisor& supervisor_;
    std::vector<int> cpus_;
    std::mt19937_64 random_;
    OnLog on_log_;
    // Copies of stored libraries, by the stored path: the same file mapped by both workers would
    // share pages, and what shares pages is no independent build.
    std::map<std::string, std::string> copies_;
    std::vector<std::filesystem::path> folders_; // removed at the end
};

} // namespace assay::app
