// `assay export FORMAT`: a recorded run as other tools write it.
#include "app/commands/commands.hpp"
#include "app/commands/export_baselines.hpp"
#include "app/exporting/run_bundle.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/outside_file.hpp"
#include "app/message.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "tracking/exports/chosen_cases.hpp"
#include "tracking/exports/exporters.hpp"
#include "tracking/exports/read_runs.hpp"
#include "tracking/exports/writers.hpp"

#include <algorithm>

namespace assay::app {
namespace {

using tracking::ExportedRun;
using tracking::Exporter;
using tracking::ExportText;

constexpr std::string_view kBundle = "ndjson"; // files of their own, which no writer makes

struct ExportOrder {
    std::string format;
    const Exporter* exporter = nullptr; // nothing: a bundle
    tracking::RunChoice runs = {};
    tracking::CaseChoice cases = {};
    tracking::ExportWishes wishes = {};
    std::string file = "-";

    [[nodiscard]] bool is_whole() const noexcept {
        return cases.words.empty() && cases.metrics.empty();
    }
};

std::vector<std::string> format_names() {
    std::vector<std::string> names;
    for (const Exporter& exporter : tracking::exporters()) {
        names.emplace_back(exporter.name);
    }
    names.insert(names.begin() + 1, std::string(kBundle));
    names.emplace_back(kBaselinesFormat);
    return names;
}

Error one_run_only(const std::string& format) {
    std::vector<std::string> several;
    for (const Exporter& exporter : tracking::exporters()) {
        if (exporter.several_runs) {
            several.emplace_back(exporter.name);
        }
    }
    return {.kind = ErrorKind::usage,
            .message = format + " holds one run",
            .hint = format == kBundle
                        ? "'assay history export --format ndjson --output DIR' writes every run"
                        : join(several, ", ") + " hold several; --run names one"};
}

// Which runs: one by its name, or the newest of those that are asked for.
Result<tracking::RunChoice> run_choice(const Invocation& invocation, const Narrowing& asked) {
    tracking::RunChoice choice{.query = run_query(asked)};
    const std::optional<std::uint64_t> runs = invocation.count("--runs");
    const std::optional<std::string> name = invocation.value("--run");
    choice.query.limit = runs ? static_cast<std::size_t>(*runs) : asked.since ? 0 : 1;
    if (name && *name != "newest") {
        if (runs || asked.since || asked.branch || asked.platform_typed) {
            return Error{.kind = ErrorKind::usage,
                         .message = "--run " + *name +
                                    " names one run, and another option chooses "
                                    "among runs",
                         .hint = "leave out --runs, --days, --since, --branch and --platform"};
        }
        choice.name = name;
    } else if (!runs && !asked.since) {
        choice.query.until = now_nanoseconds() + history::kClockSlackNs; // as "latest" elsewhere
    }
    return choice;
}

Result<ExportOrder> order_from(const Invocation& invocation, const Narrowing& asked) {
    Result<tracking::RunChoice> runs = run_choice(invocation, asked);
    if (!runs) {
        return runs.error();
    }
    ExportOrder order{.format = invocation.words.front(), .runs = std::move(*runs)};
    order.exporter = tracking::find_exporter(order.format);
    order.cases = {.words = {invocation.words.begin() + 1, invocation.words.end()},
                   .metrics = invocation.values("--metric"),
                   .excluded_too = order.exporter == nullptr || order.exporter->flags};
    order.file = invocation.value("--output").value_or("-");
    if (const auto direction = invocation.value("--direction")) {
        if (order.exporter == nullptr || !order.exporter->direction) {
            return Error{.kind = ErrorKind::usage,
                         .message = "--direction is of github-action-benchmark alone: " +
                                    order.format + " tells the directions apart, or has none",
                         .hint = {}};
        }
        order.wishes.direction = measure::direction_named(*direction);
    }
    if (order.exporter == nullptr && !order.is_whole()) {
        return Error{.kind = ErrorKind::usage,
                     .message = "a bundle is a whole run, without FILTER and --metric",
                     .hint = "'assay export json' writes a part of one"};
    }
    const bool several = order.exporter != nullptr && order.exporter->several_runs;
    const bool one = order.runs.name || order.runs.query.limit == 1;
    return several || one ? Result<ExportOrder>(std::move(order)) : one_run_only(order.format);
}

// A results document that was written while the run was measured says more than a store keeps.
Result<std::optional<ExportText>>
told_by_bundle(const ExportOrder& order, const OpenedHistory& opened, const ExportedRun& exported) {
    const auto bundle = bundle_of(exported.run, opened.bundles);
    if (order.format != "json" || !order.is_whole() || !bundle) {
        return std::optional<ExportText>();
    }
    return tracking::results_of_bundle(*bundle);
}

void name_gates_file(std::vector<ExportedRun>& runs, const OpenedHistory& opened) {
    const std::filesystem::path file = std::filesystem::path(".assay") / "gates.json";
    std::error_code failed;
    if (opened.project && std::filesystem::exists(*opened.project / file, failed)) {
        for (ExportedRun& exported : runs) {
            exported.gates_file = file.generic_string();
        }
    }
}

Result<ExportText> text_of_runs(const ExportOrder& order,
                                const OpenedHistory& opened,
                                std::vector<ExportedRun>& runs) {
    if (order.exporter == nullptr) {
        Result<std::string> bundle = run_bundle(runs.front().run, opened.bundles);
        return bundle ? Result<ExportText>(ExportText{.text = std::move(*bundle)})
                      : Result<ExportText>(bundle.error());
    }
    name_gates_file(runs, opened);
    const Result<tracking::Chosen> chosen = tracking::keep_chosen(runs, order.cases);
    if (!chosen) {
        return chosen.error();
    }
    auto whole = told_by_bundle(order, opened, runs.front());
    if (!whole) {
        return whole.error();
    }
    Result<ExportText> made =
        *whole ? Result<ExportText>(std::move(**whole)) : order.exporter->write(runs, order.wishes);
    if (made) {
        made->left_out.add("figures that somebody has excluded from the history", chosen->excluded);
    }
    return made;
}

Status write_out(const std::string& file, const std::string& text) {
    Result<OutsideFile> out = OutsideFile::create(file);
    if (!out) {
        return out.error();
    }
    if (Status written = out->write(text); !written) {
        return written;
    }
    return out->finish();
}

Result<Narrowing> asked_of(const Invocation& invocation, history::Store& store) {
    Result<Narrowing> asked = narrowing_from(invocation, now_nanoseconds());
    if (asked) {
        if (Status known = check_known(store, *asked); !known) {
            return known.error();
        }
    }
    return asked;
}

int export_command(const Invocation& invocation) {
    if (invocation.words.front() == kBaselinesFormat) {
        return export_baselines(invocation);
    }
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_history(invocation, {.read_only = true});
    if (!opened) {
        return report(say, opened.error());
    }
    const Result<Narrowing> asked = asked_of(invocation, *opened->store);
    if (!asked) {
        return report(say, asked.error());
    }
    const Result<ExportOrder> order = order_from(invocation, *asked);
    if (!order) {
        return report(say, order.error());
    }
    Result<std::vector<ExportedRun>> runs = tracking::read_exported(*opened->store, order->runs);
    if (!runs) {
        return report(say, runs.error());
    }
    const Result<ExportText> made = text_of_runs(*order, *opened, *runs);
    if (!made) {
        return report(say, made.error());
    }
    if (const Status written = write_out(order->file, made->text); !written) {
        return report(say, written.error());
    }
    for (const tracking::LeftOut::Kind& kind : made->left_out.kinds()) {
        say.note("not in " + order->format + ": " + kind.what + " (" + std::to_string(kind.count) +
                 ")");
    }
    if (order->file != "-") {
        say.note("wrote " + order->file);
    }
    return 0;
}

std::vector<OptionSpec> export_options() {
    const std::string select = "Select";
    std::vector<OptionSpec> options{
        {.name = "--run",
         .value = "RUN",
         .help = "first digits of a run's id, a commit, or newest (default)",
         .group = select},
        {.name = "--metric",
         .value = "KEY",
         .help = "only this metric (repeatable)",
         .group = select,
         .repeatable = true},
        platform_option(select),
        branch_option(select),
        {.name = "--runs",
         .value = "N",
         .help = "the newest N, where the format holds several; 0: all",
         .group = select,
         .kind = ValueKind::count}};
    std::ranges::move(since_options(select), std::back_inserter(options));
    options.push_back({.name = "--direction",
                       .value = "WHICH",
                       .help = "github-action-benchmark: lower or higher is better",
                       .group = select,
                       .choices = {"lower", "higher"}});
    options.push_back({.name = "--output",
                       .short_name = "-o",
                       .value = "FILE",
                       .help = "instead of stdout",
                       .kind = ValueKind::file});
    options.push_back(history_option(""));
    return options;
}

} // namespace

CommandSpec export_run_spec() {
    return {
        .name = "export",
        .summary = "write a recorded run in another tool's format",
        .examples = {"assay export google-benchmark --output run.json",
                     "assay export benchfmt sums/add --runs 2 --output runs.txt",
                     "assay export github-action-benchmark --direction lower"},
        .positionals = {{.name = "FORMAT",
                         .help = join(format_names(), ", "),
                         .required = true,
                         .choices = format_names()},
                        {.name = "FILTER",
                         .help = "case id, suite/family, regular expression; ! excludes",
                         .repeatable = true}},
        .options = export_options(),
        .notes =
            "Figures are the history's, in SI base units. What a format has no place for is "
            "told on stderr. Nothing to export is exit 4. rag-baselines is of no run: it is what "
            "series are held against, as 'assay baseline import' reads it.",
        .run = export_command};
}

} // namespace assay::app
