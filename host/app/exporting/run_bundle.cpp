#include "app/exporting/run_bundle.hpp"

#include "history/bundle.hpp"
#include "history/events_from_run.hpp"
#include "support/file.hpp"
#include "workers/scratch_folder.hpp"

#include <system_error>

namespace assay::app {

namespace fs = std::filesystem;

std::optional<fs::path> bundle_of(const history::Run& run, const fs::path& folder) {
    std::error_code failed;
    const fs::path file = folder / history::bundle_name(run.uuid);
    return !folder.empty() && fs::is_regular_file(file, failed) ? std::optional(file)
                                                                : std::nullopt;
}

Result<std::string> run_bundle(const history::Run& run, const fs::path& folder) {
    if (const auto own = bundle_of(run, folder)) {
        // What is handed on is whole.
        const auto read = history::read_bundle(*own, [](const json::object&) { return Status{}; });
        return read ? read_file(own->string()) : Result<std::string>(read.error());
    }
    const auto scratch = workers::ScratchFolder::make("export");
    if (!scratch) {
        return scratch.error();
    }
    const auto sealed = history::write_bundle(run, scratch->path());
    return sealed ? read_file(sealed->file.string()) : Result<std::string>(sealed.error());
}

} // namespace assay::app
