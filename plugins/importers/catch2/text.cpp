// What Catch2's console reporter prints of a benchmark: three lines behind a table's head.
//
//   Fibonacci 20                                              100             2     8.3712 ms
//                                                       41.731 us      41.25 us     42.622 us
//                                                        3.256 us      2.163 us      5.353 us
//
// A long name goes on in the lines below.
#include "catch2.hpp"
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace catch2 {
namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kTableHead = "benchmark name ";
constexpr std::size_t kRuleLength = 40; // the reporter draws 79

bool is_rule(std::string_view line, char mark) {
    const std::string_view text = formats::trimmed_text(line);
    return text.size() >= kRuleLength && text.find_first_not_of(mark) == std::string_view::npos;
}

bool is_time(std::string_view word) {
    return word == "ns" || word == "us" || word == "ms" || word == "s";
}

// The text before a word that points into it.
std::string_view before(std::string_view line, std::string_view word) {
    return formats::trimmed_text(
        line.substr(0, static_cast<std::size_t>(word.data() - line.data())));
}

std::uint64_t whole(std::string_view word) {
    constexpr double kMost = 9e15;
    const auto number = formats::read_number(word);
    const bool sound = number && *number > 0 && *number < kMost && std::floor(*number) == *number;
    return sound ? static_cast<std::uint64_t>(*number) : 0;
}

// "NAME  samples  iterations  estimate unit"
struct First {
    std::string_view name;
    std::uint64_t samples = 0, iterations = 0;
};

std::optional<First> first_line(std::string_view line) {
    const std::vector<std::string_view> words = formats::words_of(line);
    const std::size_t n = words.size();
    if (n < 5 || !is_time(words[n - 1]) || !formats::read_number(words[n - 2]) ||
        whole(words[n - 3]) == 0 || whole(words[n - 4]) == 0) {
        return std::nullopt;
    }
    return First{before(line, words[n - 4]), whole(words[n - 4]), whole(words[n - 3])};
}

// "[more of the name]  figure unit  low unit  high unit"
struct Figures {
    std::string_view name;
    std::array<double, 3> seconds{};
    std::string unit;
};

std::optional<Figures> figures_in(std::string_view line) {
    const std::vector<std::string_view> words = formats::words_of(line);
    if (words.size() < 6) {
        return std::nullopt;
    }
    const std::size_t first = words.size() - 6;
    Figures found{
        .name = before(line, words[first]), .seconds = {}, .unit = std::string(words[first + 1])};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto number = formats::read_number(words[first + 2 * i]);
        if (!number || !is_time(words[first + 2 * i + 1])) {
            return std::nullopt;
        }
        found.seconds[i] = formats::unit_of(words[first + 2 * i + 1]).to_base(*number);
    }
    return found;
}

class ConsoleReader {
public:
    explicit ConsoleReader(assay::import_output& out)
        : out_(out) {}

    void read(std::string_view bytes) {
        formats::TextLines lines(bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            last_ = line->number;
            if (is_rule(line->text, '-')) {
                take_rule();
            } else {
                take(line->text);
            }
        }
        if (row_) {
            throw assay::damaged("line " + std::to_string(last_) +
                                 ": the text ends inside a benchmark");
        }
    }

private:
    enum class Part { other, heading, table_head, results };

    void take_rule() {
        if (part_ == Part::heading) {
            part_ = Part::other;
        } else if (part_ == Part::table_head) {
            part_ = Part::results;
        } else {
            give_up();
            part_ = Part::heading;
            suite_.clear();
        }
    }

    void take(std::string_view line) {
        const std::string_view text = formats::trimmed_text(line);
        if (part_ == Part::heading && !text.empty()) {
            suite_ += (suite_.empty() ? "" : " / ") + std::string(text);
        } else if (text.starts_with(kTableHead)) {
            part_ = Part::table_head;
        } else if (is_rule(text, '=')) {
            give_up();
            part_ = Part::other;
        } else if (part_ == Part::results) {
            take_result(line);
        }
    }

    void take_result(std::string_view line) {
        if (const auto first = first_line(line)) {
            give_up();
            row_ = assay::imported_case{.suite = suite_, .name = std::string(first->name)};
            time_ = formats::metric_in("time", formats::unit_of("ns"), "ns");
            time_.n = first->samples;
            time_.iterations = first->iterations;
            lines_ = 1;
            return;
        }
        const auto figures = row_ ? figures_in(line) : std::nullopt;
        if (!figures) {
            return;
        }
        if (!figures->name.empty()) {
            row_->name += " " + std::string(figures->name);
        }
        ++lines_;
        if (lines_ == 2) {
            time_.source_unit = figures->unit;
            time_.mean = figures->seconds[0];
            time_.ci_lo = figures->seconds[1];
            time_.ci_hi = figures->seconds[2];
        } else {
            time_.stddev = figures->seconds[0];
            row_->metrics.push_back(time_);
            out_.add(*row_);
            row_.reset();
        }
    }

    // A benchmark whose figures did not come.
    void give_up() {
        if (row_) {
            row_->status = assay::case_status::failed;
            row_->reason = "the text has no figures of it";
            out_.add(*row_);
            row_.reset();
        }
    }

    assay::import_output& out_;
    Part part_ = Part::other;
    std::string suite_;
    std::optional<assay::imported_case> row_;
    assay::imported_metric time_;
    int lines_ = 0;
    std::size_t last_ = 0;
};

} // namespace

int probe_text(std::string_view head) {
    bool column_heads = false;
    const std::size_t tables = formats::lines_like(head, [&](std::string_view line) {
        const std::string_view text = formats::trimmed_text(line);
        column_heads = column_heads || (text.starts_with("mean ") &&
                                        text.find("low mean") != std::string_view::npos);
        return text.starts_with(kTableHead) && text.find(" iterations ") != std::string_view::npos;
    });
    return tables > 0 && column_heads ? 95 : 0;
}

void parse_text(std::string_view bytes, assay::import_output& out) {
    assay::imported_run run;
    run.tool = "Catch2";
    out.begin(run);
    ConsoleReader(out).read(bytes);
}

} // namespace catch2
