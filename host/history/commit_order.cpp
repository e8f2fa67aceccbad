#include "history/commit_order.hpp"

#include <algorithm>

namespace assay::history {

bool CommitOrder::add(const MeasuredCommit& commit) {
    if (commit.sha.empty()) {
        return true;
    }
    const auto [found, is_new] = commits_.try_emplace(commit.sha);
    Commit& known = found->second;
    if (!is_new) {
        const bool older = commit.when < known.when;
        known.when = std::min(known.when, commit.when);
        stale_ = stale_ || older;
        return !older;
    }
    known.when = commit.when;
    for (std::size_t i = 0; i < commit.ancestors.size(); ++i) {
        const std::string& ancestor = commit.ancestors[i];
        if (ancestor.empty() || ancestor == commit.sha) {
            continue;
        }
        known.ancestors[i] = ancestor;
        if (!commits_.contains(ancestor)) {
            awaited_.insert(ancestor);
        }
    }
    if (awaited_.erase(commit.sha) > 0) {
        stale_ = true;
        return false;
    }
    known.place = behind_ancestors(known, known.when);
    known.visit = Commit::Visit::done;
    return true;
}

RunPlace CommitOrder::place_of(const std::string& sha, std::int64_t when) {
    const auto found = sha.empty() ? commits_.end() : commits_.find(sha);
    if (found == commits_.end()) {
        return {.when = when};
    }
    if (stale_) {
        place_all();
    }
    return behind_ancestors(found->second, when);
}

RunPlace CommitOrder::behind_ancestors(const Commit& commit, std::int64_t when) const {
    RunPlace place{.when = when};
    for (const std::string& name : commit.ancestors) {
        const auto ancestor = name.empty() ? commits_.end() : commits_.find(name);
        // In a ring, which no repository has, somebody has to be first.
        if (ancestor == commits_.end() || ancestor->second.visit != Commit::Visit::done) {
            continue;
        }
        const RunPlace& before = ancestor->second.place;
        place = std::max(place, RunPlace{.when = before.when, .step = before.step + 1});
    }
    return place;
}

void CommitOrder::place_all() {
    stale_ = false;
    for (auto& [sha, commit] : commits_) {
        commit.visit = Commit::Visit::fresh;
    }
    for (auto& [sha, commit] : commits_) {
        place(commit);
    }
}

// Ancestors first. A line of commits is as long as the project is old: no recursion.
void CommitOrder::place(Commit& commit) {
    std::vector<Commit*> pending{&commit};
    while (!pending.empty()) {
        Commit& next = *pending.back();
        if (next.visit == Commit::Visit::fresh) {
            next.visit = Commit::Visit::open;
            for (const std::string& name : next.ancestors) {
                const auto ancestor = name.empty() ? commits_.end() : commits_.find(name);
                if (ancestor != commits_.end() && ancestor->second.visit == Commit::Visit::fresh) {
                    pending.push_back(&ancestor->second);
                }
            }
            continue;
        }
        pending.pop_back();
        if (next.visit == Commit::Visit::open) {
            next.place = behind_ancestors(next, next.when);
            next.visit = Commit::Visit::done;
        }
    }
}

} // namespace assay::history
