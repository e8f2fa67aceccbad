// Runs built programs the way a user does and keeps everything that can be seen from outside.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace integration {

struct Ended {
    int exit_code = -1; // -1 when killed
    int signal = 0;
    std::string out, err;
};

struct Surroundings {
    std::filesystem::path folder = {}; // where it runs; empty = here
    std::map<std::string, std::string> environment =
        {}; // added to, or replacing, a small clean one
    std::chrono::seconds timeout{100};
    // Called with the process id once `wait_for` has appeared on standard error.
    std::string wait_for = {};
    std::function<void(int pid)> then = {};
    int out_fd = -1, err_fd = -1; // instead of a captured pipe
};

Ended run_program(const std::vector<std::string>& argv, const Surroundings& surroundings = {});

// A folder of the test's own with private XDG folders below it; removed at the end.
class Sandbox {
public:
    Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;
    ~Sandbox();

    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

    // `assay` of this build, run in the sandbox (or a folder of it).
    [[nodiscard]] Ended assay(std::vector<std::string> words, Surroundings surroundings = {}) const;
    // The environment every program of this sandbox gets.
    [[nodiscard]] std::map<std::string, std::string> environment() const;
    void write(const std::filesystem::path& relative, const std::string& text) const;
    [[nodiscard]] std::string read(const std::filesystem::path& relative) const;

private:
    std::filesystem::path folder_;
};

std::filesystem::path build_folder();                      // of the build under test
std::filesystem::path source_folder();                     // the checkout
std::filesystem::path bad_plugin(const std::string& name); // tests/fixtures/bad_plugins

} // namespace integration
