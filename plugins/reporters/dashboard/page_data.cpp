#include "page_data.hpp"

#include "charts/clean_text.hpp"
#include "outcome.hpp"
#include "packed_points.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

namespace dashboard_reporter {
namespace {

constexpr std::size_t kSamplesShown = 101; // every percentile

// Shortest text that reads back as the same number; null of none.
std::string number(double value) {
    if (!std::isfinite(value)) {
        return "null";
    }
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value == 0 ? 0 : value);
    return {text, end.ptr};
}

std::string number(std::size_t value) {
    return std::to_string(value);
}

// Of base64, however long it is.
std::string quoted(const std::string& digits) {
    return "\"" + digits + "\"";
}

// {"a":1,"b":"x"} piece by piece.
class Members {
public:
    Members& add(std::string_view key, const std::string& json) {
        text_ += (text_.empty() ? "{\"" : ",\"") + std::string(key) + "\":" + json;
        return *this;
    }

    // Left out where it says nothing.
    Members& some(std::string_view key, double value) {
        return std::isfinite(value) ? add(key, number(value)) : *this;
    }

    Members& some(std::string_view key, const std::string& text) {
        return text.empty() ? *this : add(key, json_string(text));
    }

    Members& list(std::string_view key, const std::string& items) {
        return items.empty() ? *this : add(key, "[" + items + "]");
    }

