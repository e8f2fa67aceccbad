#include "history/abandoned_parts.hpp"
#include "history/bundle.hpp"
#include "history/run_uuid.hpp"
#include "support/file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace assay::history {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;

Error io_error(const std::string& doing, const fs::path& path, int number) {
    return {.kind = ErrorKind::io,
            .message = "cannot " + doing + " " + path.string() + ": " + system_message(number),
            .hint = {}};
}

template <class Number>
json::value number_or_null(const std::optional<Number>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::object header_line(const BundleHeader& header) {
    const Delivery& delivery = header.delivery;
    json::object line{{"schema", "assay.bundle/1"},
                      {"run", header.run},
                      {"source", header.source},
                      {"host", json::object{{"version", header.host_version}}}};
    if (!delivery.idempotency_key.empty() || !delivery.group_uuid.empty()) {
        line["delivery"] = json::object{{"idempotency_key", delivery.idempotency_key},
                                        {"group", delivery.group_uuid},
                                        {"shard", number_or_null(delivery.shard)},
                                        {"n_shards", number_or_null(delivery.n_shards)},
                                        {"attempt", delivery.attempt},
                                        {"fence", number_or_null(delivery.fence)}};
    }
    return line;
}

// Where there is none of this name yet. Errors carry errno.
int rename_without_replacing(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
        return 0;
    }
    const bool unknown_here = errno == EINVAL || errno == ENOSYS; // network file systems
    return unknown_here && ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

// A name is safe only once its folder is on disk.
Status sync_folder(const fs::path& folder) {
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems cannot: EINVAL is no failure to keep what was written.
    if (!fd || (::fsync(fd.get()) != 0 && errno != EINVAL)) {
        return io_error("write to disk the folder", folder, errno);
    }
    return {};
}

// What to do about a bundle that is already there under this name.
Result<SealedBundle> meet(const fs::path& target, const SealedBundle& ours) {
    Result<SealedBundle> there = read_bundle(target, [](const json::object&) { return Status{}; });
    if (!there) {
        return Error{.kind = ErrorKind::plugin,
                     .message = "the place of " + target.filename().string() +
                                " is taken: " + there.error().message,
                     .hint = "move that file away"};
    }
    // One that was made from a store says less of the same run.
    const bool both_measured = there->header.source == "run" && ours.header.source == "run";
    if (both_measured && there->sha256 != ours.sha256) {
        return Error{.kind = ErrorKind::plugin,
                     .message = target.string() + " (sha256 " + there->sha256 +
                                ") and another bundle of the same run (sha256 " + ours.sha256 +
                                ") differ",
                     .hint = "one uuid is one run: find out which is right, and remove the other"};
    }
    there->known = true;
    return there;
}

// On disk first, then under its name.
Result<SealedBundle> publish(int fd, const fs::path& part, SealedBundle sealed) {
    if (::fsync(fd) != 0) {
        return io_error("write to disk", part, errno);
    }
    const int failed = rename_without_replacing(part, sealed.file);
    if (failed == EEXIST) {
        return meet(sealed.file, sealed);
    }
    if (failed != 0) {
        return io_error("give its name to", sealed.file, failed);
    }
    if (Status synced = sync_folder(sealed.file.parent_path()); !synced) {
        return synced.error();
    }
    return sealed;
}

Status make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    return failed ? Status(io_error("make the folder of bundles", folder, failed.value()))
                  : Status{};
}

// Unique by its process: the same run may be taken in from two places at once.
fs::path part_of(const fs::path& target) {
    return target.string() + "." + std::to_string(::getpid()) + ".part";
}

} // namespace

std::string bundle_name(const std::string& run_uuid) {
    return run_uuid + ".ndjson";
}

