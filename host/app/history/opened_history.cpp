#include "app/history/opened_history.hpp"

#include "app/environment.hpp"
#include "app/settings.hpp"

#include <system_error>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

bool is_url(const std::string& place) {
    return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

Result<HistoryPlace> place_of(const Invocation& invocation, std::optional<fs::path>& project) {
    const fs::path here = fs::current_path();
    const Result<Settings> settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return settings.error();
    }
    project = settings->places.project;
    const std::optional<std::string> named = invocation.value("--history");
    // As if the environment named it, with all that follows from that.
    const Environment environment = [&named](const std::string& name) {
        return named && name == "PERFORMANCE_DB_PATH" ? named : process_environment()(name);
    };
    HistoryPlace place = history_place(project, settings->history, environment, here);
    if (invocation.options.contains("--history")) {
        place.named_by = "--history";
    }
    return place;
}

} // namespace

OptionSpec history_option(const std::string& group) {
    return {.name = "--history",
            .value = "PLACE",
            .help = "another history: a file, or postgresql://...",
            .group = group,
            .environment = "PERFORMANCE_DB_PATH",
            .kind = ValueKind::file};
}

Result<OpenedHistory> open_history(const Invocation& invocation, history::StoreOptions options) {
    std::optional<fs::path> project;
    const Result<HistoryPlace> place = place_of(invocation, project);
    if (!place) {
        return place.error();
    }
    std::error_code failed;
    if (!options.create && !is_url(place->store) && !fs::exists(place->store, failed)) {
        return Error{.kind = ErrorKind::missing,
                     .message =
                         "there is no history at " + place->store + " (" + place->named_by + ")",
                     .hint = "'assay run --record' and 'assay history record FILE' begin one; "
                             "--history or PERFORMANCE_DB_PATH names another"};
    }
    Result<std::unique_ptr<history::Store>> store = history::open_store(place->store, options);
    if (!store) {
        return store.error();
    }
    return OpenedHistory{.store = std::move(*store), .bundles = place->bundles, .project = project};
}

} // namespace assay::app
