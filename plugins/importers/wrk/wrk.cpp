// The importer "wrk": what wrk and wrk2 print.
//
//   Running 30s test @ http://127.0.0.1:8080/index.html
//     12 threads and 400 connections
//     Thread Stats   Avg      Stdev     Max   +/- Stdev
//       Latency   635.91us    0.89ms  12.92ms   93.69%
//     Latency Distribution
//        50%  250.00us
//     22464657 requests in 30.00s, 17.76GB read
//   Requests/sec: 748868.53
//   Transfer/sec:    606.33MB
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <array>
#include <optional>
#include <string>

namespace {

namespace formats = assay::import_formats;

constexpr std::string_view kRunning = "Running ", kTest = " test @ ";

// "635.91us", "1.20m", "606.33MB": digits and what follows them.
std::optional<std::pair<double, std::string_view>> split_figure(std::string_view word) {
    const std::size_t end = std::min(word.find_first_not_of("0123456789."), word.size());
    const auto number = formats::read_number(word.substr(0, end));
    return number ? std::optional(std::pair(*number, word.substr(end))) : std::nullopt;
}

std::optional<double> seconds_of(std::string_view word) {
    const auto figure = split_figure(word);
    if (!figure) {
        return std::nullopt;
    }
    if (figure->second == "m") {
        return figure->first * 60;
    }
    const formats::ToolUnit unit = formats::unit_of(figure->second);
    const bool time = unit.dimension == formats::Dimension::time;
    return time ? std::optional(unit.to_base(figure->first)) : std::nullopt;
}

std::optional<double> bytes_of(std::string_view word) {
    const auto figure = split_figure(word);
    if (!figure || !figure->second.ends_with('B')) {
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 5> kUnits{"B", "KB", "MB", "GB", "TB"};
    double factor = 1;
    for (const std::string_view unit : kUnits) {
        if (figure->second == unit) {
            return figure->first * factor;
        }
        factor *= 1024;
    }
    return std::nullopt;
}

class LoadTest {
public:
    LoadTest(std::string_view url) { row_.name = url; }

    void take(std::string_view line) {
        const std::vector<std::string_view> words = formats::words_of(line);
        const bool sized = words.size() == 5 && words[1] == "threads" && words[4] == "connections";
        if (sized) {
            add_parameter("threads", words[0]);
            add_parameter("connections", words[3]);
        } else if (words.size() == 5 && words[0] == "Latency") {
            time_.mean = seconds_of(words[1]).value_or(time_.mean);
            time_.stddev = seconds_of(words[2]).value_or(time_.stddev);
            time_.max = seconds_of(words[3]).value_or(time_.max);
        } else if (words.size() == 2 && words[0].ends_with('%')) {
            take_percentile(words[0].substr(0, words[0].size() - 1), words[1]);
        } else if (words.size() >= 4 && words[1] == "requests" && words[2] == "in") {
            const auto requests = formats::read_number(words[0]);
            constexpr double kMost = 9e15;
            time_.n = requests && *requests > 0 && *requests < kMost
                          ? static_cast<std::uint64_t>(*requests)
                          : 0;
        } else if (line.find("Socket errors:") != std::string_view::npos) {
            take_socket_errors(words);
        } else if (line.find("Non-2xx or 3xx responses:") != std::string_view::npos) {
            add_count("failed_responses", formats::read_number(words.back()));
        } else if (words.size() == 2 && words[0] == "Requests/sec:") {
            rate_ = formats::read_number(words[1]);
        } else if (words.size() == 2 && words[0] == "Transfer/sec:") {
            transfer_ = bytes_of(words[1]);
        }
    }

    [[nodiscard]] bool is_whole() const { return rate_.has_value(); }

    [[nodiscard]] assay::imported_case result() const {
        assay::imported_case made = row_;
        if (time_.mean >= 0 || time_.median >= 0) {
            made.metrics.insert(made.metrics.begin(), time_);
        }
        made.metrics.push_back(formats::figure_metric("throughput", "ops/s", *rate_));
        if (transfer_) {
            made.metrics.push_back(formats::figure_metric("bytes_rate", "B/s", *transfer_));
        }
        return made;
    }

private:
    void add_parameter(const char* name, std::string_view word) {
        if (const auto number = formats::read_number(word); number && *number < 1e9) {
            row_.parameters.emplace_back(name, static_cast<std::int64_t>(*number));
        }
    }

    void add_count(const char* key, std::optional<double> count) {
        if (count) {
            row_.metrics.push_back(formats::figure_metric(key, {}, *count));
            row_.metrics.back().better = assay::lower;
        }
    }

    void take_percentile(std::string_view share, std::string_view word) {
        const auto percent = formats::read_number(share);
        const auto seconds = seconds_of(word);
        if (!percent || !seconds) {
            return;
        }
        if (*percent == 50) {
            time_.median = *seconds;
        } else if (*percent == 75) {
            time_.p75 = *seconds;
        } else if (*percent == 99) {
            time_.p99 = *seconds;
        } else if (*percent == 90 || *percent == 99.9) {
            row_.metrics.push_back(
                formats::figure_metric(*percent == 90 ? "p90" : "p999", "s", *seconds));
        }
    }

    // "Socket errors: connect 0, read 0, write 0, timeout 12"
    void take_socket_errors(const std::vector<std::string_view>& words) {
        double all = 0;
        for (const std::string_view word : words) {
            all += formats::read_number(word.substr(0, word.find(','))).value_or(0);
        }
        add_count("socket_errors", all);
    }

    assay::imported_case row_;
    assay::imported_metric time_ = formats::metric_in("time", formats::unit_of("s"), "s");
    std::optional<double> rate_, transfer_;
};

// The URL of "Running 30s test @ URL".
std::optional<std::string_view> url_in(std::string_view line) {
    const std::size_t test = line.find(kTest);
    if (!line.starts_with(kRunning) || test == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view url = formats::trimmed_text(line.substr(test + kTest.size()));
    return url.empty() ? std::nullopt : std::optional(url);
}

class Wrk {
public:
    static constexpr std::string_view extensions = ".txt";

    static int probe(const assay::probed_file& file) {
        bool statistics = false;
        const std::size_t tests = formats::lines_like(file.head, [&](std::string_view line) {
            statistics = statistics || line.find("Thread Stats") != std::string_view::npos ||
                         line.starts_with("Requests/sec:");
            return url_in(line).has_value();
        });
        return tests > 0 && statistics ? 95 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "wrk";
        out.begin(run);
        std::optional<LoadTest> test;
        std::string cut;
        const auto finish = [&] {
            if (test && test->is_whole()) {
                out.add(test->result());
            } else if (test && cut.empty()) {
                cut = "a test has no 'Requests/sec': its output was cut off";
            }
        };
        formats::TextLines lines(file.bytes);
        while (const std::optional<formats::TextLine> line = lines.next()) {
            const bool counted = line->ended || line->text.ends_with('B');
            if (const auto url = url_in(line->text); url && line->ended) {
                finish();
                test.emplace(*url);
            } else if (test && counted) {
                test->take(line->text);
            }
        }
        finish();
        if (!cut.empty()) {
            throw assay::damaged(cut);
        }
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.wrk",
               "wrk",
               "0.1.0",
               Wrk,
               R"("description":"text of wrk and wrk2","license":"Apache-2.0")")
