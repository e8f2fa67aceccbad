#include "support/csv.hpp"

#include "support/text.hpp"

namespace assay {
namespace {

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    return "\"" + join(split(text, '"'), "\"\"") + "\"";
}

} // namespace

std::string csv_line(const std::vector<std::string>& cells) {
    std::vector<std::string> quoted;
    for (const std::string& cell : cells) {
        quoted.push_back(csv_cell(cell));
    }
    return join(quoted, ",") + "\n";
}

} // namespace assay
