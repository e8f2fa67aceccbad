// A file that has no name until it is complete: O_TMPFILE where the file system has it, so that not
// even a killed process leaves anything; else a hidden name that the destructor removes.
//
//   auto file = TemporaryFile::open("assay-report");
//   file->write(bytes);
//   file->publish("assay-report/results.json");   // fsync, then rename over the target
//
// One thread at a time.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <filesystem>
#include <string_view>

namespace assay::report {

class TemporaryFile {
public:
    enum class Naming { unnamed, hidden };

    // In `folder`, which has to be on the file system of the later target. `unnamed` falls back to
    // `hidden` where the system cannot do it. Errors carry the system's words alone.
    static Result<TemporaryFile> open(const std::filesystem::path& folder,
                                      Naming naming = Naming::unnamed);

    TemporaryFile(TemporaryFile&& other) noexcept;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();

    Status write(std::string_view bytes);
    // Puts the complete file in the place of `target`, in one step for every reader.
    Status publish(const std::filesystem::path& target);

private:
    TemporaryFile(UniqueFd fd, std::filesystem::path folder, std::filesystem::path name)
        : fd_(std::move(fd))
        , folder_(std::move(folder))
        , name_(std::move(name)) {}

    UniqueFd fd_;
    std::filesystem::path folder_;
    std::filesystem::path name_; // empty while the file has none
};

} // namespace assay::report
