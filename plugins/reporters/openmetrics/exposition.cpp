#include "exposition.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <numeric>

namespace openmetrics {
namespace {

// Shortest text that reads back as the same number.
std::string number(double value) {
    if (std::isinf(value)) {
        return value > 0 ? "+Inf" : "-Inf";
    }
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

// Of HELP, where quotes stand for themselves in the older format and are escaped in the newer.
std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\\' || (c == '"' && quotes)) {
            out += '\\';
            out += c;
        } else {
            out += c;
        }
    }
    return out;
}

std::string braced(const Labels& labels, std::string_view last_name = {}, std::string last = {}) {
    std::string text;
    const auto add = [&text](std::string_view name, std::string_view value) {
        text += text.empty() ? "{" : ",";
        text += std::string(name) + "=\"" + escaped(value, true) + "\"";
    };
    for (const auto& [name, value] : labels) {
        add(name, value);
    }
    if (!last_name.empty()) {
        add(last_name, last);
    }
    return text.empty() ? text : text + "}";
}

} // namespace

Exposition::Kept& Exposition::kept(const Family& family, const char* type) {
    const auto [place, is_new] = families_.try_emplace(family.name);
    if (is_new) {
        place->second = {.type = type, .unit = family.unit, .help = family.help, .lines = {}};
    }
    return place->second;
}

void Exposition::gauge(const Family& family, const Labels& labels, double value) {
    if (!std::isnan(value)) {
        kept(family, "gauge").lines += family.name + braced(labels) + " " + number(value) + "\n";
    }
}

void Exposition::histogram(const Family& family,
                           const Labels& labels,
                           std::span<const double> samples,
                           std::span<const double> bounds) {
    std::vector<double> sorted;
    std::ranges::copy_if(
        samples, std::back_inserter(sorted), [](double value) { return !std::isnan(value); });
    if (sorted.empty()) {
        return;
    }
    std::ranges::sort(sorted);
    std::string& lines = kept(family, "histogram").lines;
    for (const double bound : bounds) {
        const auto below = std::ranges::upper_bound(sorted, bound) - sorted.begin();
        lines += family.name + "_bucket" + braced(labels, "le", number(bound)) + " " +
                 std::to_string(below) + "\n";
    }
    const std::string count = std::to_string(sorted.size());
    lines += family.name + "_bucket" + braced(labels, "le", "+Inf") + " " + count + "\n";
    lines += family.name + "_sum" + braced(labels) + " " +
             number(std::accumulate(sorted.begin(), sorted.end(), 0.0)) + "\n";
    lines += family.name + "_count" + braced(labels) + " " + count + "\n";
}

std::string Exposition::written(Format format) const {
    const bool newer = format == Format::openmetrics;
    std::string text;
    for (const auto& [name, family] : families_) {
        text += "# TYPE " + name + " " + family.type + "\n";
        if (newer && !family.unit.empty()) {
            text += "# UNIT " + name + " " + family.unit + "\n";
        }
        text += "# HELP " + name + " " + escaped(family.help, newer) + "\n" + family.lines;
    }
    return newer ? text + "# EOF\n" : text;
}

std::string metric_name(std::string_view text) {
    std::string name;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        const bool digit = c >= '0' && c <= '9';
        if (digit && name.empty()) {
            name += '_';
        }
        name += letter || digit ? c : '_';
    }
    return name;
}

std::string unit_name(std::string_view unit) {
    if (unit == "s") {
        return "seconds";
    }
    if (unit == "By") {
        return "bytes";
    }
    if (unit == "%") {
        return "percent";
    }
    if (unit == "Hz") {
        return "hertz";
    }
    if (unit == "1" || unit.empty()) {
        return {};
    }
    const std::size_t slash = unit.find('/');
    const auto plain = [](std::string_view part) { // "{op}" -> "op"
        std::string word;
        std::ranges::copy_if(
            part, std::back_inserter(word), [](char c) { return c != '{' && c != '}'; });
        return word == "By" ? std::string("bytes") : word == "s" ? std::string("second") : word;
    };
    if (slash == std::string_view::npos) {
        return metric_name(plain(unit));
    }
    const std::string over = plain(unit.substr(0, slash));
    return metric_name((over == "1" ? "" : over + "_") + "per_" + plain(unit.substr(slash + 1)));
}

} // namespace openmetrics
