#include "exposition.hpp"

#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace openmetrics {

namespace formats = assay::import_formats;

namespace {

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':';
}

std::string_view name_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_name_byte(text[end])) {
        ++end;
    }
    const bool begins = end > 0 && !(text[0] >= '0' && text[0] <= '9');
    return text.substr(0, begins ? end : 0);
}

void skip_space(std::string_view& rest) {
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) {
        rest.remove_prefix(1);
    }
}

bool take(std::string_view& rest, char c) {
    skip_space(rest);
    if (!rest.starts_with(c)) {
        return false;
    }
    rest.remove_prefix(1);
    return true;
}

// Behind the opening quote.
std::optional<std::string> quoted(std::string_view& rest) {
    std::string text;
    while (!rest.empty() && rest.front() != '"') {
        if (rest.front() == '\\' && rest.size() > 1) {
            text += rest[1] == 'n' ? '\n' : rest[1];
            rest.remove_prefix(2);
        } else {
            text += rest.front();
            rest.remove_prefix(1);
        }
    }
    if (rest.empty()) {
        return std::nullopt;
    }
    rest.remove_prefix(1);
    return text;
}

// Behind the opening brace, up to behind the closing one.
bool take_labels(std::string_view& rest, Sample& sample) {
    while (!take(rest, '}')) {
        skip_space(rest);
        const std::string_view name = name_at(rest);
        rest.remove_prefix(name.size());
        if (name.empty() || !take(rest, '=') || !take(rest, '"')) {
            return false;
        }
        std::optional<std::string> value = quoted(rest);
        const bool again = std::ranges::any_of(
            sample.labels, [name](const auto& label) { return label.first == name; });
        if (!value || again) { // a label stands once in a set of them
            return false;
        }
        sample.labels.emplace_back(std::string(name), std::move(*value));
        if (!take(rest, ',')) {
            return take(rest, '}');
        }
    }
    return true;
}

std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '\\' && i + 1 < text.size();
        plain += !escape ? text[i] : text[++i] == 'n' ? '\n' : text[i];
    }
    return plain;
}

std::optional<double> value_of(std::string_view word) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (word == "NaN") {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (word == "+Inf" || word == "Inf") {
        return kInfinity;
    }
    return word == "-Inf" ? -kInfinity : formats::read_number(word);
}

} // namespace

bool take_comment(std::string_view line, Families& families) {
    if (!line.starts_with('#')) {
        return false;
    }
    const std::vector<std::string_view> words = formats::words_of(line);
    if (words.size() > 3 && words[0] == "#" && words[1] == "HELP") {
        const auto begin = static_cast<std::size_t>(words[3].data() - line.data());
        families[std::string(words[2])].help = unescaped(line.substr(begin));
    } else if (words.size() == 4 && words[0] == "#") {
        Family& family = families[std::string(words[2])];
        if (words[1] == "TYPE") {
            family.type = words[3];
        } else if (words[1] == "UNIT") {
            family.unit = words[3];
        }
    }
    return true;
}

std::optional<Sample> sample_in(std::string_view line) {
    std::string_view rest = line;
    const std::string_view name = name_at(rest);
    if (name.empty()) {
        return std::nullopt;
    }
    Sample sample;
    sample.name = name;
    rest.remove_prefix(name.size());
    if (rest.starts_with('{')) {
        rest.remove_prefix(1);
        if (!take_labels(rest, sample)) {
            return std::nullopt;
        }
    } else if (!rest.starts_with(' ') && !rest.starts_with('\t')) {
        return std::nullopt;
    }
    rest = rest.substr(0, rest.find(" # ")); // an exemplar
    const std::vector<std::string_view> words = formats::words_of(rest);
    const std::optional<double> value = words.empty() ? std::nullopt : value_of(words[0]);
    if (!value || words.size() > 2) {
        return std::nullopt;
    }
    sample.value = *value;
    if (words.size() == 2) {
        sample.timestamp = formats::read_number(words[1]);
        if (!sample.timestamp) {
            return std::nullopt;
        }
    }
    return sample;
}

std::optional<std::pair<std::string, Family>> family_of(const Sample& sample,
                                                        const Families& families) {
    constexpr std::array<std::string_view, 8> kEnds{
        "", "_total", "_bucket", "_sum", "_count", "_created", "_info", "_gsum"};
    for (const std::string_view end : kEnds) {
        const std::string_view name = sample.name;
        if (!name.ends_with(end)) {
            continue;
        }
        const auto found = families.find(name.substr(0, name.size() - end.size()));
        if (found != families.end() && !found->second.type.empty()) {
            return *found;
        }
    }
    return std::nullopt;
}

} // namespace openmetrics
