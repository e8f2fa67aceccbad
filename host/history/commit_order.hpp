// The order of runs by the commits that they measured, without a repository to ask: each run says
// its commit, the parent of that, and where its branch left another.
//
//   CommitOrder commits;
//   commits.add({.sha = "b", .ancestors = {"a"}, .when = 90});
//   commits.add({.sha = "a", .when = 100});           // by a clock that went wrong since
//   commits.place_of("b", 90) > commits.place_of("a", 100);
//
// A commit stands where its time puts it, but behind every recorded ancestor: rebased commits of
// one second, and those of a clock that is slow, keep their order. What has no recorded link to the
// others is placed by time alone. Pure; one thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace assay::history {

// Where a run stands among others: by time, and among those that a wrong clock would have put
// before their ancestors by how many links they are behind.
struct RunPlace {
    std::int64_t when = 0; // nanoseconds
    std::int64_t step = 0;

    friend auto operator<=>(const RunPlace&, const RunPlace&) = default;
};

struct MeasuredCommit {
    std::string sha;
    std::array<std::string, 2> ancestors = {}; // empty: none is known
    std::int64_t when = 0;                     // of the commit, or of the run
};

class CommitOrder {
public:
    struct Added {
        RunPlace place; // of that run, as far as is known
        // Places that were given have changed by it, and are to be asked for anew: an ancestor came
        // after its descendants, or is older than was thought.
        bool moves_others = false;
    };

    Added add(MeasuredCommit commit);

    // Of a run of that commit, which says that time; a commit that nobody added is placed by time.
    [[nodiscard]] RunPlace place_of(const std::string& sha, std::int64_t when);

private:
    enum class Visit : std::uint8_t { fresh, open, done };

    struct Commit {
        std::array<Commit*, 2> ancestors{}; // null: none is known
        std::int64_t when = 0;              // the earliest that any run of it says
        RunPlace place = {};
        bool measured = false; // else it was but named
        Visit visit = Visit::done;
    };

    void place_all();
    void place(Commit& commit);
    [[nodiscard]] static RunPlace behind_ancestors(const Commit& commit, std::int64_t when);

    std::unordered_map<std::string, Commit> commits_; // whose nodes stay where they are
    bool stale_ = false;
};

} // namespace assay::history
