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
#include <unordered_set>
#include <vector>

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
    // False where places that were given may have changed by it: an ancestor came after its
    // descendants, or is older than was thought.
    bool add(const MeasuredCommit& commit);

    // Of a run of that commit, which says that time; a commit that nobody added is placed by time.
    [[nodiscard]] RunPlace place_of(const std::string& sha, std::int64_t when);

private:
    struct Commit {
        std::array<std::string, 2> ancestors;
        std::int64_t when = 0; // the earliest that any run of it says
        RunPlace place = {};
        enum class Visit { fresh, open, done } visit = Visit::fresh;
    };

    void place_all();
    void place(Commit& commit);
    [[nodiscard]] RunPlace behind_ancestors(const Commit& commit, std::int64_t when) const;

    std::unordered_map<std::string, Commit> commits_;
    std::unordered_set<std::string> awaited_; // named as ancestors, and not added yet
    bool stale_ = false;
};

} // namespace assay::history
