#include "app/importing/foreign_file.hpp"

#include "app/history/outside_file.hpp"
#include "app/importing/tree_image.hpp"
#include "measure/importing.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "support/unique_fd.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

Error too_large(const std::string& shown, std::uint64_t size) {
    return {.kind = ErrorKind::plugin,
            .message = shown + " has " + std::to_string(size) + " bytes, and the limit is " +
                       std::to_string(measure::kImportBytesMax) + "; nothing of it was read",
            .hint = "split it, or leave out what is not needed"};
}

struct Temporary {
    UniqueFd fd;
    std::string path;
};

Result<Temporary> make_temporary() {
    std::error_code failed;
    fs::path folder = fs::temp_directory_path(failed);
    std::string path = (failed ? fs::path("/tmp") : folder).string() + "/assay-import-XXXXXX";
    UniqueFd fd(::mkostemp(path.data(), O_CLOEXEC));
    if (!fd) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write to " + path + ": " + system_message(errno),
                     .hint = "TMPDIR names another folder"};
    }
    return Temporary{std::move(fd), std::move(path)};
}

} // namespace

ForeignFile::ForeignFile(ForeignFile&& other) noexcept
    : shown_(std::move(other.shown_))
    , name_(std::move(other.name_))
    , path_(std::move(other.path_))
    , sha256_(std::move(other.sha256_))
    , temporary_(std::exchange(other.temporary_, false)) {}

ForeignFile::~ForeignFile() {
    if (temporary_) {
        ::unlink(path_.c_str());
    }
}

Result<ForeignFile> ForeignFile::open(const std::string& word) {
    ForeignFile file;
    file.shown_ = word == "-" ? "standard input" : word;
    std::error_code failed;
    const fs::file_status status = fs::status(word, failed);
    const bool folder = word != "-" && fs::is_directory(status);
    if (word != "-" && !fs::exists(status)) {
        return Error{.kind = ErrorKind::usage,
                     .message = "there is no file '" + word + "'",
                     .hint = "- reads standard input"};
    }
    if (word != "-" && !folder) {
        const std::uintmax_t size = fs::file_size(word, failed);
        if (failed) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot read " + word + ": " + failed.message(),
                         .hint = {}};
        }
        if (size > measure::kImportBytesMax) {
            return too_large(word, size);
        }
        file.path_ = fs::absolute(word, failed).string();
        file.name_ = fs::path(word).filename().string();
    } else {
        Result<Temporary> temporary = make_temporary();
        if (!temporary) {
            return temporary.error();
        }
        file.path_ = temporary->path;
        file.temporary_ = true;
        file.name_ =
            folder ? fs::canonical(word, failed).filename().string() + "/" : "standard input";
        if (folder) {
            if (Status written =
                    write_tree_image(word, temporary->fd.get(), measure::kImportBytesMax);
                !written) {
                return written.error();
            }
        } else {
            const Result<std::string> text = read_outside(word);
            const Status written =
                text ? write_file_atomically(file.path_, *text) : Status(text.error());
            if (!written) {
                return written.error();
            }
        }
    }
    Result<std::string> sha256 = sha256_of_file(file.path_);
    if (!sha256) {
        return sha256.error();
    }
    file.sha256_ = std::move(*sha256);
    return file;
}

} // namespace assay::app
