// assay analyze ack, expect, reopen: what a person says to an alert.
#include "app/baselines/approval.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/commands/analyze_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/output.hpp"
#include "support/text.hpp"
#include "tracking/alert_answers.hpp"
#include "tracking/series_baseline.hpp"
#include "tracking/series_choice.hpp"
#include "verdict/amount.hpp"

namespace assay::app {
namespace {

// The figures that the project's file has of these series; others are not begun there.
Status bring_file_up_to_date(ProjectBaselines& ours, const tracking::AnsweredAlert& done) {
    bool any = false;
    for (const tracking::AcceptedLevel& level : done.accepted) {
        if (tracking::figure_in(ours.file(), level.series) == nullptr) {
            continue;
        }
        if (Status set = ours.set(level.series, tracking::figure_of(level.row, level.series));
            !set) {
            return set;
        }
        ours.sign(level.series.platform.label, level.row.created, {}, {});
        any = true;
    }
    for (const tracking::AcceptedLevel& level : done.given_back) {
        if (tracking::figure_in(ours.file(), level.series) == nullptr) {
            continue;
        }
        if (level.row.policy == history::kWithdrawn) {
            ours.remove(level.series);
        } else if (Status set =
                       ours.set(level.series, tracking::figure_of(level.row, level.series));
                   !set) {
            return set;
        }
        ours.sign(level.series.platform.label, level.row.created, {}, {});
        any = true;
    }
    return any ? ours.save() : Status{};
}

std::string answer_text(const tracking::AnsweredAlert& done) {
    std::string text = "alert " + std::to_string(done.alert.id) + " is " + done.alert.state +
                       ", before " + done.was + ": " + done.alert.title + "\n";
    for (const tracking::AcceptedLevel& level : done.accepted) {
        text += "  baseline of " + tracking::series_name(level.series) + " is now " +
                verdict::figure_text(level.row.center, level.series.unit) + ", of " +
                std::to_string(level.row.n) + " runs\n";
    }
    for (const tracking::AcceptedLevel& level : done.given_back) {
        text += "  baseline of " + tracking::series_name(level.series) +
                (level.row.policy == history::kWithdrawn
                     ? " is taken back: it is held against its own runs again\n"
                     : " is again " + verdict::figure_text(level.row.center, level.series.unit) +
                           ", as before it was accepted\n");
    }
    return text;
}

Result<std::string> answered(const Invocation& invocation, verdict::AlertAnswer answer) {
    const Result<OpenedHistory> opened = open_history(invocation, {});
    if (!opened) {
        return opened.error();
    }
    auto ours = load_project_baselines(invocation, opened->project);
    if (!ours) {
        return ours.error();
    }
    const auto done =
        tracking::answer_alert(*opened->store,
                               {.alert = invocation.words.front(),
                                .answer = answer,
                                .why = std::string(trim(invocation.value("--why").value_or(""))),
                                .who = who_decides(),
                                .now = now_nanoseconds()});
    if (!done) {
        return done.error();
    }
    if (Status written = bring_file_up_to_date(*ours, *done); !written) {
        return written.error();
    }
    return answer_text(*done);
}

int say_answer(const Invocation& invocation, verdict::AlertAnswer answer) {
    const Messages say = messages_for(invocation);
    const Result<std::string> text = answered(invocation, answer);
    return text ? print_result(say, printable(*text)) : report(say, text.error());
}

} // namespace

int analyze_ack(const Invocation& invocation) {
    return say_answer(invocation, verdict::AlertAnswer::acknowledge);
}

int analyze_expect(const Invocation& invocation) {
    return say_answer(invocation, verdict::AlertAnswer::expect);
}

int analyze_reopen(const Invocation& invocation) {
    return say_answer(invocation, verdict::AlertAnswer::reopen);
}

} // namespace assay::app
