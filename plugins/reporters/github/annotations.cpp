#include "annotations.hpp"

#include "report_text/outcome.hpp"
#include "report_text/safe_text.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace github_reporter {
namespace {

using report_text::GateRow;
using report_text::Gravity;
using report_text::ToldCase;
using report_text::ToldRun;

constexpr std::size_t kTextColumns = 500;

struct Annotation {
    bool is_error = false;
    std::string title, message;
    std::string file = {};
    std::int64_t line = 0;
};

std::string escaped(std::string_view text, std::string_view also) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const std::string safe =
        report_text::cut_to_width(report_text::safe_text(text, true), kTextColumns, true);
    std::string out;
    for (const char c : safe) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || also.find(c) != std::string_view::npos) {
            out += '%';
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 0x0FU];
        } else {
            out += c;
        }
    }
    return out;
}

std::string line_of(const Annotation& one) {
    std::string text = one.is_error ? "::error " : "::warning ";
    if (!one.file.empty()) {
        text += "file=" + escaped_property(one.file) + ",";
        text += one.line > 0 ? "line=" + std::to_string(one.line) + "," : "";
    }
    return text + "title=" + escaped_property(one.title) + "::" + escaped_data(one.message) + "\n";
}

Annotation annotation_of(const GateRow& row) {
    const Gravity gravity = report_text::gravity_of(row);
    return {.is_error = gravity == Gravity::worse || gravity == Gravity::broken,
            .title = row.outcome + " " + (row.case_id.empty() ? row.rule : row.case_id),
            .message = report_text::gate_sentence(row),
            .file = row.file,
            .line = row.line};
}

Annotation annotation_of(const ToldCase& one, Gravity gravity) {
    const std::string words = report_text::words_of(report_text::outcome_of(one));
    const std::string figure = report_text::deciding_figure(one);
    return {.is_error = gravity != Gravity::open,
            .title = one.id + ": " + words,
            .message = figure.empty() ? words : figure};
}

// Skipped and cancelled cases of a run are no news to mark.
bool is_marked(const ToldCase& one, Gravity gravity) {
    return gravity == Gravity::worse || gravity == Gravity::broken ||
           (gravity == Gravity::open && one.compared.has_value());
}

std::vector<Annotation> all_annotations(const ToldRun& run) {
    std::vector<Annotation> all;
    if (run.gate) {
        std::vector<GateRow> rows = run.gate->rows;
        std::ranges::stable_sort(rows, report_text::row_matters_more);
        for (const GateRow& row : rows) {
            if (report_text::gravity_of(row) != Gravity::plain) {
                all.push_back(annotation_of(row));
            }
        }
        for (const std::string& rule : run.gate->unmatched) {
            all.push_back({.is_error = true,
                           .title = "NOTHING " + rule,
                           .message = "rule '" + rule + "' applies to no case"});
        }
        return all;
    }
    std::vector<const ToldCase*> cases;
    for (const ToldCase& one : run.cases) {
        if (is_marked(one, report_text::gravity_of(one))) {
            cases.push_back(&one);
        }
    }
    std::ranges::stable_sort(cases, [](const ToldCase* a, const ToldCase* b) {
        return report_text::matters_more(*a, *b);
    });
    for (const ToldCase* one : cases) {
        all.push_back(annotation_of(*one, report_text::gravity_of(*one)));
    }
    return all;
}

std::string lines_of(const std::vector<Annotation>& all, bool errors) {
    const auto count =
        static_cast<std::size_t>(std::ranges::count(all, errors, &Annotation::is_error));
    const std::size_t shown = count > kAnnotationsMax ? kAnnotationsMax - 1 : count;
    std::string text;
    std::size_t told = 0;
    for (const Annotation& one : all) {
        if (one.is_error == errors && told < shown) {
            text += line_of(one);
            ++told;
        }
    }
    if (shown < count) {
        text += line_of({.is_error = errors,
                         .title = std::to_string(count - shown) + " more",
                         .message = "the report names them all"});
    }
    return text;
}

} // namespace

std::string escaped_data(std::string_view text) {
    return escaped(text, "\r\n");
}

std::string escaped_property(std::string_view text) {
    return escaped(text, "\r\n:,");
}

std::string annotations_of(const ToldRun& run) {
    const std::vector<Annotation> all = all_annotations(run);
    return lines_of(all, true) + lines_of(all, false);
}

} // namespace github_reporter
