#include "app/gate/ci_reports.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::app {
namespace {

constexpr std::array<std::string_view, 4> kCiReporters{"github", "junit", "json", "markdown"};
constexpr const char* kGateFile = "assay-report/gate.json";
constexpr std::string_view kPairsSpec = "json=assay-report/comparison.json";

// "json" of "json=out.json,indent=2".
std::string_view reporter_in(std::string_view spec) {
    return spec.substr(0, spec.find_first_of("=,"));
}

} // namespace

std::vector<std::string> with_ci_reporters(std::vector<std::string> reporters,
                                           ReportsOf reports_of,
                                           const LoadedPlugins& loaded,
                                           const Messages& say) {
    std::vector<std::string> absent;
    for (const std::string_view name : kCiReporters) {
        if (std::ranges::find(reporters, name, reporter_in) != reporters.end()) {
            continue;
        }
        const LoadedPlugin* const provider = provider_of(loaded, ASSAY_KIND_REPORTER, name);
        if (provider == nullptr || !provider->stored) {
            absent.emplace_back(name);
            continue;
        }
        const bool of_pairs = reports_of == ReportsOf::pairs && name == "json";
        reporters.emplace_back(of_pairs ? kPairsSpec : name);
    }
    if (!absent.empty()) {
        say.note_line("no plugin provides the reporters " + join(absent, ", ") +
                      ": left out; 'assay export' writes recorded runs in other formats");
    }
    return reporters;
}

ExitCode write_gate_document(const Messages& say, const json::object& document) {
    const Status written =
        write_file_atomically(kGateFile, write_json(document, JsonLayout::indented) + "\n");
    if (!written) {
        Error error = written.error();
        error.message = std::string(kGateFile) + " is not written: " + error.message;
        return static_cast<ExitCode>(report(say, error));
    }
    say.note_line(std::string("wrote ") + kGateFile);
    return ExitCode::pass;
}

} // namespace assay::app
