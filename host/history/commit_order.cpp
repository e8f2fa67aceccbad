#include "history/commit_order.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace assay::history {

CommitOrder::Commit& CommitOrder::commit_of(std::string_view sha) {
    const auto known = commits_.find(sha);
    return known != commits_.end() ? known->second
                                   : commits_.try_emplace(texts_.keep(sha)).first->second;
}

CommitOrder::Added CommitOrder::add(const MeasuredCommit& commit) {
    if (commit.sha.empty()) {
        return {.place = {.when = commit.when}};
    }
    const std::size_t before = commits_.size();
    Commit& known = commit_of(commit.sha);
    const bool is_new = commits_.size() > before;
    const bool moves_others = !is_new && (!known.measured || commit.when < known.when);
    if (!known.measured) {
        known.measured = true;
        known.when = commit.when;
        for (std::size_t i = 0; i < commit.ancestors.size(); ++i) {
            const std::string_view ancestor = commit.ancestors[i];
            if (!ancestor.empty() && ancestor != commit.sha) {
                known.ancestors[i] = &commit_of(ancestor);
            }
        }
    }
    known.when = std::min(known.when, commit.when);
    known.place = is_new ? behind_ancestors(known, known.when) : known.place;
    stale_ = stale_ || moves_others;
    return {.place = behind_ancestors(known, commit.when), .moves_others = moves_others};
}

RunPlace CommitOrder::place_of(std::string_view sha, std::int64_t when) {
    const auto found = sha.empty() ? commits_.end() : commits_.find(sha);
    if (found == commits_.end()) {
        return {.when = when};
    }
    if (stale_) {
        place_all();
    }
    return behind_ancestors(found->second, when);
}

RunPlace CommitOrder::behind_ancestors(const Commit& commit, std::int64_t when) {
    RunPlace place{.when = when};
    for (const Commit* const ancestor : commit.ancestors) {
        // In a ring, which no repository has, somebody has to be first.
        if (ancestor != nullptr && ancestor->measured && ancestor->visit == Visit::done) {
            const RunPlace& before = ancestor->place;
            place = std::max(place, RunPlace{.when = before.when, .step = before.step + 1});
        }
    }
    return place;
}

void CommitOrder::place_all() {
    stale_ = false;
    for (auto& [sha, commit] : commits_) {
        commit.visit = Visit::fresh;
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
        if (next.visit == Visit::fresh) {
            next.visit = Visit::open;
            for (Commit* const ancestor : next.ancestors) {
                if (ancestor != nullptr && ancestor->visit == Visit::fresh) {
                    pending.push_back(ancestor);
                }
            }
            continue;
        }
        pending.pop_back();
        if (next.visit == Visit::open) {
            next.place = behind_ancestors(next, next.when);
            next.visit = Visit::done;
        }
    }
}

} // namespace assay::history
