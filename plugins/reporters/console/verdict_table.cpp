#include "verdict_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace console {
namespace {

constexpr std::string_view kVerdictGap = "  ";
constexpr std::size_t kVerdictColumns = 6;

// In the order in which they matter to whoever reads the table.
constexpr std::array<std::string_view, 10> kVerdictOrder{"slower",
                                                         "worse",
                                                         "failed",
                                                         "only_in_old",
                                                         "incomparable",
                                                         "undecided",
                                                         "faster",
                                                         "better",
                                                         "same",
                                                         "only_in_new"};

// The one word that says what became of a case. A case as fast as before is worse all the same when
// another of its gated figures is.
std::string_view outcome_of(const VerdictLine& line) {
    if (line.status == "compared" && line.verdict != "slower" && !line.worse.empty()) {
        return "worse";
    }
    return line.status == "compared" ? std::string_view(line.verdict)
                                     : std::string_view(line.status);
}

std::size_t rank_of(const VerdictLine& line) {
    return static_cast<std::size_t>(std::ranges::find(kVerdictOrder, outcome_of(line)) -
                                    kVerdictOrder.begin());
}

std::string words_of(std::string_view outcome) {
    std::string words(outcome);
    std::ranges::replace(words, '_', ' ');
    return words;
}

// What stands in the column "verdict".
std::string shown_outcome(const VerdictLine& line) {
    const std::string words = words_of(outcome_of(line));
    if (words == "worse" && line.timed) {
        return words + " (time: " + (line.statement.empty() ? line.verdict : line.statement) + ")";
    }
    return line.statement.empty() ? words : line.statement;
}

Paint paint_of(std::string_view outcome) {
    if (outcome == "slower" || outcome == "worse" || outcome == "failed" ||
        outcome == "only_in_old") {
        return Paint::red;
    }
    if (outcome == "faster" || outcome == "better") {
        return Paint::green;
    }
    return outcome == "undecided" || outcome == "incomparable" ? Paint::yellow : Paint::plain;
}

// "+2.04 %": of a ratio new / old.
std::string change_text(double ratio) {
    const double percent = 100 * (ratio - 1);
    const int decimals = std::abs(percent) >= 100 ? 0 : std::abs(percent) >= 10 ? 1 : 2;
    const std::string text = fixed(percent, decimals);
    return text.starts_with('-') ? text : "+" + text;
}

std::string interval_of(const VerdictLine& line, const Look& look) {
    if (!std::isfinite(line.low) || !std::isfinite(line.high)) {
        return std::string(not_measured(look.figures()));
    }
    return "[" + change_text(line.low) + ", " + change_text(line.high) + "] %";
}

// "95 % interval"; all cases of a comparison have one level.
std::string interval_title(std::span<const VerdictLine> lines) {
    const auto known = std::ranges::find_if(
        lines, [](const VerdictLine& line) { return std::isfinite(line.level); });
    if (known == lines.end()) {
        return "interval";
    }
    const double percent = 100 * known->level;
    return fixed(percent, std::abs(percent - std::round(percent)) < 1e-6 ? 0 : 1) + " % interval";
}

using VerdictCells = std::array<std::string, kVerdictColumns>;

VerdictCells verdict_cells(const VerdictLine& line, const Look& look) {
    const std::string none(not_measured(look.figures()));
    const auto figure = [&](double value) {
        return joined(line.exact ? exact_text(value, line.unit, look.figures())
                                 : figure_text(value, line.unit, look.figures()));
    };
    VerdictCells cells{line.id, none, none, none, none, none};
    if (line.status == "compared") {
        cells[1] = figure(line.old_time);
        cells[2] = figure(line.new_time);
        cells[3] = std::isfinite(line.ratio) ? change_text(line.ratio) + " %" : none;
        cells[4] = interval_of(line, look);
        cells[5] = std::to_string(line.pairs);
    }
    return cells;
}

std::string padded(const std::string& text, std::size_t width, bool right) {
    const std::string gap(width > width_of(text) ? width - width_of(text) : 0, ' ');
    return right ? gap + text : text + gap;
}

std::string remark_of(const VerdictLine& line) {
    std::string text = line.reason;
    for (const auto* list : {&line.worse, &line.labels}) {
        for (const std::string& one : *list) {
            text += (text.empty() ? "" : ", ") + one;
        }
    }
    return text;
}

} // namespace

