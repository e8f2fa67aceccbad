#include "history/timestamp.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace assay::history {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr int kYearMin = 1970, kYearMax = 2261; // what nanoseconds in 63 bits reach, whole years

// Takes text from the left; a failure sticks.
class Cursor {
public:
    explicit Cursor(std::string_view text) noexcept
        : rest_(text) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

    // Exactly so many digits.
    int digits(std::size_t count) noexcept {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = i < rest_.size() ? rest_[i] : '\0';
            failed_ = failed_ || c < '0' || c > '9';
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(std::min(count, rest_.size()));
        return failed_ ? 0 : value;
    }

    // The character, if it is one of these.
    char one_of(std::string_view wanted) noexcept {
        if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) {
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    void expect(std::string_view wanted) noexcept { failed_ = one_of(wanted) == '\0' || failed_; }

    // A fraction of a second, digits beyond the nanosecond dropped.
    std::int64_t fraction() noexcept {
        std::int64_t value = 0, unit = kSecond;
        std::size_t used = 0;
        for (; used < rest_.size() && rest_[used] >= '0' && rest_[used] <= '9'; ++used) {
            unit /= 10;
            value += unit * (rest_[used] - '0');
        }
        failed_ = failed_ || used == 0;
        rest_.remove_prefix(used);
        return value;
    }

private:
    std::string_view rest_;
    bool failed_ = false;
};

// Minutes east of Greenwich; nothing where the text names no zone.
std::optional<int> zone(Cursor& text) noexcept {
    if (text.one_of("Zz") != '\0') {
        return 0;
    }
    const char sign = text.one_of("+-");
    if (sign == '\0') {
        return std::nullopt;
    }
    const int hours = text.digits(2);
    text.one_of(":");
    const int minutes = text.at_end() ? 0 : text.digits(2);
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

} // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
    using namespace std::chrono;
    Cursor cursor(text);
    const int year_number = cursor.digits(4);
    cursor.expect("-");
    const int month_number = cursor.digits(2);
    cursor.expect("-");
    const int day_number = cursor.digits(2);
    cursor.expect("Tt ");
    const int hour = cursor.digits(2);
    cursor.expect(":");
    const int minute = cursor.digits(2);
    cursor.expect(":");
    const int second = cursor.digits(2); // 60: a leap second, the next one's zero
    const std::int64_t fraction = cursor.one_of(".,") != '\0' ? cursor.fraction() : 0;
    const std::optional<int> east = zone(cursor);
    const year_month_day date{year(year_number),
                              month(static_cast<unsigned>(month_number)),
                              day(static_cast<unsigned>(day_number))};
    if (cursor.failed() || !cursor.at_end() || !date.ok() || year_number < kYearMin ||
        year_number > kYearMax || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    const std::int64_t seconds =
        days * 86400 + hour * 3600 + minute * 60 + second - east.value_or(0) * 60;
    return Timestamp{.unix_ns = seconds * kSecond + fraction, .zone_assumed = !east};
}

std::optional<std::int64_t> from_unix_seconds(double seconds) noexcept {
    constexpr double kSecondsMax = 9.2e9; // the year 2261
    if (!(seconds >= 0 && seconds < kSecondsMax)) {
        return std::nullopt;
    }
    const double whole = std::floor(seconds);
    return static_cast<std::int64_t>(whole) * kSecond +
           std::llround((seconds - whole) * static_cast<double>(kSecond));
}

std::string timestamp_text(std::int64_t unix_ns) {
    using namespace std::chrono;
    const sys_time<nanoseconds> time{nanoseconds(unix_ns)};
    const sys_days days = floor<std::chrono::days>(time);
    const year_month_day date{days};
    const hh_mm_ss clock{time - days};
    const auto padded = [](std::int64_t number, std::size_t width) {
        const std::string digits = std::to_string(number);
        return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    std::string fraction = padded(clock.subseconds().count(), 9);
    while (fraction.size() > 3 && fraction.back() == '0') {
        fraction.pop_back();
    }
    return padded(int(date.year()), 4) + "-" + padded(unsigned(date.month()), 2) + "-" +
           padded(unsigned(date.day()), 2) + "T" + padded(clock.hours().count(), 2) + ":" +
           padded(clock.minutes().count(), 2) + ":" + padded(clock.seconds().count(), 2) + "." +
           fraction + "Z";
}

} // namespace assay::history
