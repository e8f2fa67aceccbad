// One record of a CSV file as RFC 4180 wants it: fields quoted where they need it, CRLF at the end.
//
//   std::string line = Record().text("a,b").number(0.5).end();   // "\"a,b\",0.5\r\n"
//
// Plain value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace csv {

class Record {
public:
    Record& text(std::string_view field);
    // Shortest form that reads back as the same double; empty where it is not known.
    Record& number(double field);
    Record& count(std::uint64_t field);

    [[nodiscard]] std::string end() const { return line_ + "\r\n"; }

private:
    void separate();

    std::string line_;
    bool first_ = true;
};

// "2026-11-20T23:06:00.123Z"; empty for 0.
[[nodiscard]] std::string utc_time(std::uint64_t unix_ns);

} // namespace csv
