// Which repository runs were made in: a project is found by its name, and two repositories may have
// one name.
//
//   keep_root_commit("4f2c1d0...", run);                        // beside the run's other metadata
//   if (const auto other = other_repository(run, *store->run_facts({.project = run.project})))
//       say(*other);   // "the one that begins with commit 4f2c1d0"
//
// A repository is known by the address of its origin, and one without by its first commit.
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "history/store.hpp"

#include <optional>
#include <span>
#include <string>

namespace assay::history {

// Nothing is kept of an empty one.
void keep_root_commit(const std::string& sha, Run& run);

// "git@host:people/app.git" and "https://host/people/app" are one.
[[nodiscard]] bool is_same_repository(const std::string& url, const std::string& other_url);

// In words, the repository of one of the others where it is certainly not the run's own; nothing
// where all are of one, or none says which it is of.
[[nodiscard]] std::optional<std::string> other_repository(const Run& run,
                                                          std::span<const RunFacts> others);

} // namespace assay::history