namespace {

// "19 of 23 pairs"; empty where every pair had the figure.
std::string told_by(const assay::document& document, const std::string& base) {
    const std::int64_t told = document.i64(base + "/pairs", 0);
    const std::int64_t asked = document.i64(base + "/pairs_asked", told);
    return told < asked ? std::to_string(told) + " of " + std::to_string(asked) + " pairs" : "";
}

std::string joined_by_comma(const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + ", " + b;
}

// "hit_rate 4.20 points worse"; a change from zero has no size in percent.
std::string
metric_remark(const assay::document& document, const std::string& base, std::string_view verdict) {
    std::string text = document.str(base + "/key", "");
    if (const auto change = document.find_f64(base + "/change")) {
        const std::string size = fixed(100 * std::abs(*change), 2);
        const auto old_figure = document.find_f64(base + "/old");
        const auto new_figure = document.find_f64(base + "/new");
        // One count of a million is no percent, and all the same a change.
        const bool by_figures =
            size == "0.00" && old_figure && new_figure && document.boolean(base + "/exact", false);
        text += by_figures ? " " + joined(exact_text(*old_figure, "", {})) + " to " +
                                 joined(exact_text(*new_figure, "", {}))
                           : " " + size +
                                 (document.str(base + "/scale", "") == "points" ? " points" : " %");
    }
    const std::string why =
        joined_by_comma(std::string(document.str(base + "/reason", "")), told_by(document, base));
    return text + " " + std::string(verdict) + (why.empty() ? "" : " (" + why + ")");
}

// What there is to say about the figures beside time: the worse, the better, and those whose gain
// does not count.
void read_metrics(const assay::document& document, const Look& look, VerdictLine& line) {
    for (std::size_t i = 0;; ++i) {
        const std::string base = "/case/comparison/metrics/" + std::to_string(i);
        const auto verdict = document.find_str(base + "/verdict");
        if (!verdict) {
            return;
        }
        const std::string reason = joined_by_comma(std::string(document.str(base + "/reason", "")),
                                                   told_by(document, base));
        if (*verdict == "worse") {
            line.worse.push_back(safe_text(metric_remark(document, base, *verdict), look.unicode));
        } else if (*verdict == "better") {
            line.labels.push_back(safe_text(metric_remark(document, base, *verdict), look.unicode));
        } else if (!reason.empty()) {
            line.labels.push_back(safe_text(
                std::string(document.str(base + "/key", "")) + ": " + reason, look.unicode));
        }
    }
}

// The case of a file that has no time: another figure stands for it, and its metrics say the
// verdict.
void read_main_metric(const assay::document& document, const Look& look, VerdictLine& line) {
    const auto metric = document.find_str("/case/comparison/metric");
    if (!metric) {
        return;
    }
    const auto number = [&](const char* name) {
        return document.find_f64(name).value_or(Figure::kUnknown);
    };
    line.timed = false;
    line.id += " " + safe_text(*metric, look.unicode);
    line.unit = safe_text(document.str("/case/comparison/unit", ""), look.unicode);
    line.old_time = number("/case/comparison/old");
    line.new_time = number("/case/comparison/new");
    std::array<bool, 3> said{};
    constexpr std::array<std::string_view, 3> kGravestFirst{"worse", "undecided", "better"};
    for (std::size_t i = 0;; ++i) {
        const auto verdict =
            document.find_str("/case/comparison/metrics/" + std::to_string(i) + "/verdict");
        if (!verdict) {
            break;
        }
        const std::string base = "/case/comparison/metrics/" + std::to_string(i);
        line.exact = line.exact || (document.str(base + "/key", "") == *metric &&
                                    document.boolean(base + "/exact", false));
        const auto* const place = std::ranges::find(kGravestFirst, *verdict);
        if (place != kGravestFirst.end()) {
            said.at(static_cast<std::size_t>(place - kGravestFirst.begin())) = true;
        }
    }
    const auto* const gravest = std::ranges::find(said, true);
    line.verdict = gravest == said.end()
                       ? "same"
                       : kGravestFirst.at(static_cast<std::size_t>(gravest - said.begin()));
    // Those that can get neither worse nor better do not count, which the host knows.
    line.verdict = document.str("/case/comparison/metric_verdict", line.verdict);
}

} // namespace

