#include "import_formats/instants.hpp"

#include <chrono>
#include <cmath>

namespace assay::import_formats {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLast = std::int64_t{7'258'118'400} * kSecond; // 2200-01-01

// Takes pieces off the front of a text.
class Pieces {
public:
    explicit Pieces(std::string_view text) noexcept
        : text_(text) {}

    // Exactly so many digits; -1: they are not there.
    int digits(std::size_t count) noexcept {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i >= text_.size() || text_[i] < '0' || text_[i] > '9') {
                return -1;
            }
            value = value * 10 + (text_[i] - '0');
        }
        text_.remove_prefix(count);
        return value;
    }

    bool one_of(std::string_view marks) noexcept {
        if (text_.empty() || marks.find(text_.front()) == std::string_view::npos) {
            return false;
        }
        text_.remove_prefix(1);
        return true;
    }

    // Nanoseconds of the digits behind a decimal point.
    std::int64_t fraction() noexcept {
        std::int64_t value = 0;
        for (std::int64_t unit = kSecond / 10;
             !text_.empty() && text_.front() >= '0' && text_.front() <= '9';
             unit /= 10) {
            value += unit * (text_.front() - '0');
            text_.remove_prefix(1);
        }
        return value;
    }

    [[nodiscard]] std::string_view rest() const noexcept { return text_; }

private:
    std::string_view text_;
};

// Seconds east of Greenwich; nothing: no zone of ours.
std::optional<std::int64_t> zone(Pieces& pieces) noexcept {
    if (pieces.rest().empty() || pieces.rest() == "Z" || pieces.rest() == " UTC") {
        return 0;
    }
    static_cast<void>(pieces.one_of(" "));
    const bool west = pieces.rest().starts_with('-');
    if (!pieces.one_of("+-")) {
        return std::nullopt;
    }
    const int hours = pieces.digits(2);
    static_cast<void>(pieces.one_of(":"));
    const int minutes = pieces.rest().empty() ? 0 : pieces.digits(2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || !pieces.rest().empty()) {
        return std::nullopt;
    }
    return (hours * 3600 + minutes * 60) * (west ? -1 : 1);
}

} // namespace

std::optional<std::int64_t> read_instant(std::string_view text) noexcept {
    Pieces pieces(text);
    const int year = pieces.digits(4);
    const bool dated = pieces.one_of("-/.");
    const int month = pieces.digits(2);
    static_cast<void>(pieces.one_of("-/."));
    const int day = pieces.digits(2);
    const bool timed = pieces.one_of("T ");
    const int hour = pieces.digits(2);
    static_cast<void>(pieces.one_of(":"));
    const int minute = pieces.digits(2);
    static_cast<void>(pieces.one_of(":"));
    const int second = pieces.digits(2);
    if (!dated || !timed || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60 || month < 1 || day < 1) {
        return std::nullopt;
    }
    const std::int64_t fraction = pieces.one_of(".,") ? pieces.fraction() : 0;
    const std::optional<std::int64_t> east = zone(pieces);
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!east || !date.ok() || year < 1970 || year >= 2200) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = days * 86'400 + hour * 3600 + minute * 60 + second - *east;
    return seconds < 0 ? std::nullopt : std::optional(seconds * kSecond + fraction);
}

std::optional<std::int64_t> instant_from_milliseconds(double value) noexcept {
    constexpr double kMillisecond = 1e6;
    if (!std::isfinite(value) || value <= 0 || value * kMillisecond >= static_cast<double>(kLast)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(std::llround(value)) * 1'000'000;
}

} // namespace assay::import_formats
