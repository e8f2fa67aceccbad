#include "support/system_tree.hpp"

#include "support/kernel_file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <system_error>

namespace assay {
namespace {

constexpr unsigned kCpusMax = 65'536;

bool is_space(char letter) noexcept {
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

std::optional<unsigned> cpu_number(std::string_view text) {
    const auto number = to_int64(text);
    return number && *number >= 0 && *number < kCpusMax
               ? std::optional(static_cast<unsigned>(*number))
               : std::nullopt;
}

} // namespace

bool SystemTree::exists(std::string_view path) const {
    std::error_code failed;
    return std::filesystem::exists(root_ / path, failed);
}

std::optional<std::string> SystemTree::text(std::string_view path) const {
    std::optional<std::string> text = kernel_text(root_ / path);
    // What is no text is no file of the kernel's, and must not reach a document.
    return text && is_utf8(*text) ? std::move(text) : std::nullopt;
}

std::optional<std::string> SystemTree::line(std::string_view path) const {
    const auto whole = text(path);
    if (!whole) {
        return std::nullopt;
    }
    const std::string_view first = trim(std::string_view(*whole).substr(0, whole->find('\n')));
    return first.empty() ? std::nullopt : std::optional(std::string(first));
}

std::optional<std::int64_t> SystemTree::number(std::string_view path) const {
    const auto first = line(path);
    return first ? to_int64(*first) : std::nullopt;
}

std::vector<unsigned> cpu_list(std::string_view text) {
    std::vector<unsigned> cpus;
    for (const std::string& part : split(trim(text), ',')) {
        const std::size_t dash = part.find('-');
        const auto first = cpu_number(part.substr(0, dash));
        const auto last = dash == std::string::npos ? first : cpu_number(part.substr(dash + 1));
        if (!first || !last || *last < *first || *last - *first >= kCpusMax - cpus.size()) {
            return {};
        }
        for (unsigned cpu = *first; cpu <= *last; ++cpu) {
            cpus.push_back(cpu);
        }
    }
    return cpus;
}

std::optional<std::int64_t> value_of(std::string_view text, std::string_view key) {
    for (const std::string& line : split(text, '\n')) {
        const std::vector<std::string> words = words_of(line);
        if (words.size() >= 2 && (words[0] == key || words[0] == std::string(key) + ":")) {
            return to_int64(words[1]);
        }
    }
    return std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (auto at = text.begin(); at != text.end();) {
        at = std::find_if_not(at, text.end(), is_space);
        const auto end = std::find_if(at, text.end(), is_space);
        if (at != end) {
            words.emplace_back(at, end);
        }
        at = end;
    }
    return words;
}

} // namespace assay
