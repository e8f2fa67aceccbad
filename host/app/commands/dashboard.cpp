// assay dashboard: the recorded history as one page that needs no server and no network.
#include "app/baselines/project_baselines.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/documents/document_reporter.hpp"
#include "app/documents/shown_history.hpp"
#include "tracking/dashboard/dashboard_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

int write_page(const Messages& say,
               report::Receiver& page,
               const tracking::Dashboard& shown,
               json::object document) {
    if (Status drawn = draw_document(page, std::move(document), shown.choice.now); !drawn) {
        return report(say, drawn.error());
    }
    std::size_t series = 0, runs = 0;
    for (const tracking::DashboardBranch& branch : shown.branches) {
        series += branch.series.size();
        runs += branch.runs.size();
    }
    if (!page.file().empty()) {
        say.note_line(fmt::format(
            "wrote {}: {} series, {} {}", page.file(), series, runs, runs == 1 ? "run" : "runs"));
    }
    return 0;
}

int dashboard_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const bool as_page = invocation.value("--format").value_or("html") == "html";
    const Result<OpenedHistory> opened = open_history(invocation, {.read_only = true});
    if (!opened) {
        return report(say, opened.error());
    }
    for (const std::string& warning : opened->store->warnings()) {
        say.warning(warning);
    }
    std::unique_ptr<report::Receiver> page;
    if (as_page) {
        auto ready = open_document_reporter(invocation,
                                            say,
                                            {.name = "dashboard",
                                             .path = invocation.value("--output").value_or(""),
                                             .options = {}});
        if (!ready) {
            return report(say, ready.error());
        }
        page = std::move(*ready);
    }
    const auto shown = read_shown(invocation, *opened);
    if (!shown) {
        return report(say, shown.error());
    }
    if (would_empty_file(*shown, invocation.value("--output").value_or(as_page ? "" : "-"))) {
        return report(say, nothing_shown(*opened->store, shown->choice, "show"));
    }
    json::object document = tracking::dashboard_document(*shown);
    const int written = as_page ? write_page(say, *page, *shown, std::move(document))
                                : write_document(invocation, say, document);
    if (written == 0 && shown->branches.empty()) {
        return report(say, nothing_shown(*opened->store, shown->choice, "show"));
    }
    return written;
}

std::vector<OptionSpec> dashboard_options() {
    const std::string write = "Write";
    std::vector<OptionSpec> options = shown_options("Select");
    options.push_back(shown_threshold_option(write));
    options.push_back({.name = "--output",
                       .short_name = "-o",
                       .value = "FILE",
                       .help = "instead of assay-report/dashboard.html; - is stdout",
                       .group = write,
                       .kind = ValueKind::file});
    options.push_back({.name = "--format",
                       .value = "FORMAT",
                       .help = "html, or json: what is drawn (assay.dashboard/1)",
                       .group = write,
                       .choices = {"html", "json"}});
    options.push_back(history_option(write));
    options.push_back(baselines_file_option(write));
    std::ranges::move(plugin_options("Plugins"), std::back_inserter(options));
    return options;
}

} // namespace

CommandSpec dashboard_spec() {
    return {.name = "dashboard",
            .summary = "the recorded history as one page: trends, verdicts, alerts, noise",
            .examples = {"assay dashboard",
                         "assay dashboard --days 30 --platforms lab_8c,ci_2c",
                         "assay dashboard --series router/ --output router.html"},
            .options = dashboard_options(),
            .notes = "One file that asks for nothing else: it opens without a server or a network, "
                     "and without script it still shows every verdict. Nothing is measured and "
                     "nothing is kept. It reports and decides nothing: 0 whatever it shows, 4 "
                     "where no run is meant; no file is written then.",
            .run = dashboard_command};
}

} // namespace assay::app
