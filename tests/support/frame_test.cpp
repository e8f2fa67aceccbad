#include "support/frame.hpp"
#include "support/unique_fd.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <unistd.h>

using namespace assay;

namespace {

struct Pipe {
    UniqueFd out, in;

    Pipe() {
        int ends[2] = {-1, -1};
        REQUIRE(::pipe(ends) == 0);
        out.reset(ends[0]);
        in.reset(ends[1]);
    }
};

} // namespace

TEST_CASE("a frame stands in the stream as documented, little endian") {
    const std::string bytes = encode_frame(0x0102, 3, 0x0A0B0C0D, "hey");
    CHECK(bytes == std::string("\x03\x00\x00\x00\x02\x01\x03\x00\x0d\x0c\x0b\x0a"
                               "hey",
                               15));
}

TEST_CASE("frames come out however the bytes come in") {
    std::string stream;
    for (std::uint32_t i = 0; i < 5; ++i) {
        stream += encode_frame(static_cast<std::uint16_t>(i), 1, i, std::string(i * 7, 'x'));
    }
    for (std::size_t step = 1; step < stream.size(); step += 3) {
        FrameReader reader;
        std::uint32_t seen = 0;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.feed(std::string_view(stream).substr(at, step));
            for (auto frame = reader.next(); frame.ok() && frame->has_value();
                 frame = reader.next()) {
                CHECK((*frame)->type == seen);
                CHECK((*frame)->payload.size() == seen * 7);
                ++seen;
            }
        }
        CHECK(seen == 5);
        CHECK_FALSE(reader.has_partial());
    }
}

TEST_CASE("a length over the cap and a gap in the numbers break the stream") {
    FrameReader reader;
    reader.feed(std::string("\xff\xff\xff\xff\x01\x00\x01\x00\x00\x00\x00\x00", 12));
    auto frame = reader.next();
    REQUIRE_FALSE(frame.ok());
    CHECK(frame.error().kind == ErrorKind::protocol);
    CHECK(frame.error().message.find("4294967295 bytes") != std::string::npos);
    FrameReader gap;
    gap.feed(encode_frame(1, 1, 0, "") + encode_frame(1, 1, 2, ""));
    CHECK(gap.next().ok());
    frame = gap.next();
    REQUIRE_FALSE(frame.ok());
    CHECK(frame.error().message == "frame number 2 came where number 1 was due");
}

TEST_CASE("what was read long ago is let go, what was not is kept") {
    FrameReader reader;
    const std::string large(100'000, 'y');
    reader.feed(encode_frame(1, 1, 0, large) + encode_frame(2, 1, 1, "z"));
    CHECK((*reader.next())->payload == large);
    CHECK(reader.has_partial());
    CHECK((*reader.next())->payload == "z");
    CHECK_FALSE(reader.has_partial());
}

TEST_CASE("a writer and a reader meet over a pipe, until its end") {
    Pipe pipe;
    FrameWriter writer(pipe.in.get());
    REQUIRE(writer.write(7, 1, "one").ok());
    REQUIRE(writer.write(8, 1, "two").ok());
    CHECK(writer.next_sequence() == 2);
    pipe.in.reset();
    FrameReader reader;
    CHECK((*read_frame(pipe.out.get(), reader))->payload == "one");
    CHECK((*read_frame(pipe.out.get(), reader))->payload == "two");
    const auto end = read_frame(pipe.out.get(), reader);
    REQUIRE(end.ok());
    CHECK_FALSE(end->has_value());
}

TEST_CASE("a stream that ends inside a frame says so") {
    Pipe pipe;
    const std::string bytes = encode_frame(7, 1, 0, "half");
    REQUIRE(write_all(pipe.in.get(), std::string_view(bytes).substr(0, bytes.size() - 2)).ok());
    pipe.in.reset();
    FrameReader reader;
    const auto frame = read_frame(pipe.out.get(), reader);
    REQUIRE_FALSE(frame.ok());
    CHECK(frame.error().message == "the stream ended in the middle of a frame");
}

TEST_CASE("writing to nobody is an error, not a signal's death, where the signal is ignored") {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    pipe.out.reset();
    FrameWriter writer(pipe.in.get());
    const Status status = writer.write(7, 1, "lost");
    std::signal(SIGPIPE, before);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message == "cannot write a frame: Broken pipe");
    CHECK(writer.next_sequence() == 0);
}

TEST_CASE("a frame over the cap is not written") {
    FrameWriter writer(-1);
    const Status status = writer.write(7, 1, std::string(kFrameBytesMax + std::size_t{1}, 'x'));
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().kind == ErrorKind::protocol);
}
