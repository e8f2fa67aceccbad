#include "report_text/markdown_report.hpp"

#include "report_text/figure_text.hpp"
#include "report_text/markdown_parts.hpp"
#include "report_text/markdown_text.hpp"
#include "report_text/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace report_text {
namespace {

// What has to stay free for the sentence about what was cut.
constexpr std::size_t kCutSentence = 200;

// Text that grows up to a limit; what has no room is counted, and never cut in the middle of a row.
class BoundedText {
public:
    explicit BoundedText(std::size_t bytes_max)
        : room_(bytes_max > kCutSentence ? bytes_max - kCutSentence : 0) {}

    // Sets bytes aside for what has to come at the end.
    void reserve(std::size_t bytes) { room_ -= std::min(room_, bytes); }

    bool add(std::string_view part) {
        if (part.size() > room_) {
            return false;
        }
        room_ -= part.size();
        text_ += part;
        return true;
    }

    // A head, as many rows as fit and the end; nothing where not even one row does. Says nothing of
    // no rows.
    template <class Rows, class Shown>
    void table(std::string_view head, const Rows& rows, std::string_view end, Shown shown) {
        if (rows.empty()) {
            return;
        }
        if (head.size() + end.size() + shown(*rows.front()).size() > room_) {
            left_out_ += rows.size();
            return;
        }
        room_ -= end.size();
        add(head);
        std::size_t told = 0;
        while (told < rows.size() && add(shown(*rows[told]))) {
            ++told;
        }
        text_ += end;
        left_out_ += rows.size() - told;
    }

    [[nodiscard]] std::string finish(std::string_view last) {
        if (left_out_ > 0) {
            text_ += "\n" + std::to_string(left_out_) + (left_out_ == 1 ? " row" : " rows") +
                     " left out here for want of room: the report with `size=full` has all.\n";
        }
        return std::move(text_) + "\n" + std::string(last);
    }

private:
    std::string text_;
    std::size_t room_;
    std::size_t left_out_ = 0;
};

template <class Value>
using Places = std::vector<const Value*>;

struct SortedCases {
    Places<ToldCase> changed, rest; // rest: same, passed, new
};

SortedCases sorted_cases(const ToldRun& run) {
    SortedCases sorted;
    for (const ToldCase& one : run.cases) {
        (gravity_of(one) == Gravity::plain ? sorted.rest : sorted.changed).push_back(&one);
    }
    const auto first = [](const ToldCase* a, const ToldCase* b) { return matters_more(*a, *b); };
    std::ranges::stable_sort(sorted.changed, first);
    std::ranges::stable_sort(sorted.rest, first);
    return sorted;
}

Places<GateRow> sorted_rows(const ToldGate& gate, bool with_passed) {
    Places<GateRow> rows;
    for (const GateRow& row : gate.rows) {
        if (with_passed || gravity_of(row) != Gravity::plain) {
            rows.push_back(&row);
        }
    }
    std::ranges::stable_sort(
        rows, [](const GateRow* a, const GateRow* b) { return row_matters_more(*a, *b); });
    return rows;
}

std::string gate_title(const ToldGate& gate) {
    std::string text = "\nGate " + code(gate.gates) + " against " + code(gate.baseline) + ".\n";
    for (const std::string& rule : gate.unmatched) {
        text += "Rule " + code(rule) + " applies to no case.\n";
    }
    return text + "\n";
}

void add_gate(const ToldGate& gate, BoundedText& text) {
    text.add(gate_title(gate));
    const Places<GateRow> rows = sorted_rows(gate, false);
    if (rows.empty() && !gate.rows.empty()) {
        text.add("No line failed, warned or is undecided.\n");
    }
    text.table(gate_head(), rows, "", gate_row);
}

std::string empty_state(const ToldRun& run) {
    if (run.cases.empty()) {
        return run.is_comparison ? "Nothing was compared.\n" : "Nothing was measured.\n";
    }
    return run.is_comparison ? "Nothing got slower, faster, worse or lost.\n"
                             : "Every case passed.\n";
}

std::string notes_of(const ToldRun& run) {
    std::string text;
    for (const ToldNote& note : run.notes) {
        text += note_line(note);
    }
    if (run.gate) {
        for (const ToldNote& note : run.gate->notes) {
            text += note_line(note);
        }
    }
    for (const std::string& next : run.next) {
        text += "- next: " + code(next) + "\n";
    }
    return text;
}

std::string method_of(const ToldRun& run) {
    if (!run.is_comparison) {
        return "A figure is the median over launches of the launch medians; a launch is one worker "
               "process. The interval is one of that median over launches. – is not measured, "
               "which is never 0.\n";
    }
    if (!run.basis.empty()) {
        return "Nothing was measured side by side: the verdicts rest on " + prose(run.basis) +
               ", and are advisory.\n";
    }
    return "Both builds took turns in pairs of fresh processes. The change is that of the median "
           "pair; its interval holds however often one looks. Method " +
           prose(run.method) + ", error rate " + fixed(run.alpha, 3) +
           ". Undecided says that neither a change nor its absence was shown.\n";
}

std::string figure_row(const ToldCase& one, const ToldFigure& figure) {
    return table_row({code(one.id),
                      code(figure.key),
                      markdown_figure(figure),
                      markdown_interval(figure),
                      figure.launches > 0 ? std::to_string(figure.launches) : "",
                      figure.n > 0 ? std::to_string(figure.n) : "",
                      prose(figure.direction == "none" ? "" : figure.direction),
                      prose(figure.reason)});
}

// Every figure of every case, a table for each suite in the order in which they came.
std::string suites_of(const ToldRun& run) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<const ToldCase*>> suites;
    for (const ToldCase& one : run.cases) {
        if (suites[one.suite].empty()) {
            order.push_back(one.suite);
        }
        suites[one.suite].push_back(&one);
    }
    std::string text;
    for (const std::string& suite : order) {
        text += "\n## Suite " + code(suite) + "\n\n" + status_head();
        std::string figures;
        for (const ToldCase* one : suites[suite]) {
            text += status_row(*one);
            for (const ToldFigure& figure : one->figures) {
                figures += figure_row(*one, figure);
            }
        }
        if (!figures.empty()) {
            text += "\n" +
                    table_row({"case",
                               "metric",
                               "figure",
                               "95 % interval",
                               "launches",
                               "samples",
                               "better",
                               "remarks"}) +
                    "|:--|:--|--:|--:|--:|--:|:--|:--|\n" + figures;
        }
    }
    return text;
}

