// Documents that a person names: a file, or "-" for standard input and output.
//
//   Result<std::string> text = read_outside("-");
//   Result<OutsideFile> out = OutsideFile::create("figures.csv");
//   out->write("a,b\n");
//   out->finish();          // gets its name now; without it nothing is left behind
//
// Called from main's thread.
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
    OutsideFile(UniqueFd fd, std::string name, std::string temporary);
    [[nodiscard]] int descriptor() const noexcept;

    UniqueFd fd_;           // empty: standard output
    std::string name_;      // as the person named it
    std::string temporary_; // beside it, until finish()
};

} // namespace assay::app