Result<BundleWriter> BundleWriter::create(const fs::path& folder, BundleHeader header) {
    if (!is_uuid(header.run)) {
        return Error{.kind = ErrorKind::usage,
                     .message = "a bundle needs the uuid of its run, found '" +
                                header.run.substr(0, 64) + "'",
                     .hint = {}};
    }
    if (Status made = make_folder(folder); !made) {
        return made.error();
    }
    const fs::path target = folder / bundle_name(header.run);
    const fs::path part = part_of(target);
    UniqueFd fd(::open(part.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644));
    if (!fd) {
        return io_error("write", part, errno);
    }
    hold_part(fd.get());
    remove_abandoned_parts(folder);
    BundleWriter writer(std::move(header), std::move(fd), part, target);
    if (Status put = writer.put_line(write_json(header_line(writer.header_))); !put) {
        return put.error();
    }
    return writer;
}

BundleWriter::BundleWriter(BundleHeader header, UniqueFd fd, fs::path part, fs::path target)
    : header_(std::move(header))
    , fd_(std::move(fd))
    , part_(std::move(part))
    , target_(std::move(target)) {}

BundleWriter::BundleWriter(BundleWriter&& other) noexcept
    : header_(std::move(other.header_))
    , fd_(std::move(other.fd_))
    , part_(std::exchange(other.part_, {}))
    , target_(std::move(other.target_))
    , buffer_(std::move(other.buffer_))
    , hash_(std::move(other.hash_))
    , lines_(other.lines_) {}

BundleWriter::~BundleWriter() {
    if (!part_.empty()) {
        ::unlink(part_.c_str());
    }
}

Status BundleWriter::flush() {
    Status written = write_all(fd_.get(), buffer_);
    buffer_.clear();
    if (!written) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write " + part_.string() + ": " + written.error().message,
                     .hint = "the run is measured to its end, but not recorded"};
    }
    return {};
}

Status BundleWriter::put_line(const std::string& text) {
    if (text.size() >= kBundleLineBytesMax) {
        return Error{.kind = ErrorKind::plugin,
                     .message = target_.string() + ": an event of " + std::to_string(text.size()) +
                                " bytes does not fit into a line of at most " +
                                std::to_string(kBundleLineBytesMax),
                     .hint = {}};
    }
    hash_.update(text);
    hash_.update("\n");
    buffer_ += text;
    buffer_ += '\n';
    ++lines_;
    return buffer_.size() < kBufferBytes ? Status{} : flush();
}

Status BundleWriter::add(const json::value& event) {
    return put_line(write_json(event));
}

Result<SealedBundle> BundleWriter::seal() {
    SealedBundle ours{
        .file = target_, .header = header_, .lines = lines_, .sha256 = hash_.finish()};
    buffer_ += write_json(json::object{
                   {"end", true}, {"lines", json_count(lines_)}, {"sha256", ours.sha256}}) +
               "\n";
    if (Status flushed = flush(); !flushed) {
        return flushed.error();
    }
    Result<SealedBundle> sealed = publish(fd_.get(), part_, std::move(ours));
    if (sealed && !sealed->known) {
        part_.clear();
    }
    return sealed;
}

Result<SealedBundle> copy_bundle(const fs::path& from, const fs::path& folder) {
    if (Status made = make_folder(folder); !made) {
        return made.error();
    }
    const fs::path part = part_of(folder / from.filename());
    ::unlink(part.c_str()); // of a process that had this number and was killed
    if (Result<HashedCopy> copy = copy_and_hash(from.string(), part.string(), 0644); !copy) {
        return copy.error();
    }
    // The copy is what is checked: the original may change meanwhile.
    Result<SealedBundle> sealed = read_bundle(part, [](const json::object&) { return Status{}; });
    if (sealed) {
        sealed->file = folder / bundle_name(sealed->header.run);
        const UniqueFd fd(::open(part.c_str(), O_RDONLY | O_CLOEXEC));
        sealed = publish(fd.get(), part, std::move(*sealed));
    } else {
        // Named as people know it.
        Error error = sealed.error();
        const std::size_t at = error.message.find(part.string());
        if (at != std::string::npos) {
            error.message.replace(at, part.string().size(), from.string());
        }
        sealed = error;
    }
    ::unlink(part.c_str()); // gone already where it has its name now
    return sealed;
}

} // namespace assay::history
