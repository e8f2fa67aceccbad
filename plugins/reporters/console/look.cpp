#include "look.hpp"

namespace console {
namespace {

std::string_view code_of(Paint paint) {
    switch (paint) {
    case Paint::bold:
        return "\x1b[1m";
    case Paint::dim:
        return "\x1b[2m";
    case Paint::red:
        return "\x1b[31m";
    case Paint::green:
        return "\x1b[32m";
    case Paint::yellow:
        return "\x1b[33m";
    case Paint::plain:
        break;
    }
    return {};
}

} // namespace

std::string Look::paint(Paint paint, std::string_view text) const {
    const std::string_view code = code_of(paint);
    if (!color || code.empty() || text.empty()) {
        return std::string(text);
    }
    return std::string(code) + std::string(text) + "\x1b[0m";
}

std::string_view Look::branch(bool last) const {
    if (unicode) {
        return last ? "\u2570\u2500 " : "\u251C\u2500 ";
    }
    return last ? "`- " : "|- ";
}

std::string_view Look::trunk(bool last) const {
    if (last) {
        return "   ";
    }
    return unicode ? "\u2502  " : "|  ";
}

} // namespace console
