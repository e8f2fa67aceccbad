// `assay baseline import`: the figures of a baselines file, also of the layout of older systems,
// into the history and into the project's own file.
#include "app/baselines/approval.hpp"
#include "app/baselines/imported_figures.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/commands/baseline_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/outside_file.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "catalog/catalog.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace assay::app {
namespace {

// What one call of the command works on.
struct Import {
    std::string name; // of the file
    history::BaselinesFile file = {};
    std::unique_ptr<history::Store> store = {}; // nothing: there is no history yet
    ProjectBaselines ours = {};
    std::vector<ImportedFigure> figures = {};
};

Status read_history(Import& import, OpenedHistory opened) {
    import.store = std::move(opened.store);
    Result<std::vector<history::SeriesRow>> rows = import.store->series({});
    if (!rows) {
        return rows.error();
    }
    const auto platforms = import.store->platforms();
    if (!platforms) {
        return platforms.error();
    }
    const auto series =
        tracking::series_baselines(*import.store, std::move(*rows), import.ours.file());
    if (!series) {
        return series.error();
    }
    import.figures = imported_figures(import.file, *series, *platforms);
    return {};
}

Result<Import> prepare_import(const Invocation& invocation) {
    Import import{.name = invocation.words.front()};
    const Result<std::string> text = read_outside(import.name);
    if (!text) {
        return text.error();
    }
    Result<history::BaselinesFile> file =
        history::parse_baselines(*text, import.name, {.decimal = invocation.has("--decimal")});
    if (!file) {
        return file.error();
    }
    import.file = std::move(*file);
    const auto project = catalog::find_project(std::filesystem::current_path());
    Result<ProjectBaselines> ours = load_project_baselines(invocation, project);
    if (!ours) {
        return ours.error();
    }
    import.ours = std::move(*ours);
    Result<OpenedHistory> opened =
        open_history(invocation, {.read_only = invocation.has("--dry-run")});
    if (!opened && opened.error().kind != ErrorKind::missing) {
        return opened.error();
    }
    if (!opened) {
        import.figures = imported_figures(import.file, {}, {});
    } else if (Status read = read_history(import, std::move(*opened)); !read) {
        return read.error();
    }
    const bool lost = import.ours.path().empty() &&
                      std::ranges::any_of(import.figures, [](const ImportedFigure& one) {
                          return one.fate == ImportFate::waiting;
                      });
    if (lost) {
        return Error{.kind = ErrorKind::usage,
                     .message = "there is no .assay/ to keep figures in that no run has yet",
                     .hint = "'assay new project' makes one, --file FILE names another file"};
    }
    return import;
}

// What was refused stays out of the file as well.
history::BaselinesFile without_refused(const Import& import) {
    history::BaselinesFile file = import.file;
    for (const ImportedFigure& one : import.figures) {
        if (one.fate == ImportFate::refused) {
            file.platforms[one.label].figures.erase(one.key);
        }
    }
    return file;
}

// Of the runs that the history has; none where there is no history.
Result<std::set<std::string>> runs_here(history::Store* store) {
    std::set<std::string> uuids;
    if (store == nullptr) {
        return uuids;
    }
    const auto rows = store->runs({});
    if (!rows) {
        return rows.error();
    }
    for (const history::RunRow& row : *rows) {
        uuids.insert(row.uuid);
    }
    return uuids;
}

Status apply(Import& import) {
    const auto here = runs_here(import.store.get());
    if (!here) {
        return here.error();
    }
    std::vector<history::BaselineRow> rows;
    for (const ImportedFigure& one : import.figures) {
        if (one.fate == ImportFate::bound) {
            rows.push_back(imported_row(one, import.name, who_decides(), now_nanoseconds(), *here));
        }
    }
    if (!rows.empty()) { // else there may be no history at all
        if (const auto added = import.store->add_baselines(rows); !added) {
            return added.error();
        }
    }
    import.ours.merge(without_refused(import));
    return import.ours.save();
}

std::size_t count(const Import& import, ImportFate fate) {
    return static_cast<std::size_t>(
        std::ranges::count(import.figures, fate, &ImportedFigure::fate));
}

void tell(const Messages& say, const Import& import, bool dry_run) {
    for (const std::string& note : import.file.notes) {
        say.note(import.name + ": " + note);
    }
    std::string text = dry_run ? "dry run, nothing was changed: " : "";
    for (const ImportFate fate :
         {ImportFate::bound, ImportFate::same, ImportFate::waiting, ImportFate::refused}) {
        text += std::to_string(count(import, fate)) + " " + std::string(name_of(fate)) +
                (fate == ImportFate::refused ? "" : ", ");
    }
    say.note(text + (import.ours.path().empty() ? "" : "; kept in " + import.ours.path()));
}

} // namespace

int baseline_import(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    Result<Import> import = prepare_import(invocation);
    if (!import) {
        return report(say, import.error());
    }
    if (import->figures.empty()) {
        return report(say,
                      {.kind = ErrorKind::missing,
                       .message = import->name + " holds no figure",
                       .hint = "nothing was changed"});
    }
    const bool dry_run = invocation.has("--dry-run");
    if (!dry_run) {
        if (const Status applied = apply(*import); !applied) {
            return report(say, applied.error());
        }
    }
    const std::string format = format_of(invocation);
    const int printed =
        format == "json"
            ? print_result(say, history::baselines_text(without_refused(*import)))
            : print_result(say,
                           format == "csv" ? imported_table(import->figures).csv()
                                           : imported_table(import->figures).aligned());
    tell(say, *import, dry_run);
    const bool refused = count(*import, ImportFate::refused) > 0;
    return static_cast<int>(
        graver(static_cast<ExitCode>(printed), refused ? ExitCode::usage : ExitCode::pass));
}

} // namespace assay::app
