// Length-prefixed frames over a byte stream: u32 length | u16 type | u16 version | u32 sequence,
// little endian, then `length` bytes of payload. Host and worker speak them over pipes.
//
//   FrameWriter out(fd);  out.write(type, version, payload);
//   FrameReader in;       in.feed(bytes);  while (auto frame = in.next()) ...
//
// One writer and one reader per direction; not thread-safe.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

struct Frame {
    std::uint16_t type = 0;
    std::uint16_t version = 0;
    std::string payload;
};

// A larger frame can only be garbage: a launch of 1 000 slices is about 128 KB.
inline constexpr std::uint32_t kFrameBytesMax = std::uint32_t{64} << 20;
inline constexpr std::size_t kFrameHeaderBytes = 12;

std::string encode_frame(std::uint16_t type,
                         std::uint16_t version,
                         std::uint32_t sequence,
                         std::string_view payload);

class FrameWriter {
public:
    explicit FrameWriter(int fd) noexcept
        : fd_(fd) {}

    // Blocks until written. Error: the other side is gone.
    Status write(std::uint16_t type, std::uint16_t version, std::string_view payload);

    // For a signal handler that writes a frame of its own.
    [[nodiscard]] std::uint32_t next_sequence() const noexcept { return sequence_; }

private:
    int fd_;
    std::uint32_t sequence_ = 0;
};

class FrameReader {
public:
    void feed(std::string_view bytes) { buffer_.append(bytes); }

    // The next complete frame, nothing yet, or a broken stream (length over the cap, gap in the
    // sequence).
    Result<std::optional<Frame>> next();

    // Bytes of an unfinished frame are waiting: the stream ended in the middle.
    [[nodiscard]] bool has_partial() const noexcept { return buffer_.size() > offset_; }

private:
    std::string buffer_;
    std::size_t offset_ = 0;
    std::uint32_t sequence_ = 0;
};

// Reads one frame from a blocking descriptor; nothing at the end of the stream.
Result<std::optional<Frame>> read_frame(int fd, FrameReader& reader);

} // namespace assay
