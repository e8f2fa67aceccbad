#include "app/baselines/project_baselines.hpp"

#include "app/history/instant.hpp"
#include "history/timestamp.hpp"
#include "support/file.hpp"
#include "tracking/series_baseline.hpp"

#include <system_error>

namespace assay::app {

namespace fs = std::filesystem;

OptionSpec baselines_file_option(const std::string& group) {
    return {.name = "--file",
            .value = "FILE",
            .help = "another baselines file than .assay/baselines.json",
            .group = group,
            .kind = ValueKind::file};
}

Result<ProjectBaselines> ProjectBaselines::load(const std::string& path) {
    ProjectBaselines ours;
    ours.path_ = path;
    std::error_code failed;
    if (!fs::exists(path, failed)) {
        return ours;
    }
    Result<history::BaselinesFile> file = history::read_baselines(path);
    if (!file) {
        return file.error();
    }
    ours.file_ = std::move(*file);
    return ours;
}

Status ProjectBaselines::set(const history::Series& series, history::BaselineFigure figure) {
    history::PlatformBaselines& platform = file_.platforms[series.platform.label];
    const std::string& fingerprint = series.platform.fingerprint;
    if (!platform.fingerprint.empty() && platform.fingerprint != fingerprint) {
        return Error{.kind = ErrorKind::config,
                     .message = path_ + ": '" + series.platform.label + "' is machine " +
                                platform.fingerprint.substr(0, 12) + " there, and this is " +
                                fingerprint.substr(0, 12),
                     .hint = "give this machine a label of its own (PERFORMANCE_PLATFORM), or "
                             "take the old one out of the file"};
    }
    platform.fingerprint = fingerprint;
    platform.figures[history::figure_key(series)] = std::move(figure);
    return {};
}

bool ProjectBaselines::remove(const history::Series& series) {
    if (tracking::figure_in(file_, series) == nullptr) {
        return false;
    }
    file_.platforms.at(series.platform.label).figures.erase(history::figure_key(series));
    return true;
}

void ProjectBaselines::sign(const std::string& label,
                            std::int64_t now,
                            const std::string& commit,
                            const std::string& branch) {
    json::object& metadata = file_.platforms[label].metadata;
    metadata["last_updated"] = history::timestamp_text(now - now % kNanosecondsPerSecond);
    if (!commit.empty()) {
        metadata["git_commit"] = commit;
    }
    if (!branch.empty()) {
        metadata["branch"] = branch;
    }
}

void ProjectBaselines::merge(const history::BaselinesFile& more) {
    history::merge_baselines(file_, more);
}

Status ProjectBaselines::save() const {
    return path_.empty() ? Status{} : write_file_atomically(path_, history::baselines_text(file_));
}

Result<ProjectBaselines> load_project_baselines(const Invocation& invocation,
                                                const std::optional<fs::path>& project) {
    if (const std::optional<std::string> named = invocation.value("--file")) {
        return ProjectBaselines::load(*named);
    }
    if (project) {
        return ProjectBaselines::load((*project / ".assay" / "baselines.json").string());
    }
    return ProjectBaselines{};
}

} // namespace assay::app
