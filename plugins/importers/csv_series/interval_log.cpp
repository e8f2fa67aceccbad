// #[StartTime: 1649352325.178 (seconds since epoch), ...]
// #[TimeUnit: NANOSECONDS]
// #Tag,Interval_Start,Interval_Length,count,min,p25,p50,...,max
// Tag=initialize.bind,3.496,1.579,7606,26128,59391,74303,...
#include "csv_series.hpp"
#include "import_formats/delimited.hpp"
#include "import_formats/instants.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace csv_series {
namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kTag = "Tag=", kHeader = "#Tag,Interval_Start,";
constexpr std::array<std::string_view, 6> kFigures{"p50", "p90", "p95", "p99", "p999", "max"};

// What a tag that counts ends in.
bool counts(std::string_view tag) {
    constexpr std::array<std::string_view, 6> kCounted{
        "size", "tries", "count", "pages", "tokens", "rows"};
    const std::string_view last = tag.substr(tag.find_last_of(".-_ ") + 1);
    return std::ranges::find(kCounted, last) != kCounted.end();
}

std::string_view unit_named(std::string_view name) {
    return name == "NANOSECONDS"    ? "ns"
           : name == "MICROSECONDS" ? "us"
           : name == "MILLISECONDS" ? "ms"
           : name == "SECONDS"      ? "s"
                                    : "";
}

// "NANOSECONDS" of "#[TimeUnit: NANOSECONDS]"
std::optional<std::string_view> noted(std::string_view line, std::string_view name) {
    if (!line.starts_with("#[" + std::string(name) + ": ")) {
        return std::nullopt;
    }
    const std::string_view rest = line.substr(name.size() + 4);
    return rest.substr(0, rest.find_first_of(" ]"));
}

class LogOfIntervals {
public:
    void read(std::string_view bytes) {
        try {
            read_lines(bytes);
        } catch (const assay::damaged& damage) { // what was read before that holds
            damage_ = damage.what();
        }
    }

    void read_lines(std::string_view bytes) {
        formats::TextLines lines(bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            if (line->text.starts_with('#')) {
                take_comment(line->text);
            } else if (!formats::trimmed_text(line->text).empty() && !take_interval(*line)) {
                damage_ = "line " + std::to_string(line->number) +
                          (line->ended ? ": expected an interval of a tag"
                                       : ": the last line was cut off");
                return;
            }
        }
    }

    void give(assay::import_output& out) const {
        assay::imported_run run;
        run.tool = "HdrHistogram";
        run.date = started_;
        out.begin(run);
        for (const std::string& tag : tags_) {
            out.add(case_of(tag));
        }
        if (!damage_.empty()) {
            throw assay::damaged(damage_);
        }
    }

private:
    using Figures = std::map<std::string_view, std::vector<double>>;

    void take_comment(std::string_view line) {
        if (const auto unit = noted(line, "TimeUnit")) {
            unit_ = unit_named(*unit);
        } else if (const auto start = noted(line, "StartTime")) {
            if (const auto seconds = formats::read_number(*start)) {
                started_ = formats::instant_from_milliseconds(*seconds * 1000);
            }
        } else if (line.starts_with(kHeader)) {
            columns_ = formats::split_cells(line.substr(1), ',');
        }
    }

    bool take_interval(const formats::TextLine& line) {
        const std::vector<std::string> cells = formats::split_cells(line.text, ',');
        if (!line.ended || cells.size() != columns_.size() || !cells[0].starts_with(kTag)) {
            return false;
        }
        std::map<std::string_view, double> row;
        for (std::size_t i = 1; i < cells.size(); ++i) {
            const std::optional<double> number = formats::read_number(cells[i]);
            if (!number) {
                return false;
            }
            row[columns_[i]] = *number;
        }
        const std::string tag = cells[0].substr(kTag.size());
        if (tag.empty()) {
            return false;
        }
        const auto [figures, added] = figures_.try_emplace(tag);
        if (added) {
            tags_.push_back(tag);
        }
        if (row["count"] > 0) {
            for (const std::string_view name : kFigures) {
                if (const auto found = row.find(name); found != row.end()) {
                    figures->second[name].push_back(found->second);
                }
            }
        }
        return true;
    }

    [[nodiscard]] assay::imported_case case_of(const std::string& tag) const {
        assay::imported_case row{.suite = {}, .name = tag};
        const Figures& figures = figures_.at(tag);
        if (figures.empty()) {
            row.status = assay::case_status::skipped;
            row.reason = "none of its intervals has an observation";
            return row;
        }
        const std::string_view unit = counts(tag) ? "" : std::string_view(unit_);
        const std::string_view center = unit.empty() ? "value" : "time";
        for (const std::string_view name : kFigures) {
            if (const auto found = figures.find(name); found != figures.end()) {
                row.metrics.push_back(
                    formats::sampled_metric(name == "p50" ? center : name, unit, found->second));
            }
        }
        return row;
    }

    std::string unit_, damage_;
    std::optional<std::int64_t> started_;
    std::vector<std::string> columns_, tags_;
    std::map<std::string, Figures> figures_;
};

} // namespace

bool looks_like_interval_log(std::string_view head) {
    const std::size_t header = head.find(kHeader);
    const bool begins =
        header != std::string_view::npos && (header == 0 || head[header - 1] == '\n');
    const std::string_view line =
        begins ? head.substr(header, head.find('\n', header) - header) : "";
    return head.starts_with('#') && line.find(",count,") != std::string_view::npos;
}

void parse_interval_log(std::string_view bytes, assay::import_output& out) {
    LogOfIntervals log;
    log.read(bytes);
    log.give(out);
}

} // namespace csv_series
