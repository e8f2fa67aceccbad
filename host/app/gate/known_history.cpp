#include "app/gate/known_history.hpp"

#include "app/history/opened_history.hpp"
#include "app/recording/history_place.hpp"

#include <filesystem>
#include <string>
#include <system_error>

namespace assay::app {

namespace fs = std::filesystem;

Result<std::unique_ptr<history::Store>>
known_history(const Invocation& invocation, const Settings& settings, HistoryUse use) {
    const HistoryPlace place = history_place(
        settings.places.project, settings.history, process_environment(), fs::current_path());
    std::error_code failed;
    const bool is_url = place.store.find("://") != std::string::npos;
    if (!is_url && !fs::exists(place.store, failed)) {
        return std::unique_ptr<history::Store>();
    }
    auto store =
        history::open_store(place.store, {.create = false, .read_only = use == HistoryUse::read});
    if (!store) {
        return store;
    }
    // Of others' runs nothing counts; of this project there may be none yet.
    const auto looked = look_at_project(invocation, **store);
    if (!looked && looked.error().kind == ErrorKind::missing) {
        return std::unique_ptr<history::Store>();
    }
    return looked ? std::move(store) : Result<std::unique_ptr<history::Store>>(looked.error());
}

} // namespace assay::app
