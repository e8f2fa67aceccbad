#include "app/baselines/usual_branch.hpp"

#include "app/session/git_state.hpp"

namespace assay::app {
namespace {

Result<bool> has_runs(history::Store& store, const std::string& branch) {
    const auto rows = store.runs({.branch = branch, .limit = 1});
    return rows ? Result<bool>(!rows->empty()) : rows.error();
}

} // namespace

Result<UsualBranch> usual_branch(history::Store& store, const std::string& checked_out) {
    if (!checked_out.empty()) {
        const auto has = has_runs(store, checked_out);
        if (!has) {
            return has.error();
        }
        if (*has) {
            return UsualBranch{checked_out, "it is checked out"};
        }
    }
    const std::string absent =
        checked_out.empty() ? "" : "'" + checked_out + "', which is checked out, has no runs; ";
    for (const char* const main_line : {"main", "master"}) {
        const auto has = has_runs(store, main_line);
        if (!has) {
            return has.error();
        }
        if (*has) {
            return UsualBranch{main_line, absent + "it is the main line"};
        }
    }
    return UsualBranch{std::nullopt, absent + "there is no run of main or master"};
}

std::string branch_checked_out() {
    return json_string(git_state("."), "branch");
}

} // namespace assay::app
