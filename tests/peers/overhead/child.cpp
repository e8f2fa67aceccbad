#include "child.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace overhead {

namespace {

std::string read_all(int fd) {
    std::string text;
    char buffer[256];
    for (ssize_t n = 0; (n = read(fd, buffer, sizeof buffer)) > 0;) {
        text.append(buffer, static_cast<std::size_t>(n));
    }
    return text;
}

double median(std::vector<double> values) {
    if (values.empty()) {
        throw std::runtime_error("no readings");
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

double in_fresh_process(Side side, Body body) {
    std::string words[] = {"peer_overhead",
                           side == Side::assay ? "assay" : "google_benchmark",
                           body == Body::empty ? "empty" : "chain"};
    char* argv[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
    int ends[2];
    if (pipe(ends) != 0) {
        throw std::runtime_error("no pipe");
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    pid_t pid = 0;
    const int error = posix_spawn(&pid, "/proc/self/exe", &actions, nullptr, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    const std::string text = error == 0 ? read_all(ends[0]) : std::string();
    close(ends[0]);
    int status = 0;
    if (error != 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        throw std::runtime_error("the process for " + words[1] + " " + words[2] + " failed");
    }
    return std::stod(text);
}

int play_role(const std::string& side, const std::string& body) {
    try {
        const Body which = body == "empty" ? Body::empty : Body::chain;
        std::printf("%.9g\n",
                    median(side == "assay" ? assay_ns(which) : google_benchmark_ns(which)));
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s %s: %s\n", side.c_str(), body.c_str(), error.what());
        return EXIT_FAILURE;
    }
}

} // namespace overhead
