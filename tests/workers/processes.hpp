// What the tests of workers look at: which processes there are, and which folders are left.
#pragma once

#include "temporary_folder.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace assay::workers::testing {

// A file below /proc, whose size nobody knows before reading it; empty when it is not there.
[[nodiscard]] std::string text_in_proc(const std::string& path);

// Processes of that group that are more than zombies.
[[nodiscard]] std::vector<int> living_in_group(int group);

// True once `condition` holds; false if it does not within `patience`.
[[nodiscard]] bool eventually(const std::function<bool()>& condition,
                              std::chrono::milliseconds patience = std::chrono::seconds(60));

// True if this process has children, living or dead, that nobody has waited for.
[[nodiscard]] bool has_children();

// A living child of this process.
[[nodiscard]] int some_child();

// A folder for TMPDIR that lasts as long as the object, so that a test sees its own leftovers only.
class TemporaryRoot {
public:
    TemporaryRoot();
    TemporaryRoot(const TemporaryRoot&) = delete;
    TemporaryRoot& operator=(const TemporaryRoot&) = delete;
    ~TemporaryRoot();

    [[nodiscard]] std::string path() const { return folder_.path().string(); }

    [[nodiscard]] bool is_empty() const;

private:
    std::string before_;
    test::TemporaryFolder folder_;
};

} // namespace assay::workers::testing
