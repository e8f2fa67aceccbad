// The project's baselines file: read, changed by what was decided, written again.
//
//   Result<ProjectBaselines> ours = load_project_baselines(invocation, opened.project);
//   ours->set(series, figure, commit, branch);
//   Status written = ours->save();
//
// --file beats the project's .assay/baselines.json. Reads and writes files; one owner.
#pragma once

#include "app/command_table.hpp"
#include "history/baselines_file.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace assay::app {

// --file FILE
OptionSpec baselines_file_option(const std::string& group);

class ProjectBaselines {
public:
    // Errors: those of reading; a file that is not there yet has no figures.
    static Result<ProjectBaselines> load(const std::string& path);

    // Nothing is kept: there is neither a project nor a --file.
    ProjectBaselines() = default;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    [[nodiscard]] const history::BaselinesFile& file() const noexcept { return file_; }

    // The figure under the platform's label. Error (config): the file has that label for another
    // machine, and its figures are never mixed.
    Status set(const history::Series& series, history::BaselineFigure figure);
    // Whether there was one.
    bool remove(const history::Series& series);
    // last_updated, git_commit, branch of a platform; empty: left as they are.
    void sign(const std::string& label,
              std::int64_t now,
              const std::string& commit,
              const std::string& branch);
    void merge(const history::BaselinesFile& more);

    // Atomically; does nothing where nothing is kept.
    [[nodiscard]] Status save() const;

private:
    std::string path_;
    history::BaselinesFile file_;
};

Result<ProjectBaselines>
load_project_baselines(const Invocation& invocation,
                       const std::optional<std::filesystem::path>& project);

} // namespace assay::app
