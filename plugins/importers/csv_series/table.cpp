// time,commit,branch,metric1,metric2
// 2024.01.01 3:00:00 +0100,aaa0,main,154023,10.43
#include "csv_series.hpp"
#include "import_formats/delimited.hpp"
#include "import_formats/instants.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace csv_series {
namespace {

namespace formats = assay::import_formats;
using Cells = std::vector<std::string>;

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return lower;
}

// Unix seconds, or a date whose hour may have one digit.
std::optional<std::int64_t> instant_of(const std::string& cell) {
    if (const auto seconds = formats::read_number(cell)) {
        return formats::instant_from_milliseconds(*seconds * 1000);
    }
    constexpr std::size_t kHour = 11; // of "2024.01.01 3:00:00"
    std::string padded = cell;
    if (padded.size() > kHour + 1 && padded[kHour + 1] == ':') {
        padded.insert(kHour, 1, '0');
    }
    return formats::read_instant(padded);
}

bool is_missing(const std::string& cell) {
    const std::string lower = lowered(cell);
    return cell.empty() || lower == "-" || lower == "nan" || lower == "null" || lower == "none";
}

// The header, as far as it is one.
class Header {
public:
    explicit Header(std::string_view line) {
        for (const char candidate : {';', ',', '\t'}) {
            const Cells cells = formats::split_cells(line, candidate);
            if (cells.size() > names_.size()) {
                delimiter_ = candidate;
                names_ = cells;
            }
        }
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const std::string name = lowered(names_[i]);
            time_ = name == "time" && !time_ ? i : time_;
            commit_ = name == "commit" && !commit_ ? i : commit_;
            branch_ = name == "branch" && !branch_ ? i : branch_;
        }
    }

    [[nodiscard]] bool is_one() const { return time_ && names_.size() > 1; }

    [[nodiscard]] Cells cells(std::string_view line) const {
        return formats::split_cells(line, delimiter_);
    }

    // Why a row is none; empty: it is one.
    [[nodiscard]] std::string fault(const Cells& row) const {
        if (row.size() != names_.size()) {
            return "expected " + std::to_string(names_.size()) + " cells, found " +
                   std::to_string(row.size());
        }
        return instant_of(row[*time_]) ? "" : "'" + row[*time_] + "' is no time";
    }

    [[nodiscard]] assay::imported_run run(const Cells& row) const {
        assay::imported_run run;
        run.tool = "csv";
        run.date = instant_of(row[*time_]);
        run.commit = commit_ ? row[*commit_] : "";
        run.branch = branch_ ? row[*branch_] : "";
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (is_metric(i) && !is_missing(row[i]) && !formats::read_number(row[i])) {
                run.environment.emplace_back(names_[i], row[i]);
            }
        }
        return run;
    }

    void add_metrics(const Cells& row, assay::imported_case& into) const {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto number = formats::read_number(row[i]);
            if (is_metric(i) && number && std::isfinite(*number)) {
                into.metrics.push_back(
                    formats::sampled_metric(formats::key_of(names_[i]), {}, {*number}));
            }
        }
    }

private:
    [[nodiscard]] bool is_metric(std::size_t column) const {
        return column != time_ && column != commit_ && column != branch_;
    }

    char delimiter_ = ',';
    Cells names_;
    std::optional<std::size_t> time_, commit_, branch_;
};

// "results/nightly.csv" is "nightly".
std::string stem_of(std::string_view name) {
    name = name.substr(name.find_last_of('/') + 1);
    const std::string stem(name.substr(0, name.rfind('.')));
    return stem.empty() ? "series" : stem;
}

std::optional<formats::TextLine> next_filled(formats::TextLines& lines) {
    std::optional<formats::TextLine> line = lines.next();
    while (line && formats::trimmed_text(line->text).empty()) {
        line = lines.next();
    }
    return line;
}

} // namespace

bool looks_like_table(std::string_view head) {
    try {
        formats::TextLines lines(head);
        const auto first = next_filled(lines);
        if (!first) {
            return false;
        }
        const Header header(first->text);
        const auto second = next_filled(lines);
        return header.is_one() && second && second->ended &&
               header.fault(header.cells(second->text)).empty();
    } catch (const assay::damaged&) {
        return false;
    }
}

void parse_table(const assay::import_file& file, assay::import_output& out) {
    formats::TextLines lines(file.bytes);
    const auto first = next_filled(lines);
    if (!first || !first->ended) {
        throw assay::damaged("line 1: expected a header with a column 'time'");
    }
    const Header header(first->text);
    if (!header.is_one()) {
        throw assay::damaged("line 1: expected a header with a column 'time' and another");
    }
    while (const auto line = next_filled(lines)) {
        const std::string where = "line " + std::to_string(line->number) + ": ";
        if (!line->ended) {
            throw assay::damaged(where + "the last line has no end and may have been cut off");
        }
        const Cells row = header.cells(line->text);
        if (const std::string fault = header.fault(row); !fault.empty()) {
            throw assay::damaged(where + fault);
        }
        assay::imported_case made{.suite = {}, .name = stem_of(file.name)};
        header.add_metrics(row, made);
        out.begin(header.run(row));
        if (!made.metrics.empty()) {
            out.add(made);
        }
    }
}

} // namespace csv_series