VerdictLine verdict_line_from(const assay::event_view& event, const Look& look) {
    const assay::document document = event.document();
    const std::string base = "/case/comparison/";
    const auto number = [&](const char* name) {
        return document.find_f64(base + name).value_or(Figure::kUnknown);
    };
    VerdictLine line;
    line.id = safe_text(event.case_id(), look.unicode);
    line.status = document.str(base + "status", "failed");
    line.reason = safe_text(document.str(base + "reason", ""), look.unicode);
    line.verdict = document.str(base + "verdict", "");
    line.statement = safe_text(document.str(base + "statement", ""), look.unicode);
    line.old_time = number("old_time");
    line.new_time = number("new_time");
    line.level = 1 - number("evidence/alpha");
    line.ratio = number("ratio");
    line.low = number("interval/0");
    line.high = number("interval/1");
    line.pairs = static_cast<std::uint64_t>(document.i64(base + "pairs", 0));
    read_main_metric(document, look, line);
    read_metrics(document, look, line);
    for (const char* list : {"/case/comparison/evidence/labels/", "/case/notes/"}) {
        for (std::size_t i = 0;; ++i) {
            const auto label = document.find_str(list + std::to_string(i));
            if (!label) {
                break;
            }
            line.labels.push_back(safe_text(*label, look.unicode));
        }
    }
    if (line.status == "compared" && line.pairs > 0 &&
        !document.boolean(base + "verified", false)) {
        line.labels.insert(line.labels.begin(), "unverified");
    }
    return line;
}

bool matters_more(const VerdictLine& a, const VerdictLine& b) {
    if (rank_of(a) != rank_of(b)) {
        return rank_of(a) < rank_of(b);
    }
    const auto distance = [](const VerdictLine& line) {
        return std::isfinite(line.ratio) && line.ratio > 0 ? std::abs(std::log(line.ratio)) : 0.0;
    };
    return distance(a) != distance(b) ? distance(a) > distance(b) : a.id < b.id;
}

std::string verdict_table_of(std::span<const VerdictLine> lines, const Look& look) {
    const VerdictCells titles{"", "old", "new", "change", interval_title(lines), "pairs"};
    std::vector<VerdictCells> rows;
    std::array<std::size_t, kVerdictColumns> widths{};
    rows.push_back(titles);
    for (const VerdictLine& line : lines) {
        rows.push_back(verdict_cells(line, look));
    }
    for (const VerdictCells& row : rows) {
        for (std::size_t i = 0; i < kVerdictColumns; ++i) {
            widths[i] = std::max(widths[i], width_of(row[i]));
        }
    }
    std::string text;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        std::string shown;
        for (std::size_t i = 0; i < kVerdictColumns; ++i) {
            shown +=
                (i == 0 ? "" : std::string(kVerdictGap)) + padded(rows[at][i], widths[i], i != 0);
        }
        if (at == 0) {
            text += look.paint(Paint::dim, shown + std::string(kVerdictGap) + "verdict") + "\n";
            continue;
        }
        const VerdictLine& line = lines[at - 1];
        const std::string remark = remark_of(line);
        text += shown + std::string(kVerdictGap) +
                look.paint(paint_of(outcome_of(line)), shown_outcome(line)) +
                (remark.empty() ? "" : std::string(kVerdictGap) + look.paint(Paint::dim, remark)) +
                "\n";
    }
    return lines.empty() ? std::string() : text;
}

std::vector<std::string> lost_cases(std::span<const VerdictLine> lines) {
    std::vector<std::string> lost;
    for (const VerdictLine& line : lines) {
        if (line.status == "only_in_old") {
            lost.push_back(line.id + (line.reason.empty() ? "" : ": " + line.reason));
        }
    }
    return lost;
}

std::string verdict_counts(std::span<const VerdictLine> lines, const Look& look) {
    std::string text = std::to_string(lines.size()) + (lines.size() == 1 ? " case: " : " cases: ");
    std::string counts;
    for (const std::string_view outcome : kVerdictOrder) {
        const auto n = std::ranges::count_if(
            lines, [&](const VerdictLine& line) { return outcome_of(line) == outcome; });
        if (n != 0) {
            counts += (counts.empty() ? "" : ", ") +
                      look.paint(paint_of(outcome), std::to_string(n) + " " + words_of(outcome));
        }
    }
    return text + (counts.empty() ? "nothing was compared" : counts);
}

} // namespace console
