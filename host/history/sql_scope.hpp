// Which runs of a store that several projects share are looked at: those of one project, or those
// that name none, which were recorded before anybody gave them a name.
//
//   scope.project_id = 3;
//   where.also(scope.runs("run"));   // "run.project_id = 3"
//
// Plain value, shared by the parts of a store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace assay::history {

struct SqlScope {
    std::optional<std::int64_t> project_id = {}; // nothing: all of them
    bool nameless = false;                       // of no project, instead

    [[nodiscard]] bool is_narrow() const noexcept { return project_id || nameless; }

    // "" where all are looked at.
    [[nodiscard]] std::string runs(const std::string& table) const {
        return nameless     ? table + ".project_id IS NULL"
               : project_id ? table + ".project_id = " + std::to_string(*project_id)
                            : "";
    }

    [[nodiscard]] std::string and_runs(const std::string& table) const {
        return is_narrow() ? " AND " + runs(table) : "";
    }

    // The same of an outer join: what rests on no run at all is everybody's.
    [[nodiscard]] std::string and_runs_or_none(const std::string& table) const {
        return is_narrow() ? " AND (" + table + ".id IS NULL OR " + runs(table) + ")" : "";
    }

    [[nodiscard]] bool has(const std::optional<std::int64_t>& project) const noexcept {
        return nameless ? !project : !project_id || project == project_id;
    }
};

} // namespace assay::history
