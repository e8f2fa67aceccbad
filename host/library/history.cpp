// The questions of <assay/history.hpp>, handed on to the host's own functions; nothing is decided
// here.
#include "library/assay/history.hpp"

#include "history/transfer.hpp"
#include "library/opened.hpp"
#include "library/values.hpp"
#include "tracking/history_export.hpp"
#include "tracking/known_platform.hpp"
#include "tracking/run_comparison.hpp"
#include "tracking/stored_points.hpp"

namespace assay::recorded {

namespace {

template <class Value, class Rows, class Convert>
Result<std::vector<Value>> each(const assay::Result<Rows>& rows, const Convert& convert) {
    if (!rows) {
        return error_of(rows.error());
    }
    std::vector<Value> values;
    for (const auto& row : *rows) {
        values.push_back(convert(row));
    }
    return values;
}

Status check_platform(history::Store& store, const std::optional<std::string>& platform) {
    return platform ? tracking::find_platform(store, *platform) : Status{};
}

Result<Comparison> comparison_of(const std::string& run,
                                 const std::string& against,
                                 const assay::Result<std::vector<tracking::ComparedSeries>>& all) {
    auto series = each<ComparedSeries>(all, compared_of);
    if (!series) {
        return series.error();
    }
    return Comparison{.run = run, .against = against, .series = *std::move(series)};
}

// Beside a file; where a server's belong, only its user knows.
std::filesystem::path bundles_of(const std::string& place, const OpenOptions& options) {
    const bool is_url = place.find("://") != std::string::npos;
    return !options.bundles.empty() || is_url ? std::filesystem::path(options.bundles)
                                              : std::filesystem::path(place).parent_path() / "runs";
}

// Of a series that nobody has set a baseline for: the runs of its newest run's branch.
assay::Result<Baseline> baseline_from_runs(history::Store& store, const history::SeriesRow& row) {
    auto points = tracking::points_of_branch(store, row.id, std::nullopt);
    if (!points) {
        return points.error();
    }
    std::vector<verdict::StoredPoint> stored = tracking::stored_points(std::move(*points));
    if (assay::Status marked = tracking::mark_accepted_levels(store, row, stored); !marked) {
        return marked.error();
    }
    return baseline_of(row.series, verdict::choose_baseline(stored, {}));
}

} // namespace

History::History(std::unique_ptr<Opened> opened) noexcept
    : opened_(std::move(opened)) {}

History::History(History&&) noexcept = default;
History& History::operator=(History&&) noexcept = default;
History::~History() = default;

Result<History> History::open(const std::string& place, const OpenOptions& options) {
    return answered([&]() -> Result<History> {
        auto opened = std::make_unique<Opened>();
        auto store = history::open_store(
            place, {.create = options.writable, .read_only = !options.writable});
        if (!store) {
            return error_of(store.error());
        }
        opened->store = std::move(*store);
        if (!options.project.empty()) {
            if (Status looked = opened->store->look_at(options.project); !looked) {
                return error_of(looked.error());
            }
        }
        opened->writable = options.writable;
        opened->bundles = bundles_of(place, options);
        if (!options.baselines_file.empty()) {
            auto file = history::read_baselines(options.baselines_file);
            if (!file) {
                return error_of(file.error());
            }
            opened->baselines = std::move(*file);
        }
        return History(std::move(opened));
    });
}

Result<std::vector<RunSummary>> History::recent_runs(const RunFilter& filter) {
    return answered([&]() -> Result<std::vector<RunSummary>> {
        if (Status known = check_platform(*opened_->store, filter.platform); !known) {
            return error_of(known.error());
        }
        return each<RunSummary>(opened_->store->runs(query_of(filter)), summary_of);
    });
}

Result<std::vector<Trend>> History::trend(const SeriesFilter& filter, const TrendWindow& window) {
    return answered([&]() -> Result<std::vector<Trend>> {
        if (Status known = check_platform(*opened_->store, filter.platform); !known) {
            return error_of(known.error());
        }
        return each<Trend>(
            tracking::read_trends(*opened_->store, choice_of(filter), query_of(window)), trend_of);
    });
}

Result<std::vector<Baseline>> History::baselines(const SeriesFilter& filter) {
    return answered([&]() -> Result<std::vector<Baseline>> {
        history::Store& store = *opened_->store;
        if (Status known = check_platform(store, filter.platform); !known) {
            return error_of(known.error());
        }
        auto rows = tracking::chosen_series(store, choice_of(filter));
        if (!rows) {
            return error_of(rows.error());
        }
        const auto all = tracking::series_baselines(store, std::move(*rows), opened_->baselines);
        if (!all) {
            return error_of(all.error());
        }
        std::vector<Baseline> baselines;
        for (const tracking::SeriesBaseline& one : *all) {
            if (one.current()) {
                baselines.push_back(baseline_of(one));
                continue;
            }
            auto from_runs = baseline_from_runs(store, one.row);
            if (!from_runs) {
                return error_of(from_runs.error());
            }
            baselines.push_back(std::move(*from_runs));
        }
        return baselines;
    });
}

Result<Comparison> History::compare(const std::string& run) {
    return answered([&]() -> Result<Comparison> {
        const auto found = opened_->store->run(run);
        if (!found) {
            return error_of(found.error());
        }
        return comparison_of(
            found->uuid,
            "",
            tracking::compare_with_baselines(*opened_->store, *found, opened_->baselines));
    });
}

Result<Comparison> History::compare(const std::string& run, const std::string& other) {
    return answered([&]() -> Result<Comparison> {
        const auto found = opened_->store->run(run);
        const auto before = opened_->store->run(other);
        if (!found || !before) {
            return error_of(found ? before.error() : found.error());
        }
        return comparison_of(
            found->uuid, before->uuid, tracking::compare_runs(*opened_->store, *found, *before));
    });
}

Result<Comparison> History::compare(const std::vector<Measured>& figures,
                                    const std::string& platform) {
    return answered([&]() -> Result<Comparison> {
        std::vector<tracking::MeasuredFigure> measured;
        for (const Measured& one : figures) {
            measured.push_back({.case_id = one.case_id, .metric = one.metric, .value = one.value});
        }
        const auto run = tracking::run_of_figures(*opened_->store, measured, platform);
        if (!run) {
            return error_of(run.error());
        }
        return comparison_of(
            "", "", tracking::compare_with_baselines(*opened_->store, *run, opened_->baselines));
    });
}

Result<Stats> History::stats() {
    return answered([&]() -> Result<Stats> {
        const auto stats = opened_->store->stats();
        return stats ? Result<Stats>(stats_of(*stats, opened_->store->where()))
                     : error_of(stats.error());
    });
}

Result<std::vector<KnownPlatform>> History::platforms() {
    return answered([&]() -> Result<std::vector<KnownPlatform>> {
        return each<KnownPlatform>(opened_->store->platforms(), platform_of);
    });
}

Result<std::size_t>
History::export_to(ExportFormat format, const TextSink& sink, const RunFilter& filter) {
    return answered([&]() -> Result<std::size_t> {
        if (Status known = check_platform(*opened_->store, filter.platform); !known) {
            return error_of(known.error());
        }
        const auto runs = tracking::export_history(
            *opened_->store,
            query_of(filter),
            format == ExportFormat::csv ? tracking::ExportFormat::csv
                                        : tracking::ExportFormat::json,
            [&sink](std::string_view text) -> Status {
                return sink(text) ? Status{}
                                  : Status(assay::Error{.kind = assay::ErrorKind::io,
                                                        .message = "the export was ended by "
                                                                   "whoever took its text",
                                                        .hint = {}});
            });
        return runs ? Result<std::size_t>(*runs) : error_of(runs.error());
    });
}

Result<ExportedBundles> History::export_bundles(const std::string& folder,
                                                const RunFilter& filter) {
    return answered([&]() -> Result<ExportedBundles> {
        if (Status known = check_platform(*opened_->store, filter.platform); !known) {
            return error_of(known.error());
        }
        const auto moved = history::push(*opened_->store, folder + "/", {.runs = query_of(filter)});
        if (!moved) {
            return error_of(moved.error());
        }
        if (!moved->broken.empty()) {
            const history::BrokenRun& broken = moved->broken.front();
            Error error = error_of(broken.error);
            error.message = broken.name + ": " + error.message;
            return error;
        }
        return ExportedBundles{.written = moved->added, .there_already = moved->known};
    });
}

} // namespace assay::recorded
