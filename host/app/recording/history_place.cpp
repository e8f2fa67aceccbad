#include "app/recording/history_place.hpp"

#include "app/installation.hpp"

namespace assay::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStoreVariable = "PERFORMANCE_DB_PATH";
constexpr const char* kRecordingVariable = "ENABLE_PERFORMANCE_RECORDING";

bool is_url(const std::string& text) {
    return text.find("://") != std::string::npos;
}

} // namespace

HistoryPlace history_place(const std::optional<fs::path>& project,
                           const std::optional<std::string>& configured,
                           const Environment& environment,
                           const fs::path& here) {
    const fs::path of_user = data_home(environment) / "assay";
    HistoryPlace place{.store = (of_user / "history.db").string(),
                       .bundles = of_user / "runs",
                       .named_by = "the user's data"};
    if (project) {
        place = {.store = (*project / ".assay" / "history.db").string(),
                 .bundles = *project / ".assay" / "runs",
                 .named_by = "the project"};
    }
    if (configured) {
        place.store = *configured;
        place.named_by = "'history' of the configuration";
    }
    if (const auto variable = environment(kStoreVariable)) {
        place.store =
            is_url(*variable) ? *variable : (here / *variable).lexically_normal().string();
        place.named_by = kStoreVariable;
    }
    if (!project && !is_url(place.store)) {
        place.bundles = fs::path(place.store).parent_path() / "runs";
    }
    return place;
}

Result<Recording>
recording_wish(const Invocation& invocation, const Environment& environment, bool in_project) {
    if (invocation.has("--record") && invocation.has("--no-record")) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--record and --no-record contradict each other",
                     .hint = "give one of them"};
    }
    if (invocation.has("--no-record")) {
        return Recording::off;
    }
    if (invocation.has("--record") || invocation.has("--ci")) {
        return Recording::asked;
    }
    if (const auto variable = environment(kRecordingVariable)) {
        if (*variable == "1" || *variable == "true") {
            return Recording::asked;
        }
        if (*variable == "0" || *variable == "false") {
            return Recording::off;
        }
        return Error{.kind = ErrorKind::usage,
                     .message = std::string(kRecordingVariable) + ": '" + *variable +
                                "' will not do, expected 1, true, 0 or false",
                     .hint = {}};
    }
    if (environment(kStoreVariable)) {
        return Recording::asked;
    }
    return in_project ? Recording::usual : Recording::off;
}

} // namespace assay::app
