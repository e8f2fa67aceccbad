// S1 to S8: what can be said about a plugin file without loading it.
//
//   StaticChecks checks("build/demo.assay.so");
//   CheckReport report = checks.run("S4");
//
// Reads the file; plain values otherwise. One thread.
#pragma once

#include "catalog/elf.hpp"
#include "measure/conformance.hpp"
#include "support/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

class StaticChecks {
public:
    explicit StaticChecks(std::string path);

    // Of a check with the subject `file`. All but S1 are skipped when the file cannot be read.
    [[nodiscard]] measure::CheckReport run(std::string_view id) const;

    // Why the file is no library of this machine; empty if it is one.
    [[nodiscard]] const std::string& unreadable() const noexcept { return unreadable_; }

    // The bytes of the manifest's section, if it is there once.
    [[nodiscard]] const std::optional<std::string>& manifest() const noexcept { return manifest_; }

private:
    void check_manifest(measure::CheckReport& report) const;
    void check_entry(measure::CheckReport& report) const;
    void check_other_symbols(measure::CheckReport& report) const;
    void check_segments(measure::CheckReport& report) const;
    void check_needed(measure::CheckReport& report) const;
    void check_own_libraries(measure::CheckReport& report) const;
    void tell_debug_info(measure::CheckReport& report) const;

    std::string path_;
    Result<catalog::ElfImage> image_;
    std::string unreadable_;
    std::optional<std::string> manifest_;
    std::vector<catalog::ElfSymbol> symbols_;
    catalog::ElfDynamic dynamic_;
};

} // namespace assay::app
