#include "worker/conformance/ucum.hpp"

#include <algorithm>
#include <array>

namespace assay::worker::conformance {
namespace {

// Atoms that take a prefix ("ms", "GHz", "MiBy" with a binary one), and those that do not.
constexpr std::array<std::string_view, 23> kMetricAtoms{
    "s", "m", "g", "K",   "A", "mol", "cd",  "rad", "sr",  "Hz", "N", "Pa",
    "J", "W", "V", "Ohm", "F", "H",   "Cel", "By",  "bit", "Bd", "eV"};
constexpr std::array<std::string_view, 14> kPlainAtoms{
    "%", "min", "h", "d", "wk", "mo", "a", "deg", "10*", "10^", "[ppth]", "[ppm]", "[ppb]", "dB"};
constexpr std::array<std::string_view, 24> kPrefixes{"Ki", "Mi", "Gi", "Ti", "da", "Y", "Z", "E",
                                                     "P",  "T",  "G",  "M",  "k",  "h", "d", "c",
                                                     "m",  "u",  "n",  "p",  "f",  "a", "z", "y"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& all, std::string_view one) noexcept {
    return std::ranges::find(all, one) != all.end();
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_known_atom(std::string_view atom) noexcept {
    if (contains(kMetricAtoms, atom) || contains(kPlainAtoms, atom)) {
        return true;
    }
    return std::ranges::any_of(kPrefixes, [&](std::string_view prefix) {
        return atom.starts_with(prefix) && contains(kMetricAtoms, atom.substr(prefix.size()));
    });
}

// A recursive-descent reader of the grammar: term = ["/"] component (("." | "/") component)*.
class UnitReader {
public:
    explicit UnitReader(std::string_view text) noexcept
        : left_(text) {}

    UnitFault read() noexcept {
        if (left_.empty() || !read_term(0) || !left_.empty()) {
            return UnitFault::malformed;
        }
        return unknown_ ? UnitFault::unknown : UnitFault::none;
    }

private:
    static constexpr int kNestingMax = 8;

    bool read_term(int depth) noexcept {
        take('/');
        do {
            if (!read_component(depth)) {
                return false;
            }
        } while (take('.') || take('/'));
        return true;
    }

    bool read_component(int depth) noexcept {
        if (take('(')) {
            return depth < kNestingMax && read_term(depth + 1) && take(')');
        }
        if (!left_.empty() && left_.front() == '{') {
            return read_annotation();
        }
        if (!read_atom()) {
            return false;
        }
        return left_.empty() || left_.front() != '{' || read_annotation();
    }

    bool read_annotation() noexcept {
        const std::size_t end = left_.find('}');
        if (end == std::string_view::npos) {
            return false;
        }
        const std::string_view text = left_.substr(1, end - 1);
        left_.remove_prefix(end + 1);
        return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127 && c != '{'; });
    }

    // A number, or a unit symbol with an exponent.
    bool read_atom() noexcept {
        std::size_t end = 0;
        while (end < left_.size() && is_digit(left_[end])) {
            ++end;
        }
        if (end > 0 && !left_.substr(end).starts_with('*') && !left_.substr(end).starts_with('^')) {
            left_.remove_prefix(end);
            return true;
        }
        bool in_brackets = false;
        while (end < left_.size() && belongs_to_atom(left_[end], in_brackets)) {
            in_brackets = left_[end] == '[' || (in_brackets && left_[end] != ']');
            ++end;
        }
        const std::string_view atom = left_.substr(0, end);
        left_.remove_prefix(end);
        read_exponent();
        unknown_ = unknown_ || !is_known_atom(atom);
        return !atom.empty() && !in_brackets;
    }

    static bool belongs_to_atom(char c, bool in_brackets) noexcept {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || c == '%' || c == '_' || c == '[' || c == ']' || c == '*' || c == '^' ||
               c == '\'' || (in_brackets && is_digit(c));
    }

    void read_exponent() noexcept {
        std::string_view rest = left_;
        if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
            rest.remove_prefix(1);
        }
        std::size_t digits = 0;
        while (digits < rest.size() && is_digit(rest[digits])) {
            ++digits;
        }
        if (digits > 0) {
            left_ = rest.substr(digits);
        }
    }

    bool take(char c) noexcept {
        if (!left_.starts_with(c)) {
            return false;
        }
        left_.remove_prefix(1);
        return true;
    }

    std::string_view left_;
    bool unknown_ = false;
};

} // namespace

UnitFault unit_fault(std::string_view unit) noexcept {
    return UnitReader(unit).read();
}

} // namespace assay::worker::conformance
