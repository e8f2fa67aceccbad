// The reporter "markdown": one table row per case, ready to be pasted into a pull request.
//
//   assay run --reporter markdown=report.md,title=Nightly
#include <assay/reporter.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

// 3 to 4 significant digits with a unit of its own: "271.9 us".
std::string seconds(double value) {
    static constexpr std::array<std::pair<double, const char*>, 4> units{
        {{1.0, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}}};
    if (!std::isfinite(value)) {
        return "-"; // not measured is never 0
    }
    auto chosen = units.back();
    for (const auto& unit : units) {
        if (value >= unit.first) {
            chosen = unit;
            break;
        }
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g %s", value / chosen.first, chosen.second);
    return text.data();
}

// Text from outside must not end the cell or start markup.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|' || c == '\\' || c == '`' || c == '*' || c == '_' || c == '<' || c == '[') {
            safe += '\\';
        }
        safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return safe;
}

class markdown {
public:
    static constexpr std::string_view options_schema = R"({
        "type": "object",
        "properties": {
            "title": {"type": "string", "default": "Measurements", "description": "the heading"},
            "metrics": {"type": "boolean", "default": true, "description": "a row per metric of a case"}
        },
        "additionalProperties": false})";
    static constexpr std::string_view default_name = "report.md";

    markdown(const assay::document& options, assay::sink out)
        : title_(options.str("/title", "Measurements"))
        , with_metrics_(options.boolean("/metrics", true))
        , out_(out) {}

    void on(const assay::event_view& e) {
        switch (e.kind()) {
        case assay::event_kind::run_begin:
            out_.write("# " + cell(title_) + "\n\n| case | median | 95 % CI | launches |\n" +
                       "|---|--:|---|--:|\n");
            break;
        case assay::event_kind::case_end:
            row(e);
            break;
        default: // kinds that this reporter has nothing to say about
            break;
        }
    }

    void finish() {
        out_.write("\n" + std::to_string(passed_) + " passed, " + std::to_string(others_) +
                   " not.\n");
    }

private:
    void row(const assay::event_view& e) {
        if (e.status() != assay::case_status::passed) {
            ++others_;
            out_.write("| " + cell(e.case_id()) + " | **" +
                       std::string(assay::name_of(e.status())) + "** | " + cell(e.text()) +
                       " | |\n");
            return;
        }
        ++passed_;
        const auto stats = e.stats();
        for (std::size_t i = 0;
             i < (with_metrics_ ? stats.size() : std::min<std::size_t>(1, stats.size()));
             ++i) {
            out_.write(line(e, *stats[i], i == 0));
        }
    }

    static std::string line(const assay::event_view& e, const assay_stats& s, bool is_time) {
        const auto unit = assay::text_of(s.unit);
        const auto figure = [&](double value) {
            if (unit == "s") {
                return seconds(value);
            }
            std::array<char, 32> text{};
            std::snprintf(text.data(), text.size(), "%.4g", value);
            return std::isfinite(value) ? std::string(text.data()) + " " + cell(unit) : "-";
        };
        std::string const name =
            is_time ? cell(e.case_id()) : "&nbsp; " + cell(assay::text_of(s.key));
        std::string const interval = std::isfinite(s.ci_lo) && std::isfinite(s.ci_hi)
                                         ? figure(s.ci_lo) + " ... " + figure(s.ci_hi)
                                         : "-";
        return "| " + name + " | " + figure(s.median) + " | " + interval + " | " +
               std::to_string(s.n_launches) + " |\n";
    }

    std::string title_;
    bool with_metrics_;
    assay::sink out_;
    std::uint64_t passed_ = 0, others_ = 0;
};

} // namespace

ASSAY_REPORTER("org.example.markdown", "markdown", "1.0.0", markdown, R"("license":"Apache-2.0")")
