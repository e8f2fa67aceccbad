#include "support/frame.hpp"

#include "support/file.hpp"
#include "support/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <unistd.h>

namespace assay {
namespace {

// A reader keeps at most this much that was already handed out before it moves the rest down.
constexpr std::size_t kCompactBytes = std::size_t{1} << 16;

void append_little_endian(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFu));
    }
}

std::uint32_t little_endian(const char* from, int bytes) noexcept {
    std::uint32_t value = 0;
    for (int i = 0; i < bytes; ++i) {
        value |= std::uint32_t{static_cast<unsigned char>(from[i])} << (8 * i);
    }
    return value;
}

Error broken(std::string message) {
    return Error{ErrorKind::protocol, std::move(message), {}};
}

} // namespace

std::string encode_frame(std::uint16_t type,
                         std::uint16_t version,
                         std::uint32_t sequence,
                         std::string_view payload) {
    std::string bytes;
    bytes.reserve(kFrameHeaderBytes + payload.size());
    append_little_endian(bytes, static_cast<std::uint32_t>(payload.size()), 4);
    append_little_endian(bytes, type, 2);
    append_little_endian(bytes, version, 2);
    append_little_endian(bytes, sequence, 4);
    bytes.append(payload);
    return bytes;
}

Status FrameWriter::write(std::uint16_t type, std::uint16_t version, std::string_view payload) {
    if (payload.size() > kFrameBytesMax) {
        return broken("a frame of type " + std::to_string(type) + " would have " +
                      std::to_string(payload.size()) + " bytes, more than the limit of " +
                      std::to_string(kFrameBytesMax));
    }
    if (Status status = write_all(fd_, encode_frame(type, version, sequence_, payload)); !status) {
        return Error{
            ErrorKind::io, "cannot write a frame: " + status.error().message, status.error().hint};
    }
    ++sequence_;
    return {};
}

Result<std::optional<Frame>> FrameReader::next() {
    const std::size_t waiting = buffer_.size() - offset_;
    if (waiting < kFrameHeaderBytes) {
        return std::optional<Frame>{};
    }
    const char* header = buffer_.data() + offset_;
    const std::uint32_t length = little_endian(header, 4);
    if (length > kFrameBytesMax) {
        return broken("a frame claims " + std::to_string(length) +
                      " bytes, more than the limit of " + std::to_string(kFrameBytesMax));
    }
    const std::uint32_t sequence = little_endian(header + 8, 4);
    if (sequence != sequence_) {
        return broken("frame number " + std::to_string(sequence) + " came where number " +
                      std::to_string(sequence_) + " was due");
    }
    if (waiting < kFrameHeaderBytes + length) {
        return std::optional<Frame>{};
    }
    Frame frame{static_cast<std::uint16_t>(little_endian(header + 4, 2)),
                static_cast<std::uint16_t>(little_endian(header + 6, 2)),
                buffer_.substr(offset_ + kFrameHeaderBytes, length)};
    offset_ += kFrameHeaderBytes + length;
    ++sequence_;
    if (offset_ == buffer_.size()) {
        buffer_.clear();
        offset_ = 0;
    } else if (offset_ > kCompactBytes) {
        buffer_.erase(0, offset_);
        offset_ = 0;
    }
    return std::optional<Frame>{std::move(frame)};
}

Result<std::optional<Frame>> read_frame(int fd, FrameReader& reader) {
    std::array<char, std::size_t{1} << 16> chunk{};
    for (;;) {
        Result<std::optional<Frame>> frame = reader.next();
        if (!frame || frame->has_value()) {
            return frame;
        }
        const ssize_t got = ::read(fd, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error{ErrorKind::io, "cannot read a frame: " + system_message(errno), {}};
        }
        if (got == 0 && reader.has_partial()) {
            return broken("the stream ended in the middle of a frame");
        }
        if (got == 0) {
            return std::optional<Frame>{};
        }
        reader.feed(std::string_view(chunk.data(), static_cast<std::size_t>(got)));
    }
}

} // namespace assay
