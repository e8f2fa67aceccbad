#include "workers/scratch_folder.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace assay::workers {

ScratchFolder::ScratchFolder(std::string path, bool owned) noexcept
    : path_(std::move(path))
    , owned_(owned) {}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::move(other.path_))
    , owned_(std::exchange(other.owned_, false)) {}

ScratchFolder& ScratchFolder::operator=(ScratchFolder&& other) noexcept {
    if (this != &other) {
        remove();
        path_ = std::move(other.path_);
        owned_ = std::exchange(other.owned_, false);
    }
    return *this;
}

ScratchFolder::~ScratchFolder() {
    remove();
}

Result<ScratchFolder> ScratchFolder::make(const std::string& owner) {
    const char* base = std::getenv("TMPDIR");
    std::string path = std::string(base != nullptr && *base == '/' ? base : "/tmp") + "/assay-" +
                       owner + "-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) {
        return Error{ErrorKind::io,
                     "no scratch folder (" + owner + "): " + path + ": " + system_message(errno),
                     "let TMPDIR name a folder that can be written to"};
    }
    return ScratchFolder(std::move(path), true);
}

ScratchFolder ScratchFolder::borrow(std::string path) {
    return {std::move(path), false};
}

void ScratchFolder::remove() noexcept {
    if (!std::exchange(owned_, false)) {
        return;
    }
    // A plugin may have left anything here, links included; remove_all does not follow them. What
    // cannot be removed (a folder without permissions) stays: losing a result over it would be
    // worse.
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

} // namespace assay::workers
