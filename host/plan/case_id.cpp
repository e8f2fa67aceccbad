#include "plan/case_id.hpp"

#include "support/text.hpp"

#include <filesystem>

namespace assay::plan {
namespace {

// Enough to tell the versions of one file apart, short enough to read.
constexpr std::size_t kDigestDigits = 8;

} // namespace

std::string axis_text(std::string_view axis, const measure::ParameterValue& value) {
    std::string text(axis);
    text += '=';
    text += measure::id_text(value);
    return text;
}

std::string axis_file_text(std::string_view axis, std::string_view path, std::string_view digest) {
    std::string text(axis);
    text += '=';
    text += percent_encode(std::filesystem::path(path).filename().string());
    text += '-';
    text += digest.substr(0, kDigestDigits);
    return text;
}

std::string case_id(std::string_view suite, std::string_view family, std::string_view axes) {
    std::string id;
    id.reserve(suite.size() + family.size() + axes.size() + 3);
    id += suite;
    id += '/';
    id += family;
    if (!axes.empty()) {
        id += '[';
        id += axes;
        id += ']';
    }
    return id;
}

} // namespace assay::plan
