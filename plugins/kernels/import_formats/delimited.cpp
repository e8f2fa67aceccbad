#include "import_formats/delimited.hpp"

#include "import_formats/text_lines.hpp"

namespace assay::import_formats {
namespace {

// The cell that begins at `at` with a quote; `at` is behind it then.
std::string quoted_cell(std::string_view line, std::size_t& at) {
    std::string cell;
    for (++at; at < line.size(); ++at) {
        if (line[at] != '"') {
            cell += line[at];
        } else if (at + 1 < line.size() && line[at + 1] == '"') {
            cell += line[++at];
        } else {
            ++at;
            break;
        }
    }
    return cell;
}

} // namespace

std::vector<std::string> split_cells(std::string_view line, char delimiter) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t begin = std::min(line.find_first_not_of(' ', at), line.size());
        if (begin < line.size() && line[begin] == '"') {
            at = begin;
            cells.push_back(quoted_cell(line, at));
            at = std::min(line.find(delimiter, at), line.size()) + 1;
            continue;
        }
        const std::size_t end = std::min(line.find(delimiter, at), line.size());
        cells.emplace_back(trimmed_text(line.substr(at, end - at)));
        at = end + 1;
    }
    return cells;
}

} // namespace assay::import_formats
