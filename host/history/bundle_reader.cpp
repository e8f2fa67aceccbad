#include "history/bundle.hpp"
#include "history/run_uuid.hpp"
#include "support/file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace assay::history {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = std::size_t{1} << 18;

Error broken(const fs::path& file, const std::string& what) {
    return {.kind = ErrorKind::plugin,
            .message = file.string() + ": " + what + ": nothing of it was read",
            .hint = "a bundle ends with a line {\"end\":true,...}; take it again from where it "
                    "was made"};
}

std::string line_number(std::uint64_t lines) {
    return "line " + std::to_string(lines + 1);
}

// The lines of a file, one after the other, without their ends.
class Lines {
public:
    explicit Lines(UniqueFd fd)
        : fd_(std::move(fd)) {}

    // Nothing at the end of the file. A last line without its end is a line too: `ended` tells.
    struct Line {
        std::string_view text;
        bool ended = true;
    };

    Result<std::optional<Line>> next() {
        std::size_t searched = used_;
        while (true) {
            const std::size_t end = buffer_.find('\n', searched);
            if (end != std::string::npos) {
                const std::size_t begin = std::exchange(used_, end + 1);
                return std::optional(
                    Line{std::string_view(buffer_).substr(begin, end - begin), true});
            }
            buffer_.erase(0, std::exchange(used_, 0)); // once per piece that is read, not per line
            searched = buffer_.size();
            if (searched > kBundleLineBytesMax) {
                return Error{ErrorKind::plugin, "is longer than a line may be", {}};
            }
            const Result<bool> more = fill();
            if (!more) {
                return more.error();
            }
            if (!*more) {
                used_ = buffer_.size();
                return buffer_.empty() ? std::optional<Line>{}
                                       : std::optional(Line{buffer_, false});
            }
        }
    }

private:
    Result<bool> fill() {
        const std::size_t before = buffer_.size();
        buffer_.resize(before + kReadBytes);
        ssize_t got = -1;
        do {
            got = ::read(fd_.get(), buffer_.data() + before, kReadBytes);
        } while (got < 0 && errno == EINTR);
        buffer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
        if (got < 0) {
            return Error{ErrorKind::io, system_message(errno), {}};
        }
        return got > 0;
    }

    UniqueFd fd_;
    std::string buffer_;
    std::size_t used_ = 0;
};

std::optional<std::int64_t> whole_number(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

Result<BundleHeader> header_from(const fs::path& file, const json::object& line) {
    const std::string schema = json_string(line, "schema");
    if (schema != "assay.bundle/1") {
        return broken(file,
                      "line 1: expected the schema assay.bundle/1, found '" + schema.substr(0, 64) +
                          "'");
    }
    BundleHeader header{.run = json_string(line, "run")};
    if (!is_uuid(header.run)) {
        return broken(file, "line 1: expected the uuid of a run");
    }
    header.source = json_string(line, "source", "run");
    if (const json::value* host = line.if_contains("host"); host != nullptr && host->is_object()) {
        header.host_version = json_string(host->get_object(), "version");
    }
    const json::value* delivery = line.if_contains("delivery");
    if (delivery != nullptr && delivery->is_object()) {
        const json::object& said = delivery->get_object();
        header.delivery = {.idempotency_key = json_string(said, "idempotency_key"),
                           .group_uuid = json_string(said, "group"),
                           .shard = whole_number(said, "shard"),
                           .n_shards = whole_number(said, "n_shards"),
                           .fence = whole_number(said, "fence"),
                           .attempt = json_int(said, "attempt", 1)};
    }
    return header;
}

// One reading of one file.
class Reading {
public:
    Reading(const fs::path& file, const std::function<Status(const json::object&)>& each)
        : file_(file)
        , each_(each) {}

    Status take(std::string_view text, bool ended) {
        if (sealed_) {
            return broken(file_, line_number(lines_ + 1) + ": something stands behind the end");
        }
        const Result<json::value> line = parse_json(text, {.bytes_max = kBundleLineBytesMax + 1});
        if (!line || !line->is_object()) {
            return broken(file_,
                          line_number(lines_) +
                              (line ? ": expected a JSON object" : ": " + line.error().message));
        }
        const json::object& object = line->get_object();
        if (json_bool(object, "end", false)) {
            return take_end(object, ended);
        }
        hash_.update(text);
        hash_.update("\n");
        if (lines_++ > 0) {
            return each_(object);
        }
        Result<BundleHeader> header = header_from(file_, object);
        if (!header) {
            return header.error();
        }
        header_ = std::move(*header);
        return {};
    }

    [[nodiscard]] bool sealed() const noexcept { return sealed_.has_value(); }

    [[nodiscard]] const SealedBundle& end() const { return *sealed_; }

private:
    Status take_end(const json::object& line, bool ended) {
        const std::string digest = hash_.finish();
        const std::string said = json_string(line, "sha256");
        const std::int64_t lines = json_int(line, "lines", -1);
        if (!ended) {
            return broken(file_, "its end line is cut off");
        }
        if (lines < 1 || static_cast<std::uint64_t>(lines) != lines_) {
            return broken(file_,
                          "its end line says " + std::to_string(lines) + " lines, there are " +
                              std::to_string(lines_));
        }
        if (said != digest) {
            return broken(file_,
                          "its end line says sha256 " + said.substr(0, 64) + ", it has " + digest);
        }
        sealed_ = SealedBundle{.file = file_, .header = header_, .lines = lines_, .sha256 = digest};
        return {};
    }

    const fs::path& file_;
    const std::function<Status(const json::object&)>& each_;
    BundleHeader header_;
    Sha256 hash_;
    std::uint64_t lines_ = 0;
    std::optional<SealedBundle> sealed_;
};

} // namespace

Result<SealedBundle> read_bundle(const fs::path& file,
                                 const std::function<Status(const json::object& event)>& each) {
    UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)); // no waiting for a FIFO

    struct stat info {};

    if (!fd || ::fstat(fd.get(), &info) != 0) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot read " + file.string() + ": " + system_message(errno),
                     .hint = {}};
    }
    if (!S_ISREG(info.st_mode)) {
        return broken(file, "is no regular file");
    }
    Lines lines(std::move(fd));
    Reading reading(file, each);
    std::uint64_t count = 0;
    while (true) {
        const auto line = lines.next();
        if (!line) {
            const std::string what = line_number(count) + ": " + line.error().message;
            return line.error().kind == ErrorKind::io
                       ? Error{ErrorKind::io, "cannot read " + file.string() + ": " + what, {}}
                       : broken(file, what);
        }
        if (!*line) {
            break;
        }
        if (const Status taken = reading.take((*line)->text, (*line)->ended); !taken) {
            return taken.error();
        }
        ++count;
    }
    if (!reading.sealed()) {
        return broken(file, "it has no end line after " + std::to_string(count) + " lines");
    }
    return reading.end();
}

} // namespace assay::history
