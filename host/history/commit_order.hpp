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

#include "history/text_arena.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
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
    std::string_view sha;
    std::array<std::string_view, 2> ancestors = {}; // empty: none is known
    std::int64_t when = 0;                          // of the commit, or of the run
};

class CommitOrder {
public:
    struct Added {
        RunPlace place; // of that run, as far as is known
        // Places that were given have changed by it, and are to be asked for anew: an ancestor came
        // after its descendants, or is older than was thought.
        bool moves_others = false;
    };

    Added add(const MeasuredCommit& commit);

    // So many commits are expected in all.
    void reserve(std::size_t commits) { commits_.reserve(commits); }

    // Of a run of that commit, which says that time; a commit that nobody added is placed by time.
    [[nodiscard]] RunPlace place_of(std::string_view sha, std::int64_t when);

private:
    enum class Visit : std::uint8_t { fresh, open, done };

    struct Commit {
        std::array<Commit*, 2> ancestors{}; // null: none is known
        std::int64_t when = 0;              // the earliest that any run of it says
        RunPlace place = {};
        bool measured = false; // else it was but named
        Visit visit = Visit::done;
    };

    // As it is there, else as one that was but named.
    Commit& commit_of(std::string_view sha);
    void place_all();
    void place(Commit& commit);
    [[nodiscard]] static RunPlace behind_ancestors(const Commit& commit, std::int64_t when);

    TextArena texts_;
    // Whose nodes stay where they are.
    std::pmr::unordered_map<std::string_view, Commit> commits_{texts_.memory()};
    bool stale_ = false;
};

} // namespace assay::history
