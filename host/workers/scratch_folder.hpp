// A folder that is gone with its owner: what a worker calls its own, its working directory and
// TMPDIR, or where the host puts a file together. Made under the host's temporary folder.
//
//   auto folder = ScratchFolder::make();       // "/tmp/assay-worker-x7Qw2b"
//   auto folder = ScratchFolder::borrow(path); // the caller's: left alone
//
// Movable value; the folder is removed by whoever destroys it.
#pragma once

#include "support/result.hpp"

#include <string>

namespace assay::workers {

class ScratchFolder {
public:
    // `owner`: a word for whoever finds the folder after a power cut.
    [[nodiscard]] static Result<ScratchFolder> make(const std::string& owner = "worker");
    [[nodiscard]] static ScratchFolder borrow(std::string path);

    ScratchFolder(ScratchFolder&& other) noexcept;
    ScratchFolder& operator=(ScratchFolder&& other) noexcept;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    // Removes the folder now, if it is owned. Nothing may be running in it any more.
    void remove() noexcept;

private:
    ScratchFolder(std::string path, bool owned) noexcept;

    std::string path_;
    bool owned_ = false;
};

} // namespace assay::workers
