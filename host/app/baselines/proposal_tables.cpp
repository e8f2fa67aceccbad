// Update proposals as a person reads them before saying yes, and as programs do.
#include "app/baselines/update_proposals.hpp"
#include "app/history/figure_words.hpp"
#include "app/history/run_listing.hpp"
#include "app/history/trend.hpp"
#include "app/message.hpp"
#include "tracking/document_values.hpp"
#include "tracking/series_choice.hpp"
#include "verdict/amount.hpp"

#include <fmt/format.h>

#include <cmath>

namespace assay::app {
namespace {

std::string current_text(const UpdateProposal& one) {
    const auto figure = one.series.current();
    return figure ? verdict::figure_text(figure->value, figure->unit) : std::string(kNotKnown);
}

std::string proposed_text(const UpdateProposal& one) {
    const std::string& unit = one.series.row.series.unit;
    return one.answer.proposed ? verdict::figure_text(one.answer.proposed->center, unit)
                               : std::string(kNotKnown);
}

std::string change_text(const UpdateProposal& one) {
    if (!one.answer.gain) {
        return one.series.current() ? std::string(kNotKnown) : "first";
    }
    const double gain = *one.answer.gain;
    return fmt::format("{:.1f} % {}", std::abs(gain) * 100, gain < 0 ? "worse" : "better");
}

// All of one platform, which stand together.
using Row = std::vector<UpdateProposal>::const_iterator;

std::string moving_text(Row begin, Row end) {
    TextTable table({"Metric", "Current", "Proposed", "Change", "Runs", "Branch"});
    for (Row one = begin; one != end; ++one) {
        if (one->moves()) {
            table.add({tracking::series_name(one->series.row.series),
                       current_text(*one),
                       proposed_text(*one),
                       change_text(*one),
                       std::to_string(one->answer.proposed->n),
                       or_not_known(one->branch)});
        }
    }
    return table.empty() ? "" : table.aligned();
}

std::string staying_text(Row begin, Row end) {
    TextTable table({"Stays", "Current", "Why"});
    for (Row one = begin; one != end; ++one) {
        if (!one->moves()) {
            table.add({tracking::series_name(one->series.row.series),
                       current_text(*one),
                       std::string(verdict::name_of(one->answer.refusal)) +
                           (one->answer.reason.empty() ? "" : ": " + one->answer.reason)});
        }
    }
    return table.empty() ? "" : table.aligned();
}

std::string heading(const history::Platform& platform) {
    return printable("Baseline update proposals for " + platform.label + " (" +
                     platform.fingerprint.substr(0, 12) + ")\n");
}

} // namespace

std::string proposals_text(const std::vector<UpdateProposal>& proposals) {
    std::string text;
    for (Row begin = proposals.begin(); begin != proposals.end();) {
        Row end = begin;
        const history::Platform& platform = begin->series.row.series.platform;
        while (end != proposals.end() && end->series.row.series.platform.label == platform.label &&
               end->series.row.series.platform.fingerprint == platform.fingerprint) {
            ++end;
        }
        const std::string moving = moving_text(begin, end), staying = staying_text(begin, end);
        text += (text.empty() ? "" : "\n") + heading(platform) + moving +
                (moving.empty() || staying.empty() ? "" : "\n") + staying;
        begin = end;
    }
    return text;
}

TextTable proposals_table(const std::vector<UpdateProposal>& proposals) {
    TextTable table(
        {"platform", "metric", "current", "proposed", "change", "answer", "reason", "branch"});
    for (const UpdateProposal& one : proposals) {
        table.add({one.series.row.series.platform.label,
                   tracking::series_name(one.series.row.series),
                   current_text(one),
                   proposed_text(one),
                   change_text(one),
                   one.moves() ? "proposed" : std::string(verdict::name_of(one.answer.refusal)),
                   one.answer.reason,
                   one.branch});
    }
    return table;
}

json::object proposals_document(const std::vector<UpdateProposal>& proposals,
                                const std::string& where,
                                bool approved) {
    json::array list;
    for (const UpdateProposal& one : proposals) {
        const auto current = one.series.current();
        const auto& proposed = one.answer.proposed;
        json::object value = tracking::series_value(one.series.row.series);
        value["branch"] = tracking::optional_text(one.branch);
        value["current"] = current ? json_number(current->value) : nullptr;
        value["proposed"] = proposed ? json_number(proposed->center) : nullptr;
        value["gain"] = tracking::optional_number(one.answer.gain);
        value["runs"] = proposed ? json_count(proposed->n) : json::value(0);
        value["moves"] = one.moves();
        value["refusal"] =
            one.moves() ? json::value(nullptr) : json::value(verdict::name_of(one.answer.refusal));
        value["reason"] = tracking::optional_text(one.answer.reason);
        list.push_back(std::move(value));
    }
    json::object document = tracking::history_head("baseline-update", where);
    document["approved"] = approved;
    document["proposals"] = std::move(list);
    return document;
}

} // namespace assay::app
