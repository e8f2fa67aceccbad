#include "tracking/exports/foreign_names.hpp"

#include <cmath>
#include <limits>

namespace assay::tracking {
namespace {

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

std::string percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool triple = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
        if (triple) {
            plain += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

std::string shown_suite(const ExportedCase& one) {
    return one.imported ? percent_decoded(one.suite) : one.suite;
}

std::string shown_family(const ExportedCase& one) {
    return one.imported ? percent_decoded(one.family) : one.family;
}

std::string shown_case(const ExportedCase& one, std::string_view importer) {
    if (!one.imported || one.suite != importer) {
        return percent_decoded(one.id);
    }
    // Parameters stay in the brackets of the id: such a format has no place of their own for them.
    const std::size_t open = one.axes.empty() ? std::string::npos : one.id.find('[');
    return shown_family(one) +
           (open == std::string::npos ? "" : percent_decoded(one.id.substr(open)));
}

std::string shown_unit(std::string_view unit) {
    std::string shown;
    for (const char c : unit) {
        if (c != '{' && c != '}') {
            shown += c;
        }
    }
    const bool bytes = shown == "By" || shown.starts_with("By/");
    return bytes ? "B" + shown.substr(2) : shown.empty() ? "1" : shown;
}

std::string key_of_name(std::string_view name) {
    std::string key;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        if (upper || kept) {
            key += static_cast<char>(upper ? c + ('a' - 'A') : c);
        } else if (!key.empty() && key.back() != '_') {
            key += '_';
        }
    }
    while (!key.empty() && key.back() == '_') {
        key.pop_back();
    }
    return key;
}

double scaled_to_come_back(double figure, double factor) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const double scaled = figure * factor;
    double below = scaled, above = scaled;
    for (int step = 0; step < 3; ++step) {
        for (const double candidate : {below, above}) {
            if (candidate / factor == figure) {
                return candidate;
            }
        }
        below = std::nextafter(below, -kInfinity);
        above = std::nextafter(above, kInfinity);
    }
    return scaled;
}

} // namespace assay::tracking
