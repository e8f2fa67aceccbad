// Which runs of a store that several projects share are looked at: those of one project, and those
// that name none, which were recorded before anybody else did.
//
//   scope.project_id = 3;
//   where.also(scope.runs("run"));   // "(run.project_id IS NULL OR run.project_id = 3)"
//
// Plain value, shared by the parts of a store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace assay::history {

struct SqlScope {
    std::optional<std::int64_t> project_id = {}; // nothing: all of them

    // "" where all are looked at.
    [[nodiscard]] std::string runs(const std::string& table) const {
        return project_id ? "(" + table + ".project_id IS NULL OR " + table +
                                ".project_id = " + std::to_string(*project_id) + ")"
                          : "";
    }

    [[nodiscard]] std::string and_runs(const std::string& table) const {
        return project_id ? " AND " + runs(table) : "";
    }

    [[nodiscard]] bool has(const std::optional<std::int64_t>& project) const noexcept {
        return !project_id || !project || *project == *project_id;
    }
};

} // namespace assay::history
