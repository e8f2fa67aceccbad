#include "wisdom_file.hpp"

#include "fourier_pair.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace assay::cgl {
namespace {

constexpr std::string_view kFirstLine = "assay cgl: wisdom of FFTW, 1\n";
constexpr std::string_view kSingleStarts = "\n(fftw-single\n"; // between the precisions

std::optional<std::string> text_of_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return in ? std::optional(std::move(text).str()) : std::nullopt;
}

std::string processor_line() {
    std::ifstream cpuinfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuinfo, line);) {
        if (line.starts_with("model name")) {
            return line + "\n";
        }
    }
    return "model name unknown\n";
}

std::string header() {
    return std::string(kFirstLine) + processor_line();
}

std::string text_now() {
    return header() + fft_wisdom<double>() + std::string(kSingleStarts) + fft_wisdom<float>();
}

// Of one that begins as a wisdom file does.
std::optional<std::string> take_text(const std::string& text, const std::string& name) {
    if (!text.starts_with(header())) {
        return name + " was made on another processor: plans are measured anew";
    }
    const std::size_t begin = header().size(), middle = text.find(kSingleStarts);
    if (middle == std::string::npos ||
        !take_fft_wisdom<double>(text.substr(begin, middle - begin)) ||
        !take_fft_wisdom<float>(text.substr(middle + kSingleStarts.size()))) {
        return name + " is of another FFTW than " + fft_version() +
               ", or damaged: plans are measured anew";
    }
    return std::nullopt;
}

} // namespace

WisdomFile::WisdomFile(std::filesystem::path path)
    : path_(std::move(path)) {}

std::optional<std::string> WisdomFile::take() const {
    std::error_code none;
    if (!std::filesystem::exists(path_, none)) {
        return std::nullopt;
    }
    const auto text = text_of_file(path_);
    if (!text || !text->starts_with(kFirstLine)) {
        return path_.string() +
               " is not a wisdom file of this suite: it is neither read nor written; give "
               "'wisdom' another path";
    }
    return take_text(*text, path_.string());
}

std::optional<std::string> WisdomFile::keep() const {
    std::error_code error;
    if (std::filesystem::exists(path_, error)) {
        const auto text = text_of_file(path_);
        if (!text || !text->starts_with(kFirstLine)) {
            return std::nullopt; // take() told
        }
        static_cast<void>(take_text(*text, "")); // what others learnt meanwhile
        if (*text == text_now()) {
            return std::nullopt;
        }
    }
    const std::filesystem::path beside =
        path_.string() + ".tmp" + std::to_string(static_cast<long>(::getpid()));
    std::ofstream out(beside, std::ios::binary);
    out << text_now();
    out.close();
    if (out) {
        std::filesystem::rename(beside, path_, error);
    }
    if (!out || error) {
        std::filesystem::remove(beside, error);
        return "cannot write the wisdom file " + path_.string() +
               ": is its folder there and writable?";
    }
    return std::nullopt;
}

std::string wisdom_digest() {
    std::uint64_t digest = 0xCBF29CE484222325ULL;
    for (const std::string& text : {fft_wisdom<double>(), fft_wisdom<float>()}) {
        for (const char byte : text) {
            digest = (digest ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
        }
    }
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(digest));
    return hex.data();
}

} // namespace assay::cgl
