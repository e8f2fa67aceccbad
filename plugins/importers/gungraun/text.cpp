// Counters under a name:
//
//   bench_fibonacci_group::bench_fibonacci short:10
//     ======= DHAT =====================================================
//     Total bytes:                29499|N/A             (*********)
//     Instructions:                1734|1650            (+5.09090%) [+1.04844x]
#include "gungraun.hpp"
#include "import_formats/line_probe.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace gungraun {
namespace {

namespace text_formats = assay::import_formats;
using text_formats::TextLine;

constexpr std::string_view kIndent = "  ", kToolRule = "=======";

// "  ======= DHAT ====="
std::optional<std::string_view> tool_in(std::string_view line) {
    const std::vector<std::string_view> words = text_formats::words_of(line);
    const bool head = words.size() == 3 && line.starts_with(kIndent) && words[0] == kToolRule &&
                      words[2].starts_with(kToolRule);
    return head ? std::optional(words[1]) : std::nullopt;
}

// "  Name:   new|old (change)"; of iai "  Name:   new (change)".
struct Counted {
    std::string_view name;
    std::optional<double> value; // nothing: of an older run only
};

std::optional<Counted> counted_in(const std::string_view line) {
    const std::size_t colon = line.find(':');
    if (!line.starts_with(kIndent) || colon == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view name = text_formats::trimmed_text(line.substr(0, colon));
    const std::vector<std::string_view> words = text_formats::words_of(line.substr(colon + 1));
    if (name.empty() || words.empty()) {
        return std::nullopt;
    }
    const std::size_t bar = words[0].find('|');
    const std::string_view newest = words[0].substr(0, bar);
    const bool changed = words.size() > 1 && words[1].starts_with('(');
    if (bar == std::string_view::npos && words.size() > 1 && !changed) {
        return std::nullopt; // a sentence
    }
    const auto value = text_formats::read_number(newest);
    if (!value && !(newest == "N/A" && bar != std::string_view::npos)) {
        return std::nullopt;
    }
    return Counted{name, value};
}

// Counters by which these tools are known.
bool is_telling(std::string_view name) {
    constexpr std::array<std::string_view, 8> kTelling{"Instructions",
                                                       "Estimated Cycles",
                                                       "L1 Hits",
                                                       "L1 Accesses",
                                                       "LL Hits",
                                                       "RAM Hits",
                                                       "Total read+write",
                                                       "At t-gmax bytes"};
    return std::ranges::find(kTelling, name) != kTelling.end();
}

// "module::group::function id:arguments"
assay::imported_case text_case(std::string_view name) {
    const std::size_t space = name.find(' ');
    const std::string_view path = name.substr(0, space);
    // What ends in the mark has no name behind it: then all of it is the name.
    const std::size_t last = path.ends_with("::") ? std::string_view::npos : path.rfind("::");
    assay::imported_case row;
    row.suite = path.substr(0, last == std::string_view::npos ? 0 : last);
    row.name = path.substr(last == std::string_view::npos ? 0 : last + 2);
    if (space != std::string_view::npos) {
        const std::string_view rest = name.substr(space + 1);
        const std::size_t colon = rest.find(':');
        row.parameters.emplace_back("id", std::string(rest.substr(0, colon)));
        if (colon != std::string_view::npos) {
            row.parameters.emplace_back("arguments", std::string(rest.substr(colon + 1)));
        }
    }
    return row;
}

class CounterReader {
public:
    explicit CounterReader(assay::import_output& out)
        : out_(out) {}

    void read(std::string_view bytes) {
        text_formats::TextLines lines(bytes);
        while (const std::optional<TextLine> line = lines.next()) {
            take(*line);
        }
        finish();
        if (!damage_.empty()) {
            throw assay::damaged(damage_);
        }
    }

private:
    void take(const TextLine& line) {
        if (const auto tool = tool_in(line.text)) {
            begin();
            tool_ = *tool;
        } else if (const auto counted = counted_in(line.text)) {
            take_counter(line, *counted);
        } else if (text_formats::trimmed_text(line.text).empty()) {
            finish();
            name_.clear();
        } else if (!line.text.starts_with(' ')) {
            finish();
            name_ +=
                (name_.empty() ? "" : " ") + std::string(text_formats::trimmed_text(line.text));
        } else if (!line.ended && row_) {
            damage_ = "line " + std::to_string(line.number) + ": the last line was cut off";
        }
    }

    void take_counter(const TextLine& line, const Counted& counted) {
        begin();
        if (!row_) {
            return; // figures without a name
        }
        if (!line.ended && line.text.find('|') == std::string_view::npos) {
            damage_ = "line " + std::to_string(line.number) + ": the last line was cut off";
        } else if (counted.value) {
            row_->metrics.push_back(counter(tool_, counted.name, *counted.value));
        }
    }

    // The name before the first of its figures is whole.
    void begin() {
        if (!row_ && !name_.empty()) {
            row_ = text_case(name_);
            name_.clear();
            tool_.clear();
        }
    }

    void finish() {
        if (!row_) {
            return;
        }
        if (row_->metrics.empty()) {
            row_->status = assay::case_status::unavailable;
            row_->reason = "the text has no figure of this run";
        }
        out_.add(*row_);
        row_.reset();
    }

    assay::import_output& out_;
    std::string name_, tool_, damage_;
    std::optional<assay::imported_case> row_;
};

} // namespace

bool holds_counters(std::string_view bytes) {
    return text_formats::lines_like(bytes, [](std::string_view line) {
               const auto counted = counted_in(line);
               return tool_in(line) || (counted && is_telling(counted->name));
           }) > 0;
}

void parse_text(std::string_view bytes, assay::import_output& out) {
    CounterReader(out).read(bytes);
}

} // namespace gungraun
