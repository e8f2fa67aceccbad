#include "app/exporting/run_bundle.hpp"

#include "history/bundle.hpp"
#include "history/events_from_run.hpp"
#include "support/file.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

// A folder of its own that is gone with it.
class OwnFolder {
public:
    OwnFolder() {
        std::error_code failed;
        const fs::path base = fs::temp_directory_path(failed);
        std::string name = (failed ? fs::path("/tmp") : base).string() + "/assay-export-XXXXXX";
        path_ = ::mkdtemp(name.data()) == nullptr ? fs::path() : fs::path(name);
    }

    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;

    ~OwnFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }

    [[nodiscard]] const fs::path& path() const noexcept { return path_; } // empty: there is none

private:
    fs::path path_;
};

} // namespace

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
    const OwnFolder made;
    if (made.path().empty()) {
        return Error{.kind = ErrorKind::io,
                     .message =
                         "cannot make a folder for temporary files: " + system_message(errno),
                     .hint = "TMPDIR names another place"};
    }
    const auto sealed = history::write_bundle(run, made.path());
    return sealed ? read_file(sealed->file.string()) : Result<std::string>(sealed.error());
}

} // namespace assay::app
