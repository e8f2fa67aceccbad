#include "busy.hpp"

#include "body.hpp"

#include <csignal>
#include <cstdlib>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>

extern char** environ;

namespace proof {

Busy::Busy(int processes) {
    for (int i = 0; i < processes; ++i) {
        std::string words[] = {"prove_measurement", "--be-busy"};
        char* argv[] = {words[0].data(), words[1].data(), nullptr};
        pid_t pid = 0;
        if (posix_spawn(&pid, "/proc/self/exe", nullptr, nullptr, argv, environ) != 0) {
            throw std::runtime_error("cannot start a busy process");
        }
        pids_.push_back(pid);
    }
}

Busy::~Busy() {
    for (const pid_t pid : pids_) {
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
}

void be_busy() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        const std::uint64_t x = allocating(kAluLinks / 2) + alu(0);
        asm volatile("" : : "r"(x));
    }
}

} // namespace proof
