#include "report/sink.hpp"

#include "report/temporary_file.hpp"
#include "support/file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::report {
namespace {

namespace fs = std::filesystem;

constexpr int kLinksMax = 40; // as the kernel's own limit

Error cannot_write(const std::string& target, std::string_view why, std::string hint = {}) {
    return Error{
        ErrorKind::io, "cannot write " + target + ": " + std::string(why), std::move(hint)};
}

// A stream that exists already: stdout, a device, a named pipe. What is written cannot be taken
// back, so there is nothing to commit.
class StreamSink final : public Sink {
public:
    StreamSink(std::string target, int fd, UniqueFd owned)
        : target_(std::move(target))
        , fd_(fd)
        , owned_(std::move(owned)) {}

    Status write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t put = ::write(fd_, bytes.data(), bytes.size());
            if (put >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(put));
            } else if (errno == EAGAIN) { // somebody made the stream non-blocking
                pollfd ready{fd_, POLLOUT, 0};
                ::poll(&ready, 1, -1);
            } else if (errno != EINTR) {
                return failed(errno);
            }
        }
        return {};
    }

    Result<Sink*> open_extra(std::string_view relative_name) override {
        return Error{ErrorKind::usage,
                     "cannot write '" + std::string(relative_name) + "' beside " + target_ +
                         ": there is no folder",
                     "give the reporter a path: --reporter NAME=PATH"};
    }

    Status commit() override { return {}; }

    [[nodiscard]] bool is_terminal() const override { return ::isatty(fd_) == 1; }

    [[nodiscard]] int columns() const override {
        winsize size{};
        return ::ioctl(fd_, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    }

    [[nodiscard]] std::string target() const override { return target_; }

private:
    [[nodiscard]] Error failed(int error_number) const {
        if (error_number == EPIPE) {
            return cannot_write(target_,
                                "its reader has closed it (" + system_message(error_number) + ")");
        }
        return cannot_write(target_, system_message(error_number));
    }

    std::string target_;
    int fd_;
    UniqueFd owned_;
};

fs::path folder_of(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// A relative name that stays below the folder it is relative to.
Status check_extra_name(std::string_view name) {
    const fs::path path(name);
    const bool upward = std::any_of(
        path.begin(), path.end(), [](const fs::path& part) { return part == ".." || part == "."; });
    const bool printable = std::all_of(
        name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
    if (name.empty() || path.is_absolute() || upward || !printable || !path.has_filename()) {
        return Error{ErrorKind::plugin,
                     "refused to open the extra file '" + std::string(name) +
                         "': expected a relative name without '.' and '..'",
                     {}};
    }
    return {};
}

// A file, and the extra files beside it, that appear whole when they are committed.
class TextSink final : public Sink {
public:
    explicit TextSink(std::shared_ptr<std::string> text)
        : text_(std::move(text)) {}

    Status write(std::string_view bytes) override {
        written_ += bytes;
        return {};
    }

    Result<Sink*> open_extra(std::string_view relative_name) override {
        return Error{.kind = ErrorKind::io,
                     .message = "no file '" + std::string(relative_name) + "' beside a text",
                     .hint = ""};
    }

    Status commit() override {
        *text_ = written_;
        return {};
    }

    [[nodiscard]] bool is_terminal() const override { return false; }

    [[nodiscard]] int columns() const override { return 0; }

    [[nodiscard]] std::string target() const override { return "a text"; }

private:
    std::shared_ptr<std::string> text_;
    std::string written_;
};

class FileSink final : public Sink {
public:
    FileSink(fs::path target, TemporaryFile file)
        : target_(std::move(target))
        , file_(std::move(file)) {}

    Status write(std::string_view bytes) override {
        const Status status = file_.write(bytes);
        return status ? Status{} : Status{failed(status.error())};
    }

    Result<Sink*> open_extra(std::string_view relative_name) override {
        if (const Status status = check_extra_name(relative_name); !status) {
            return status.error();
        }
        const fs::path extra = target_.parent_path() / relative_name;
        const bool taken = std::any_of(extras_.begin(), extras_.end(), [&](const auto& other) {
            return other->target_ == extra;
        });
        if (taken || extra == target_) {
            return Error{ErrorKind::plugin, extra.string() + " is already being written", {}};
        }
        // Beside the main file, not in a folder of its own: that appears with the commit.
        auto file = TemporaryFile::open(folder_of(target_));
        if (!file) {
            return cannot_write(extra.string(), file.error().message);
        }
        extras_.push_back(std::make_unique<FileSink>(extra, std::move(*file)));
        return static_cast<Sink*>(extras_.back().get());
    }

    Status commit() override {
        for (const auto& extra : extras_) {
            std::error_code error;
            fs::create_directories(folder_of(extra->target_), error);
            if (error) {
                return cannot_write(extra->target(), error.message());
            }
            if (Status status = extra->commit(); !status) {
                return status;
            }
        }
        const Status status = file_.publish(target_);
        return status ? Status{} : Status{failed(status.error())};
    }

    [[nodiscard]] bool is_terminal() const override { return false; }

    [[nodiscard]] int columns() const override { return 0; }

    [[nodiscard]] bool is_file() const override { return true; }

    [[nodiscard]] std::string target() const override { return target_.string(); }

private:
    [[nodiscard]] Error failed(const Error& error) const {
        return cannot_write(target_.string(), error.message, "nothing of it was kept");
    }

    fs::path target_;
    TemporaryFile file_;
    std::vector<std::unique_ptr<FileSink>> extras_;
};

Result<std::unique_ptr<Sink>> open_stream(const std::string& path) {
    UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (!fd) {
        return cannot_write(path, system_message(errno));
    }
    const int number = fd.get();
    return std::unique_ptr<Sink>(std::make_unique<StreamSink>(path, number, std::move(fd)));
}

} // namespace

Result<std::unique_ptr<Sink>> open_file_sink(const std::string& path) {
    if (path.empty() || path.back() == '/') {
        return Error{ErrorKind::usage, "cannot write to '" + path + "': expected a file name", {}};
    }
    fs::path target(path);
    std::error_code error;
    // The file behind a link is replaced, not the link.
    for (int i = 0; i < kLinksMax && fs::is_symlink(fs::symlink_status(target, error)); ++i) {
        target = folder_of(target) / fs::read_symlink(target, error);
    }
    const fs::file_status status = fs::status(target, error);
    if (fs::is_directory(status)) {
        return cannot_write(path, "it is a folder", "name a file in it");
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        return open_stream(path); // /dev/null, a named pipe: must not be renamed over
    }
    fs::create_directories(folder_of(target), error);
    if (error) {
        return cannot_write(path, error.message(), "name a path in a folder that can be written");
    }
    auto file = TemporaryFile::open(folder_of(target));
    if (!file) {
        return cannot_write(
            path, file.error().message, "name a path in a folder that can be written");
    }
    return std::unique_ptr<Sink>(std::make_unique<FileSink>(target, std::move(*file)));
}

std::unique_ptr<Sink> text_sink(std::shared_ptr<std::string> text) {
    return std::make_unique<TextSink>(std::move(text));
}

std::unique_ptr<Sink> stdout_sink() {
    return std::make_unique<StreamSink>("stdout", STDOUT_FILENO, UniqueFd{});
}

} // namespace assay::report
