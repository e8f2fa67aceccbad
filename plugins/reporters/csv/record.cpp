#include "record.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace csv {
namespace {

std::string digits(std::uint64_t value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

} // namespace

void Record::separate() {
    line_ += first_ ? "" : ",";
    first_ = false;
}

Record& Record::text(std::string_view field) {
    separate();
    if (field.find_first_of("\",\r\n") == std::string_view::npos) {
        line_ += field;
        return *this;
    }
    line_ += '"';
    for (const char c : field) {
        line_ += c == '"' ? "\"\"" : std::string_view(&c, 1);
    }
    line_ += '"';
    return *this;
}

Record& Record::number(double field) {
    separate();
    if (std::isfinite(field)) {
        std::array<char, 32> text{};
        const double value = field == 0 ? 0.0 : field; // no "-0"
        line_.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
    }
    return *this;
}

Record& Record::count(std::uint64_t field) {
    separate();
    line_ += std::to_string(field);
    return *this;
}

std::string utc_time(std::uint64_t unix_ns) {
    if (unix_ns == 0) {
        return {};
    }
    using namespace std::chrono;
    const sys_time<milliseconds> when{milliseconds(unix_ns / 1'000'000)};
    const auto day = floor<days>(when);
    const year_month_day date{day};
    const hh_mm_ss time{when - day};
    const auto two = [](auto value) { return digits(static_cast<std::uint64_t>(value), 2); };
    return digits(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4) + "-" +
           two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day())) +
           "T" + two(time.hours().count()) + ":" + two(time.minutes().count()) + ":" +
           two(time.seconds().count()) + "." +
           digits(static_cast<std::uint64_t>(time.subseconds().count()), 3) + "Z";
}

} // namespace csv
