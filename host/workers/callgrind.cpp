#include "workers/callgrind.hpp"

#include "measure/counting.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <unistd.h>

namespace assay::workers {

namespace {

constexpr std::string_view kFilePrefix = "instructions.";

Error unusable(std::string why) {
    return Error{ErrorKind::unavailable, "callgrind: " + std::move(why), ""};
}

// "Ir  Dr Dw" -> {"Ir", "Dr", "Dw"}
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words = split(line, ' ');
    std::erase(words, "");
    return words;
}

// What stands behind "name:" where the line begins so.
std::optional<std::vector<std::string>> entry(std::string_view line, std::string_view name) {
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ':') {
        return std::nullopt;
    }
    return words_of(trim(line.substr(name.size() + 1)));
}

// The figure of column `at`; trailing zeros may be left out in this format.
std::optional<std::uint64_t> figure(const std::vector<std::string>& words, std::size_t at) {
    if (at >= words.size()) {
        return words.empty() ? std::nullopt : std::optional<std::uint64_t>(0);
    }
    const std::optional<std::int64_t> value = to_int64(words[at]);
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

} // namespace

Result<std::string> valgrind_program() {
    const char* const path = std::getenv("PATH");
    for (const std::string& folder : split(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
        std::string program = folder + "/valgrind";
        if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) {
            return program;
        }
    }
    return Error{ErrorKind::unavailable, "valgrind is not installed", "apt install valgrind"};
}

std::vector<std::string> callgrind_command(const std::string& valgrind) {
    return {valgrind,
            "--command-line-only=yes", // nobody's .valgrindrc
            "--quiet",
            "--vgdb=no", // its pipes would outlive a worker that is killed
            "--tool=callgrind",
            "--collect-atstart=no",
            std::string("--toggle-collect=") + measure::kCountedRun,
            "--callgrind-out-file=" + std::string(kFilePrefix) + "%p"};
}

std::string callgrind_file(int pid) {
    return std::string(kFilePrefix) + std::to_string(pid);
}

// "totals:" closes the file, "summary:" stands in its head; an older or newer writer may leave out
// one of them. Where both are there they must agree.
Result<std::uint64_t> instructions_in(std::string_view text) {
    std::optional<std::size_t> column;
    std::optional<std::uint64_t> total;
    for (const std::string& line : split(text, '\n')) {
        if (const auto events = entry(line, "events")) {
            const auto found = std::ranges::find(*events, "Ir");
            if (column || found == events->end()) {
                return unusable(column ? "its file names its events twice"
                                       : "its file has no event Ir");
            }
            column = static_cast<std::size_t>(found - events->begin());
        }
        for (const char* name : {"summary", "totals"}) {
            const auto figures = entry(line, name);
            if (!figures) {
                continue;
            }
            const auto value = column ? figure(*figures, *column) : std::nullopt;
            if (!value) {
                return unusable("the line '" + line.substr(0, 80) + "' of its file is malformed");
            }
            if (total && *total != *value) {
                return unusable("its file contradicts itself: " + std::to_string(*total) + " and " +
                                std::to_string(*value) + " instructions");
            }
            total = value;
        }
    }
    if (!total) {
        return unusable("its file states no total: was it cut off?");
    }
    if (*total == 0) {
        return unusable(std::string("nothing was collected; it may not see the symbol ") +
                        measure::kCountedRun);
    }
    return *total;
}

} // namespace assay::workers
