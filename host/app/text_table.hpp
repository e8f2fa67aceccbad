// Rows of text, printed with aligned columns or as CSV.
//
//   TextTable table({"suite", "cases"});
//   table.add({"router", "12"});
//   std::string text = table.aligned();
//
// Plain value.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace assay::app {

class TextTable {
public:
    // One name of a thousand letters would push every other column off the screen.
    static constexpr std::size_t kCellColumnsMax = 160;

    explicit TextTable(std::vector<std::string> header)
        : header_(std::move(header)) {}

    // As many cells as the header has.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

    // Header first; columns two spaces apart; no trailing spaces. Control characters become '?'. Of
    // a cell wider than kCellColumnsMax both ends are shown, unless it stands last in its row.
    [[nodiscard]] std::string aligned() const;
    // RFC 4180, lines ended by "\n".
    [[nodiscard]] std::string csv() const;

private:
    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace assay::app
