// The lines of a text that a terminal may have coloured: ANSI escapes are taken out, CRLF and a
// byte order mark are accepted, and every line knows where it stood.
//
//   for (TextLines lines(file.bytes); std::optional<TextLine> line = lines.next();) {
//       if (line->text.starts_with("Benchmark")) ...
//   }
//
// One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::import_formats {

struct TextLine {
    std::string_view text;  // without the end of the line; valid until the next next()
    std::size_t number = 0; // from 1
    std::size_t offset = 0; // of its first byte in the file
    bool ended = false;     // by a newline: the last line of a file that was cut off is not
};

class TextLines {
public:
    // A line that is longer than this is no text, nor is one that is not UTF-8 (but for a last
    // letter that was cut off with the file): next() throws assay::damaged.
    static constexpr std::size_t line_bytes_max = std::size_t{1} << 20;

    explicit TextLines(std::string_view text) noexcept;

    std::optional<TextLine> next();

private:
    std::string_view text_;
    std::size_t at_ = 0, number_ = 0;
    std::string plain_; // of a line that held escapes
};

// A copy without escape sequences (CSI, OSC and two-byte ones).
[[nodiscard]] std::string without_escapes(std::string_view text);

// Pieces between spaces and tabs.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view line);

[[nodiscard]] std::string_view trimmed_text(std::string_view text) noexcept;

// Whether the text, as far as it is there, can be one: UTF-8 (but for a last letter that was cut
// off) without NUL. For probes.
[[nodiscard]] bool looks_like_text(std::string_view head) noexcept;

} // namespace assay::import_formats
