// assay-worker: one process that loads exactly one plugin and measures what it is told to. It
// restricts itself before the plugin's first constructor runs, and whatever the plugin does then
// ends with this process.
#include "measure/host_services.hpp"
#include "measure/instruction_counter.hpp"
#include "measure/protocol.hpp"
#include "support/plugin_library.hpp"
#include "worker/arguments.hpp"
#include "worker/host_watch.hpp"
#include "worker/last_words.hpp"
#include "worker/layout.hpp"
#include "worker/restrict.hpp"
#include "worker/session.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace assay;
using namespace assay::worker;

constexpr int kExitUsage = 2;

bool has_descriptors() noexcept {
    return ::fcntl(measure::kFramesOutFd, F_GETFD) >= 0 &&
           ::fcntl(measure::kCommandsInFd, F_GETFD) >= 0 &&
           ::fcntl(measure::kSharedPageFd, F_GETFD) >= 0;
}

// A page of the host's, or nullptr: too small, or not to be mapped.
template <class Page>
Page* map_page(int fd) noexcept {
    struct stat info {};

    if (::fstat(fd, &info) != 0 || static_cast<std::size_t>(info.st_size) < sizeof(Page)) {
        return nullptr;
    }
    void* const memory = ::mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<Page*>(memory);
}

struct Pages {
    measure::SharedPage* shared = nullptr;
    measure::PairPage* pair = nullptr; // only with --pair
};

std::uint64_t layout_seed(const Arguments& arguments) noexcept {
    std::uint64_t seed = 0;
    if (!arguments.layout_seed && ::getrandom(&seed, sizeof seed, GRND_NONBLOCK) < 0) {
        seed = static_cast<std::uint64_t>(::getpid());
    }
    return arguments.layout_seed.value_or(seed);
}

int load_and_serve(const Arguments& arguments, const Pages& pages, const json::object& isolation) {
    Session session(*pages.shared, pages.pair);
    if (arguments.for_check) {
        session.hello_before_loading(isolation);
        return session.serve_checks(arguments.plugin) ? 0 : 1;
    }
    const Result<const assay_plugin*> plugin =
        load_plugin(arguments.plugin, measure::host_services(), measure::library_failure());
    if (!plugin) {
        std::fflush(nullptr);
        session.refuse(plugin.error());
        return 1;
    }
    session.hello(**plugin, isolation);
    if (arguments.wait_for_debugger) {
        ::raise(SIGSTOP);
    }
    return session.serve(**plugin) ? 0 : 1;
}

int complain(const Error& error) {
    std::fprintf(stderr, "assay-worker: %s\n%s\n", error.message.c_str(), error.hint.c_str());
    return kExitUsage;
}

int work(const Arguments& arguments) {
    json::object isolation = restrict_process(arguments);
    ::unsetenv("LD_PRELOAD"); // was for this process alone, not for programs that a suite starts
    if (arguments.counts) {
        measure::arm_instruction_counter(); // its launches say what came of it
    }
    Pages pages;
    pages.shared = map_page<measure::SharedPage>(measure::kSharedPageFd);
    if (pages.shared == nullptr) {
        return complain({ErrorKind::usage, "the shared page (fd 5) cannot be mapped", {}});
    }
    if (arguments.in_pair) {
        pages.pair = map_page<measure::PairPage>(measure::kPairPageFd);
        if (pages.pair == nullptr) {
            return complain({ErrorKind::usage, "the page of the pair (fd 6) cannot be mapped", {}});
        }
        ::close(measure::kPairPageFd); // mapped; nothing of the plugin's needs it
    }
    install_death_handlers(*pages.shared);
    watch_host();
    std::mt19937_64 random(layout_seed(arguments));
    const HeapPieces pieces(random);
    const std::size_t offset = stack_offset(random);
    isolation["heap_offset_bytes"] = static_cast<std::int64_t>(pieces.bytes());
    isolation["stack_offset_bytes"] = static_cast<std::int64_t>(offset);
    return with_stack_offset(offset, [&] { return load_and_serve(arguments, pages, isolation); });
}

} // namespace

int main(int argc, char** argv) {
    const Result<Arguments> arguments =
        read_arguments(std::span<const char* const>(argv, static_cast<std::size_t>(argc)));
    if (!arguments) {
        return complain(arguments.error());
    }
    if (!has_descriptors()) {
        return complain({ErrorKind::usage,
                         "descriptors 3 to 5 are not open",
                         "assay-worker is started by assay; run 'assay run' instead"});
    }
    const int code = work(*arguments);
#if !defined(ASSAY_ORDERLY_EXIT)
    // Everything was said. Destructors of a library that is never unloaded, whose threads may still
    // run, could only turn a good launch into a crash.
    std::fflush(nullptr);
    ::_exit(code);
#endif
    return code;
}