    [[nodiscard]] std::string text() const { return text_.empty() ? "{}" : text_ + "}"; }

private:
    std::string text_;
};

template <class Items, class Text>
std::string listed(const Items& items, Text text) {
    std::string all;
    for (const auto& item : items) {
        all += (all.empty() ? "" : ",") + text(item);
    }
    return all;
}

std::string runs_value(const ToldBranch& branch) {
    const auto column = [&branch](auto text) { return "[" + listed(branch.runs, text) + "]"; };
    std::string times;
    double before = 0;
    for (const ToldRun& run : branch.runs) {
        const double when = std::round(run.when);
        times += (times.empty() ? "" : ",") + number(when - before);
        before = when;
    }
    return Members()
        .add("id", column([](const ToldRun& run) { return json_string(run.uuid); }))
        .add("sha", column([](const ToldRun& run) {
                 return json_string(run.commit.substr(0, 12) + (run.dirty ? "+" : ""));
             }))
        .add("t", "[" + times + "]")
        .text();
}

std::string branch_value(const ToldBranch& branch) {
    const std::string shifts = listed(branch.shifts, [](const ToldShift& shift) {
        return "[" + number(shift.first) + "," + number(shift.last) + "," +
               json_string(shift.cause) + "]";
    });
    return Members()
        .add("p", json_string(branch.label))
        .some("br", branch.branch)
        .add("runs", runs_value(branch))
        .list("sh", shifts)
        .text();
}

// Runs as begin and length of stretches without a gap.
std::string stretches(const std::vector<std::size_t>& runs) {
    std::string text;
    for (std::size_t i = 0; i < runs.size();) {
        std::size_t end = i + 1;
        while (end < runs.size() && runs[end] == runs[end - 1] + 1) {
            ++end;
        }
        text += (text.empty() ? "" : ",") + number(runs[i]) + "," + number(end - i);
        i = end;
    }
    return "[" + text + "]";
}

std::string samples_value(const ToldSamples& samples) {
    std::vector<double> kept = samples.sorted;
    if (kept.size() > kSamplesShown) {
        kept.clear();
        const auto last = static_cast<double>(samples.sorted.size() - 1);
        for (std::size_t i = 0; i < kSamplesShown; ++i) {
            const double place = last * static_cast<double>(i) / (kSamplesShown - 1);
            kept.push_back(samples.sorted[static_cast<std::size_t>(std::llround(place))]);
        }
    }
    const Packed packed = pack(kept);
    const Packed medians = pack(samples.launch_medians);
    Members members;
    members.add("r", number(samples.run))
        .add("n", number(samples.count))
        .add("q", number(packed.step))
        .add("v", quoted(packed.text));
    if (!samples.launch_medians.empty()) {
        members.add("lq", number(medians.step)).add("l", quoted(medians.text));
    }
    return members.text();
}

// The points that have a figure: what broke has its place in `x`.
struct Figures {
    std::vector<double> low, center, high;
};

Figures figures_of(const ToldSeries& series) {
    Figures all;
    for (std::size_t i = 0; i < series.runs.size(); ++i) {
        if (std::isfinite(series.center[i])) {
            all.low.push_back(series.low[i]);
            all.center.push_back(series.center[i]);
            all.high.push_back(series.high[i]);
        }
    }
    return all;
}

// Whatever has no figure, with what became of it.
std::string missing(const ToldSeries& series) {
    std::string text;
    for (std::size_t i = 0; i < series.runs.size(); ++i) {
        if (std::isfinite(series.center[i])) {
            continue;
        }
        const auto found = std::ranges::find(series.breaks, i, &ToldBreak::at);
        text += (text.empty() ? "" : ",") + number(i) + "," +
                json_string(found == series.breaks.end() ? "no figure" : found->status);
    }
    return text;
}

std::string changes(const ToldSeries& series) {
    return listed(series.changes, [](const ToldChange& change) {
        return "[" + number(change.last_good) + "," + number(change.first_bad) + "," +
               number(change.before) + "," + number(change.after) + "," +
               (change.worse ? "1" : "0") + "," + (change.counted ? "1" : "0") + "," +
               (change.confirmed ? "1" : "0") + "]";
    });
}

std::string flags(const ToldSeries& series) {
    return listed(series.flags, [](const ToldFlag& flag) {
        const std::size_t bits =
            (flag.outlier ? 1U : 0U) | (flag.excluded ? 2U : 0U) | (flag.shifted ? 4U : 0U);
        return number(flag.at) + "," + number(bits);
    });
}

std::string series_value(const ToldSeries& series, std::size_t branch) {
    const Figures figures = figures_of(series);
    const Packed packed = pack(figures.center);
    const PackedWidths widths = pack_widths(figures.low, figures.center, figures.high);
    Members members;
    members.add("b", number(branch))
        .add("c", json_string(series.name))
        .add("m", json_string(series.metric))
        .add("u", json_string(series.unit))
        .add("d",
             series.direction == "higher"  ? "1"
             : series.direction == "lower" ? "-1"
                                           : "0")
        .add("o", json_string(outcome_name(outcome_of(series))))
        .add("w", json_string(outcome_words(series)))
        .add("r", stretches(series.runs))
        .add("q", number(packed.step))
        .add("v", quoted(packed.text));
    if (const ChangeScale scale = scale_of(series); scale != ChangeScale::relative) {
        members.add("sc", scale == ChangeScale::points ? "1" : "2");
    }
    if (!widths.text.empty()) {
        members.add("i", quoted(widths.text))
            .add("ir", "[" + number(widths.range.least) + "," + number(widths.range.most) + "]");
    }
    if (series.verdict) {
        members.some("k", series.verdict->center).some("g", series.verdict->mde);
        members.some("y", series.verdict->reason);
    }
    members.some("l", series.limit).some("y", series.unjudged);
    members.list("x", missing(series)).list("f", flags(series)).list("ch", changes(series));
    members.list("dr", listed(series.drifts, [](const ToldDrift& drift) {
                     return "[" + number(drift.first) + "," + number(drift.last) + "," +
                            number(drift.change) + "]";
                 }));
    return members.list("s", listed(series.samples, samples_value)).text();
}

} // namespace

std::string json_string(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string json = "\"";
    for (const char c : assay::charts::clean_text(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (c == '<' || c == '>' || c == '&' || byte < 0x20U) {
            json += "\\u00";
            json += kHex[byte >> 4U];
            json += kHex[byte & 0xFU];
        } else {
            json += c;
        }
    }
    return json + "\"";
}

std::string page_data(const ToldDashboard& told) {
    std::string series;
    for (std::size_t i = 0; i < told.branches.size(); ++i) {
        for (const ToldSeries& one : told.branches[i].series) {
            series += (series.empty() ? "\n" : ",\n") + series_value(one, i);
        }
    }
    return Members()
        .some("threshold", told.threshold)
        .add("branches", "[" + listed(told.branches, branch_value) + "]")
        .add("series", "[" + series + "]")
        .text();
}

} // namespace dashboard_reporter
