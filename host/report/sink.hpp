// Where a reporter's bytes go: a file that appears whole or not at all, or stdout.
//
//   auto sink = FileSink::open("assay-report/results.json");
//   sink->write(bytes);  sink->commit();
//
// One thread at a time.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

class Sink {
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default; // an uncommitted file leaves nothing behind

    virtual Status write(std::string_view bytes) = 0;
    // A further file beside this one, by a relative name without "..": assets of a report.
    virtual Result<Sink*> open_extra(std::string_view relative_name) = 0;
    virtual Status commit() = 0; // fsync, rename; extras first
    [[nodiscard]] virtual bool is_terminal() const = 0;
    [[nodiscard]] virtual int columns() const = 0; // 0 = unknown

    [[nodiscard]] virtual bool is_file() const { return false; } // that appears when committed

    [[nodiscard]] virtual std::string target() const = 0; // the path or "stdout", for messages
};

Result<std::unique_ptr<Sink>> open_file_sink(const std::string& path);
std::unique_ptr<Sink> stdout_sink();
// Into a text that is assigned when committed. Has no files beside it.
std::unique_ptr<Sink> text_sink(std::shared_ptr<std::string> text);

} // namespace assay::report
