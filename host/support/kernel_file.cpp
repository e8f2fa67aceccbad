#include "support/kernel_file.hpp"

#include "support/text.hpp"
#include "support/unique_fd.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace assay {
namespace {

constexpr std::size_t kChunk = 16 * 1024; // most of these files are shorter

} // namespace

std::optional<std::string> kernel_text(const std::filesystem::path& path, std::size_t bytes_max) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd) {
        return std::nullopt;
    }
    std::string text;
    std::size_t done = 0;
    while (done < bytes_max) {
        text.resize(std::min(bytes_max, done + kChunk));
        const ssize_t got = ::read(fd.get(), text.data() + done, text.size() - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::nullopt;
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    text.resize(done);
    return text;
}

std::string kernel_line(const std::filesystem::path& path) {
    const std::string text = kernel_text(path, kChunk).value_or("");
    return std::string(trim(std::string_view(text).substr(0, text.find('\n'))));
}

} // namespace assay
