// Starts the built assay-worker the way the host does and speaks frames with it.
#pragma once

#include "measure/protocol.hpp"
#include "support/frame.hpp"
#include "support/json.hpp"
#include "support/unique_fd.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <spawn.h>
#include <string>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace assay::measure::test {

inline std::string sample_plugin(const std::string& sin) {
    return std::string(ASSAY_BUILD_DIR) + "/tests/fixtures/sample_" + sin + ".assay.so";
}

class WorkerProgram {
public:
    explicit WorkerProgram(const std::string& plugin, const std::vector<std::string>& more = {}) {
        page_fd_.reset(::memfd_create("page", MFD_CLOEXEC));
        REQUIRE(::ftruncate(page_fd_.get(), 4096) == 0);
        void* const memory =
            ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, page_fd_.get(), 0);
        REQUIRE(memory != MAP_FAILED);
        page_ = new (memory) SharedPage;
        std::vector<std::string> argv{
            std::string(ASSAY_BUILD_DIR) + "/bin/assay-worker", "--plugin", plugin};
        argv.insert(argv.end(), more.begin(), more.end());
        start(argv);
    }

    WorkerProgram(const WorkerProgram&) = delete;
    WorkerProgram& operator=(const WorkerProgram&) = delete;

    ~WorkerProgram() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            static_cast<void>(wait());
        }
        ::munmap(page_, 4096);
    }

    void send(FrameType type, const json::value& payload) {
        REQUIRE(
            writer_->write(static_cast<std::uint16_t>(type), kProtocolVersion, write_json(payload))
                .ok());
    }

    // The next frame, or nothing at the end of the stream.
    std::optional<Frame> next() {
        auto frame = read_frame(frames_.get(), reader_);
        REQUIRE(frame.ok());
        return *frame;
    }

    // Skips to the first frame of that type; its payload as JSON.
    json::value expect(FrameType type) {
        while (const std::optional<Frame> frame = next()) {
            if (frame->type == static_cast<std::uint16_t>(type)) {
                return *parse_json(frame->payload);
            }
        }
        FAIL("the worker ended without a frame of type ", static_cast<int>(type));
        return nullptr;
    }

    // Everything up to RECORD, turns given; slices unpacked into the record.
    LaunchRecord launch(const LaunchRequest& request) {
        send(FrameType::launch, to_json(request));
        std::vector<SliceRecord> slices;
        while (const std::optional<Frame> frame = next()) {
            const auto type = static_cast<FrameType>(frame->type);
            if (type == FrameType::ready) {
                send(FrameType::turn, json::object{});
            } else if (type == FrameType::slices) {
                slices = *unpack_slices(frame->payload);
            } else if (type == FrameType::record) {
                LaunchRecord record = *launch_record_from_json(*parse_json(frame->payload));
                record.slices = slices;
                return record;
            }
        }
        FAIL("the worker ended without a record");
        return {};
    }

    void close_commands() { commands_.reset(); }

    void signal(int number) { ::kill(pid_, number); }

    // How the process ended; blocks until it does.
    siginfo_t wait() {
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED) != 0 && errno == EINTR) {
        }
        pid_ = -1;
        return info;
    }

    [[nodiscard]] pid_t pid() const { return pid_; }

    SharedPage& page() { return *page_; }

    // What it wrote to stderr until it ended.
    std::string errors() {
        std::string text;
        std::array<char, 4096> chunk{};
        for (ssize_t got = 0; (got = ::read(errors_.get(), chunk.data(), chunk.size())) > 0;) {
            text.append(chunk.data(), static_cast<std::size_t>(got));
        }
        return text;
    }

private:
    struct Pipe {
        UniqueFd out, in;
    };

    static Pipe make_pipe() {
        int ends[2] = {-1, -1};
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        // Out of the way of 3, 4 and 5, which the child is given.
        Pipe pipe{UniqueFd(::fcntl(ends[0], F_DUPFD_CLOEXEC, 20)),
                  UniqueFd(::fcntl(ends[1], F_DUPFD_CLOEXEC, 20))};
        ::close(ends[0]);
        ::close(ends[1]);
        return pipe;
    }

    void start(const std::vector<std::string>& argv) {
        page_fd_.reset(::fcntl(page_fd_.get(), F_DUPFD_CLOEXEC, 20));
        Pipe frames = make_pipe();
        Pipe commands = make_pipe();
        Pipe errors = make_pipe();
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, errors.in.get(), 2);
        ::posix_spawn_file_actions_adddup2(&actions, frames.in.get(), kFramesOutFd);
        ::posix_spawn_file_actions_adddup2(&actions, commands.out.get(), kCommandsInFd);
        ::posix_spawn_file_actions_adddup2(&actions, page_fd_.get(), kSharedPageFd);
        std::vector<char*> pointers;
        for (const std::string& text : argv) {
            pointers.push_back(const_cast<char*>(text.c_str())); // posix_spawn's signature
        }
        pointers.push_back(nullptr);
        REQUIRE(::posix_spawn(&pid_, pointers[0], &actions, nullptr, pointers.data(), environ) ==
                0);
        ::posix_spawn_file_actions_destroy(&actions);
        frames_ = std::move(frames.out);
        commands_ = std::move(commands.in);
        errors_ = std::move(errors.out);
        writer_.emplace(commands_.get());
    }

    pid_t pid_ = -1;
    SharedPage* page_ = nullptr;
    UniqueFd page_fd_, frames_, commands_, errors_;
    std::optional<FrameWriter> writer_;
    FrameReader reader_;
};

} // namespace assay::measure::test
