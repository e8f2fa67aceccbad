#include "processes.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::workers::testing {

namespace fs = std::filesystem;

std::string text_in_proc(const std::string& path) {
    const std::ifstream stream("/proc/" + path);
    // What has just ended cannot be read (ESRCH), which is thrown at a plain iterator and ends
    // this.
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

namespace {

struct Process {
    int id = 0, parent = 0, group = 0;
};

std::vector<Process> living() {
    std::vector<Process> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) {
            continue;
        }
        const std::string stat = text_in_proc(name + "/stat");
        if (stat.empty()) {
            continue; // ended meanwhile
        }
        // "pid (name with anything) state parent group ..."
        const std::size_t end_of_name = stat.rfind(')');
        char state = '?';
        int parent = 0, its_group = 0;
        const int read =
            std::sscanf(stat.c_str() + end_of_name + 1, " %c %d %d", &state, &parent, &its_group);
        if (read == 3 && state != 'Z' && state != 'X') {
            found.push_back({.id = std::stoi(name), .parent = parent, .group = its_group});
        }
    }
    return found;
}

} // namespace

std::vector<int> living_in_group(int group) {
    std::vector<int> found;
    for (const Process& process : living()) {
        if (process.group == group) {
            found.push_back(process.id);
        }
    }
    return found;
}

int some_child() {
    for (const Process& process : living()) {
        if (process.parent == ::getpid()) {
            return process.id;
        }
    }
    FAIL("this process has no living child");
    return 0;
}

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= until) {
            return false;
        }
        ::poll(nullptr, 0, 5);
    }
    return true;
}

bool has_children() {
    siginfo_t info{};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

TemporaryRoot::TemporaryRoot() {
    const char* old = std::getenv("TMPDIR");
    before_ = old != nullptr ? old : "";
    ::setenv("TMPDIR", folder_.path().c_str(), 1);
}

TemporaryRoot::~TemporaryRoot() {
    if (before_.empty()) {
        ::unsetenv("TMPDIR");
    } else {
        ::setenv("TMPDIR", before_.c_str(), 1);
    }
}

bool TemporaryRoot::is_empty() const {
    return fs::is_empty(folder_.path());
}

} // namespace assay::workers::testing
