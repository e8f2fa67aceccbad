#include "job_summary.hpp"

#include <assay/errors.hpp>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace github_reporter {

std::string summary_file() {
    const char* const named = std::getenv("GITHUB_STEP_SUMMARY");
    return named == nullptr ? std::string() : std::string(named);
}

void append_to_summary(const std::string& path, std::string_view text) {
    errno = 0;
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.flush();
    if (!file) {
        throw assay::failure(ASSAY_E_IO,
                             "cannot add to the job summary " + path + ": " +
                                 std::strerror(errno == 0 ? EIO : errno) +
                                 " (GITHUB_STEP_SUMMARY names it)");
    }
}

} // namespace github_reporter
