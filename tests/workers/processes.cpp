#include "processes.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sys/wait.h>

namespace assay::workers::testing {

namespace fs = std::filesystem;

std::string text_in_proc(const std::string& path) {
    std::ifstream stream("/proc/" + path);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<int> living_in_group(int group) {
    std::vector<int> found;
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
        if (read == 3 && its_group == group && state != 'Z' && state != 'X') {
            found.push_back(std::stoi(name));
        }
    }
    return found;
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
    path_ = (before_.empty() ? "/tmp" : before_) + "/assay-test-XXXXXX";
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
    ::setenv("TMPDIR", path_.c_str(), 1);
}

TemporaryRoot::~TemporaryRoot() {
    if (before_.empty()) {
        ::unsetenv("TMPDIR");
    } else {
        ::setenv("TMPDIR", before_.c_str(), 1);
    }
    fs::remove_all(path_);
}

bool TemporaryRoot::is_empty() const {
    return fs::is_empty(path_);
}

} // namespace assay::workers::testing
