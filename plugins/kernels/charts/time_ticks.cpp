// Ticks of an axis of moments: the step is one that calendars and clocks have.
#include "charts/number_text.hpp"
#include "charts/ticks.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace assay::charts {
namespace {

namespace chr = std::chrono;

enum class Calendar : std::uint8_t { seconds, days, months, years };

struct TimeStep {
    Calendar calendar;
    std::int64_t count; // of that unit
    double seconds;     // about
};

constexpr double kDay = 86'400;
constexpr double kMonth = 30.44 * kDay;
constexpr double kYear = 365.2425 * kDay;

constexpr std::array<TimeStep, 27> kSteps{{
    {Calendar::seconds, 1, 1},           {Calendar::seconds, 2, 2},
    {Calendar::seconds, 5, 5},           {Calendar::seconds, 10, 10},
    {Calendar::seconds, 30, 30},         {Calendar::seconds, 60, 60},
    {Calendar::seconds, 120, 120},       {Calendar::seconds, 300, 300},
    {Calendar::seconds, 600, 600},       {Calendar::seconds, 1800, 1800},
    {Calendar::seconds, 3600, 3600},     {Calendar::seconds, 7200, 7200},
    {Calendar::seconds, 10800, 10800},   {Calendar::seconds, 21600, 21600},
    {Calendar::seconds, 43200, 43200},   {Calendar::days, 1, kDay},
    {Calendar::days, 2, 2 * kDay},       {Calendar::days, 7, 7 * kDay},
    {Calendar::days, 14, 14 * kDay},     {Calendar::months, 1, kMonth},
    {Calendar::months, 3, 3 * kMonth},   {Calendar::months, 6, 6 * kMonth},
    {Calendar::years, 1, kYear},         {Calendar::years, 2, 2 * kYear},
    {Calendar::years, 5, 5 * kYear},     {Calendar::years, 20, 20 * kYear},
    {Calendar::years, 100, 100 * kYear},
}};

constexpr std::array<std::string_view, 12> kMonths{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Years 1 to 9999.
constexpr double kFirstMoment = -62'135'596'800;
constexpr double kLastMoment = 253'402'300'799;

struct Moment {
    chr::year_month_day date;
    std::int64_t second_of_day = 0;
};

Moment moment_of(double unix_seconds) {
    const chr::sys_seconds when{chr::seconds(static_cast<std::int64_t>(std::floor(unix_seconds)))};
    const auto day = chr::floor<chr::days>(when);
    return {chr::year_month_day{day}, (when - day).count()};
}

std::string two_digits(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string year_text(const Moment& moment) {
    return std::to_string(static_cast<int>(moment.date.year()));
}

std::string_view month_text(const Moment& moment) {
    return kMonths[static_cast<unsigned>(moment.date.month()) - 1];
}

std::string day_text(const Moment& moment) {
    return std::to_string(static_cast<unsigned>(moment.date.day())) + " " +
           std::string(month_text(moment));
}

std::string clock_text(const Moment& moment, bool with_seconds) {
    const std::int64_t second = moment.second_of_day;
    std::string text = two_digits(second / 3600) + ":" + two_digits(second / 60 % 60);
    return with_seconds ? text + ":" + two_digits(second % 60) : text;
}

// What stands under the label where it changes.
std::string context_of(const Moment& moment, const TimeStep& step) {
    switch (step.calendar) {
    case Calendar::seconds:
        return day_text(moment) + " " + year_text(moment);
    case Calendar::days:
    case Calendar::months:
        return year_text(moment);
    case Calendar::years:
        return {};
    }
    return {};
}

std::string label_of(const Moment& moment, const TimeStep& step) {
    switch (step.calendar) {
    case Calendar::seconds:
        return clock_text(moment, step.count < 60);
    case Calendar::days:
        return day_text(moment);
    case Calendar::months:
        return std::string(month_text(moment));
    case Calendar::years:
        return year_text(moment);
    }
    return {};
}

double unix_seconds_of(chr::year_month_day date) {
    const auto since = chr::sys_days{date}.time_since_epoch();
    return static_cast<double>(chr::duration_cast<chr::seconds>(since).count());
}

std::vector<double> by_seconds(Range range, double step) {
    std::vector<double> at;
    // Weeks begin on Mondays: 5 January 1970 was one.
    const double offset = step >= 7 * kDay ? 4 * kDay : 0;
    for (double value = std::ceil((range.low - offset) / step) * step + offset; value <= range.high;
         value += step) {
        at.push_back(value);
    }
    return at;
}

std::vector<double> by_months(Range range, std::int64_t months) {
    std::vector<double> at;
    const chr::year first = moment_of(range.low).date.year();
    for (std::int64_t i = 0;; ++i) {
        const std::int64_t month = i * months;
        const chr::year year{static_cast<int>(first) + static_cast<int>(month / 12)};
        const chr::month of_year{static_cast<unsigned>(month % 12) + 1};
        const double value = unix_seconds_of(year / of_year / chr::day{1});
        if (value > range.high) {
            return at;
        }
        if (value >= range.low) {
            at.push_back(value);
        }
    }
}

std::vector<double> by_years(Range range, std::int64_t years) {
    std::vector<double> at;
    const int first = static_cast<int>(moment_of(range.low).date.year());
    const int last = static_cast<int>(moment_of(range.high).date.year());
    const auto stride = static_cast<int>(years);
    for (int year = (first + stride - 1) / stride * stride; year <= last; year += stride) {
        const double value = unix_seconds_of(chr::year{year} / chr::January / chr::day{1});
        if (value >= range.low && value <= range.high) {
            at.push_back(value);
        }
    }
    return at;
}

std::vector<double> places_of(Range range, const TimeStep& step) {
    switch (step.calendar) {
    case Calendar::seconds:
    case Calendar::days:
        return by_seconds(range, step.seconds);
    case Calendar::months:
        return by_months(range, step.count);
    case Calendar::years:
        return by_years(range, step.count);
    }
    return {};
}

bool is_moment(double unix_seconds) {
    return unix_seconds >= kFirstMoment && unix_seconds <= kLastMoment;
}

} // namespace

Ticks time_ticks(Range range, std::size_t count) {
    if (!is_moment(range.low) || !is_moment(range.high) || !(range.high > range.low)) {
        return {};
    }
    const double least =
        (range.high - range.low) / static_cast<double>(std::max<std::size_t>(count, 1));
    const auto* const step =
        std::find_if(kSteps.begin(), kSteps.end() - 1, [&](const TimeStep& one) {
            return one.seconds >= least;
        });
    Ticks ticks;
    for (const double at : places_of(range, *step)) {
        const Moment moment = moment_of(at);
        ticks.marks.push_back({at, label_of(moment, *step), context_of(moment, *step)});
    }
    return ticks;
}

std::string moment_text(double unix_seconds) {
    return is_moment(unix_seconds)
               ? date_text(unix_seconds) + " " + clock_text(moment_of(unix_seconds), false)
               : "\u2013";
}

std::string date_text(double unix_seconds) {
    if (!is_moment(unix_seconds)) {
        return "\u2013";
    }
    const Moment moment = moment_of(unix_seconds);
    const std::string year = year_text(moment);
    return std::string(4 - std::min<std::size_t>(year.size(), 4), '0') + year + "-" +
           two_digits(static_cast<unsigned>(moment.date.month())) + "-" +
           two_digits(static_cast<unsigned>(moment.date.day()));
}

} // namespace assay::charts
