// Documents that a person names: a file, or "-" for standard input and output.
//
//   Result<std::string> text = read_outside("-");
//   Result<OutsideFile> out = OutsideFile::create("figures.csv");
//   out->write("a,b\n");
//   out->finish();          // gets its name now; without it nothing is left behind
//
// Of standard output, a device or a pipe the same: not a byte is on it before finish(), whatever
// fails halfway. Called from main's thread.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <string>
#include <string_view>

namespace assay::app {

// Errors: usage (no such file), io, config (longer than any document we take).
Result<std::string> read_outside(const std::string& name);

class OutsideFile {
public:
    static Result<OutsideFile> create(const std::string& name);

    OutsideFile(OutsideFile&& other) noexcept;
    OutsideFile& operator=(OutsideFile&&) = delete;
    OutsideFile(const OutsideFile&) = delete;
    OutsideFile& operator=(const OutsideFile&) = delete;
    ~OutsideFile();

    Status write(std::string_view text);
    Status finish();

private:
    OutsideFile(UniqueFd fd, std::string name, std::string temporary, UniqueFd place = {});
    // With the name in front.
    [[nodiscard]] Status checked(const Status& written) const;

    UniqueFd fd_;           // of what cannot be renamed to a spool without a name, when it is long
    UniqueFd place_;        // a device or a pipe that has this name
    std::string name_;      // as the person named it
    std::string temporary_; // beside it, until finish()
    std::string held_;      // the beginning of standard output
};

} // namespace assay::app