std::string environment_of(const ToldRun& run) {
    std::string text = environment_line(run);
    if (!run.id.empty()) {
        text += "\nRun " + code(run.id);
        std::string command;
        for (const std::string& word : run.argv) {
            command += (command.empty() ? "" : " ") + word;
        }
        text += command.empty() ? ".\n" : ": " + code(command, 1000) + "\n";
    }
    return text;
}

} // namespace

std::string markdown_comment(const ToldRun& run, std::size_t bytes_max) {
    const std::string environment = environment_line(run);
    BoundedText text(bytes_max);
    text.reserve(environment.size() + 1);
    text.add(markdown_headline(run));
    if (run.is_comparison) {
        text.add("\n" + comparison_line(run));
    }
    if (run.gate) {
        add_gate(*run.gate, text);
    }
    const SortedCases sorted = sorted_cases(run);
    const auto row = run.is_comparison ? change_row : status_row;
    const std::string head = run.is_comparison ? change_head(run) : status_head();
    if (sorted.changed.empty()) {
        text.add("\n" + empty_state(run));
    }
    text.table("\n" + head, sorted.changed, "", row);
    const std::string fold = std::to_string(sorted.rest.size()) +
                             (sorted.rest.size() == 1 ? " case " : " cases ") +
                             (run.is_comparison ? "as before or new" : "that passed");
    text.table("\n<details><summary>" + fold + "</summary>\n\n" + head,
               sorted.rest,
               "\n</details>\n",
               row);
    if (const std::string notes = notes_of(run); !notes.empty()) {
        text.add("\n" + notes);
    }
    return text.finish(environment);
}

std::string markdown_report(const ToldRun& run) {
    std::string text = "# Performance report\n\n" + markdown_headline(run);
    if (run.is_comparison) {
        text += "\n" + comparison_line(run) + "\n## Comparison\n\n";
        const SortedCases sorted = sorted_cases(run);
        if (sorted.changed.empty()) {
            text += empty_state(run) + "\n";
        }
        text += run.cases.empty() ? "" : change_head(run);
        for (const Places<ToldCase>* part : {&sorted.changed, &sorted.rest}) {
            for (const ToldCase* one : *part) {
                text += change_row(*one);
            }
        }
    }
    if (run.gate) {
        text += "\n## Gate\n" + gate_title(*run.gate) + (run.gate->rows.empty() ? "" : gate_head());
        for (const GateRow* row : sorted_rows(*run.gate, true)) {
            text += gate_row(*row);
        }
    }
    text += suites_of(run);
    if (const std::string notes = notes_of(run); !notes.empty()) {
        text += "\n## Notes\n\n" + notes;
    }
    return text + "\n## Method\n\n" + method_of(run) + "\n## Environment\n\n" + environment_of(run);
}

} // namespace report_text
