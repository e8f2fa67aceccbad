#include "history/sql_change_points.hpp"

#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace assay::history {

using sql::Statement;

namespace {

ChangePointRow change_point_at(const Statement& row) {
    return {.id = row.text(0),
            .series_id = row.integer(1),
            .last_good = row.text(2),
            .first_bad = row.text(3),
            .direction = static_cast<int>(row.integer(4)),
            .size_rel = row.real(5),
            .p = sql::real_at(row, 6),
            .delta = sql::real_at(row, 7),
            .mean_before = sql::real_at(row, 8),
            .mean_after = sql::real_at(row, 9),
            .n_before = sql::integer_at(row, 10),
            .n_after = sql::integer_at(row, 11),
            .kind = row.text(12),
            .detector = row.text(13),
            .params_hash = row.text(14),
            .state = row.text(15),
            .first_seen_run = row.text(16),
            .updated = row.integer(17),
            .branch = row.text(18)};
}

bool is_finite_change(const ChangePointRow& row) {
    const std::array<std::optional<double>, 5> figures{
        row.size_rel, row.p, row.delta, row.mean_before, row.mean_after};
    for (const std::optional<double>& figure : figures) {
        if (figure && !std::isfinite(*figure)) {
            return false;
        }
    }
    return true;
}

} // namespace

Result<std::vector<ChangePointRow>> SqlChangePoints::rows(std::optional<std::int64_t> series_id) {
    std::vector<ChangePointRow> rows;
    const std::string select =
        "SELECT change_point.id, series_id, good.uuid, bad.uuid, direction, size_rel, p, delta, "
        "mean_before, mean_after, n_before, n_after, change_point.kind, detector, params_hash, "
        "state, seen.uuid, updated, bad.branch FROM change_point "
        "JOIN run good ON good.id = last_good JOIN run bad ON bad.id = first_bad "
        "LEFT JOIN run seen ON seen.id = first_seen_run WHERE 1 = 1" +
        scope_.and_runs("good") + scope_.and_runs("bad");
    const auto take = [&](const Statement& row) { rows.push_back(change_point_at(row)); };
    const std::string order = " ORDER BY series_id, change_point.id";
    Status read =
        series_id ? sql::each_row(db_, select + " AND series_id = $1" + order, {*series_id}, take)
                  : sql::each_row(db_, select + order, {}, take);
    return read ? Result<std::vector<ChangePointRow>>(std::move(rows)) : read.error();
}

Status SqlChangePoints::write(const ChangePointRow& row) {
    if (!is_finite_change(row)) {
        return Error{.kind = ErrorKind::config,
                     .message = "the change point " + row.id + " has a figure that is not finite",
                     .hint = "leave out what could not be computed"};
    }
    std::array<std::int64_t, 2> ends{};
    const std::array<const std::string*, 2> names{&row.last_good, &row.first_bad};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const auto id = runs_.id_of_uuid(*names.at(i));
        if (!id) {
            return id.error();
        }
        if (!*id) {
            return Error{.kind = ErrorKind::config,
                         .message =
                             "there is no run " + *names.at(i) + " in the history " + db_.where(),
                         .hint = "analyse the history anew"};
        }
        ends.at(i) = **id;
    }
    std::optional<std::int64_t> seen;
    if (!row.first_seen_run.empty()) {
        const auto id = runs_.id_of_uuid(row.first_seen_run);
        if (!id) {
            return id.error();
        }
        seen = *id;
    }
    return sql::run(
        db_,
        "INSERT INTO change_point (id, series_id, last_good, first_bad, direction, size_rel, p, "
        "delta, mean_before, mean_after, n_before, n_after, kind, detector, params_hash, state, "
        "first_seen_run, updated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
        "$14, $15, $16, $17, $18) ON CONFLICT (id) DO UPDATE SET last_good = excluded.last_good, "
        "first_bad = excluded.first_bad, size_rel = excluded.size_rel, p = excluded.p, delta = "
        "excluded.delta, mean_before = excluded.mean_before, mean_after = excluded.mean_after, "
        "n_before = excluded.n_before, n_after = excluded.n_after, kind = excluded.kind, detector "
        "= excluded.detector, params_hash = excluded.params_hash, state = excluded.state, updated "
        "= excluded.updated",
        {std::string_view(row.id),
         row.series_id,
         ends[0],
         ends[1],
         std::int64_t{row.direction},
         row.size_rel,
         sql::value_or_null(row.p),
         sql::value_or_null(row.delta),
         sql::value_or_null(row.mean_before),
         sql::value_or_null(row.mean_after),
         sql::value_or_null(row.n_before),
         sql::value_or_null(row.n_after),
         std::string_view(row.kind),
         std::string_view(row.detector),
         std::string_view(row.params_hash),
         std::string_view(row.state),
         sql::value_or_null(seen),
         row.updated});
}

Status SqlChangePoints::mark(const PointMark& mark) {
    return sql::run(db_,
                    "UPDATE point SET flags = (flags & ~CAST($3 AS INTEGER)) | CAST($4 AS INTEGER) "
                    "WHERE series_id = $1 AND run_id = $2",
                    {mark.series_id,
                     mark.run_id,
                     std::int64_t{mark.set} | std::int64_t{mark.clear},
                     std::int64_t{mark.set}});
}

} // namespace assay::history
