// What criterion.rs prints:
//
//   Benchmarking file: Warming up for 3.0000 s
//   file                    time:   [320.62 ps 323.90 ps 327.55 ps]
//                           thrpt:  [1.0 GiB/s 1.1 GiB/s 1.2 GiB/s]
//
// The name stands on the line before where it is long.
#include "criterion.hpp"
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <array>
#include <optional>
#include <string>

namespace criterion {
namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kStart = "Benchmarking ";

// "[low unit estimate unit high unit]", all of one kind.
struct Estimates {
    std::string_view before; // on the line
    std::array<double, 3> figures{};
    std::string unit;        // of the estimate
    formats::ToolUnit meant; // likewise
};

// "1.2 Melem/s" is 1.2e6 of "elem/s".
formats::ToolUnit unit_written(std::string_view text) {
    constexpr std::string_view kElements = "elem/s";
    formats::ToolUnit unit = formats::unit_of(text.ends_with(kElements) ? "items/s" : text);
    if (text.ends_with(kElements) && text.size() > kElements.size()) {
        const char prefix = text.front();
        unit.numerator *= prefix == 'K' ? 1e3 : prefix == 'M' ? 1e6 : prefix == 'G' ? 1e9 : 1;
    }
    return unit;
}

std::optional<Estimates> estimates_in(std::string_view line, std::string_view label) {
    const std::size_t at = line.rfind(label);
    const std::size_t open = line.find('[', at);
    if (at == std::string_view::npos || open == std::string_view::npos ||
        !formats::trimmed_text(line).ends_with(']') ||
        !formats::trimmed_text(line.substr(at + label.size(), open - at - label.size())).empty()) {
        return std::nullopt;
    }
    const std::string_view inside = line.substr(open + 1, line.rfind(']') - open - 1);
    const std::vector<std::string_view> words = formats::words_of(inside);
    if (words.size() != 6) {
        return std::nullopt;
    }
    Estimates found{.before = formats::trimmed_text(line.substr(0, at)),
                    .figures = {},
                    .unit = std::string(words[3]),
                    .meant = unit_written(words[3])};
    for (std::size_t i = 0; i < 3; ++i) {
        const std::optional<double> number = formats::read_number(words[2 * i]);
        const formats::ToolUnit unit = unit_written(words[2 * i + 1]);
        if (!number || !unit.known || unit.unit != found.meant.unit) {
            return std::nullopt;
        }
        found.figures[i] = unit.to_base(*number);
    }
    return found;
}

assay::imported_metric metric_of(const Estimates& estimates, std::string_view key) {
    assay::imported_metric metric = formats::metric_in(key, estimates.meant, estimates.unit);
    metric.mean = estimates.figures[1];
    metric.ci_lo = estimates.figures[0];
    metric.ci_hi = estimates.figures[2];
    return metric;
}

class TextReader {
public:
    explicit TextReader(assay::import_output& out)
        : out_(out) {}

    void read(std::string_view bytes) {
        formats::TextLines lines(bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            take(line->text);
        }
        finish();
        fail_started();
    }

private:
    void take(std::string_view line) {
        if (line.starts_with(kStart)) {
            take_start(line.substr(kStart.size()));
        } else if (const auto time = estimates_in(line, "time:")) {
            finish();
            const std::string name(time->before.empty() ? before_ : time->before);
            if (!name.empty()) {
                row_ = assay::imported_case{.suite = {}, .name = name};
                row_->metrics.push_back(metric_of(*time, "time"));
                started_.clear();
            }
        } else if (const auto rate = estimates_in(line, "thrpt:"); rate && row_) {
            const bool bytes = rate->meant.dimension == formats::Dimension::byte_rate;
            row_->metrics.push_back(metric_of(*rate, bytes ? "bytes_rate" : "items_rate"));
        }
        if (const std::string_view text = formats::trimmed_text(line); !text.empty()) {
            before_ = text;
        }
    }

    // "NAME", "NAME: Warming up for ...", "NAME: Analyzing"
    void take_start(std::string_view text) {
        for (const std::string_view stage : {": Warming up for ", ": Collecting ", ": Analyzing"}) {
            if (text.find(stage) != std::string_view::npos) {
                return;
            }
        }
        finish();
        fail_started();
        started_ = formats::trimmed_text(text);
    }

    void finish() {
        if (row_) {
            out_.add(*row_);
            row_.reset();
        }
    }

    void fail_started() {
        if (!started_.empty()) {
            out_.add({.suite = {},
                      .name = started_,
                      .parameters = {},
                      .status = assay::case_status::failed,
                      .reason = "it was begun, and the text has no figures of it"});
            started_.clear();
        }
    }

    assay::import_output& out_;
    std::optional<assay::imported_case> row_; // its rate may follow
    std::string before_;                      // the line before, if it was not empty
    std::string started_;
};

} // namespace

int probe_text(const assay::probed_file& file) {
    const std::size_t results = formats::lines_like(
        file.head, [](std::string_view line) { return estimates_in(line, "time:").has_value(); });
    return results > 0 ? 92 : 0;
}

void parse_text(std::string_view bytes, assay::import_output& out) {
    assay::imported_run run;
    run.tool = "criterion.rs";
    out.begin(run);
    TextReader(out).read(bytes);
}

} // namespace criterion
