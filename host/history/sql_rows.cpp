// Values out of rows, as sql_runs.hpp says.
#include "history/sql_runs.hpp"

namespace assay::history {

json::object object_of(const std::string& text) {
    const Result<json::value> read = parse_json(text);
    return read && read->is_object() ? read->get_object() : json::object{};
}

measure::CaseStatus status_of(std::int64_t number) noexcept {
    constexpr auto kLast = static_cast<std::int64_t>(measure::CaseStatus::unavailable);
    // A status of a newer Assay: surely not one that passed.
    return number >= 0 && number <= kLast ? static_cast<measure::CaseStatus>(number)
                                          : measure::CaseStatus::failed;
}

std::optional<Figures> figures_at(const sql::Statement& row, int column) {
    if (row.is_null(column + 2)) {
        return std::nullopt;
    }
    return Figures{.center = row.real(column + 2),
                   .lo = sql::real_at(row, column + 3),
                   .hi = sql::real_at(row, column + 4),
                   .spread = sql::real_at(row, column + 5),
                   .min = sql::real_at(row, column + 6),
                   .max = sql::real_at(row, column + 7),
                   .p95 = sql::real_at(row, column + 8),
                   .p99 = sql::real_at(row, column + 9),
                   .n = static_cast<std::uint64_t>(row.integer(column)),
                   .n_launches = static_cast<std::uint64_t>(row.integer(column + 1))};
}

Series series_at(const sql::Statement& row, int column) {
    Series series;
    series.case_id = row.text(column);
    series.suite = row.text(column + 1);
    series.family = row.text(column + 2);
    series.params = object_of(row.text(column + 3));
    series.metric = row.text(column + 4);
    series.unit = row.text(column + 5);
    series.source_unit = row.text(column + 6);
    series.direction = static_cast<measure::Direction>(row.integer(column + 7));
    series.aggregate = row.text(column + 8);
    series.clock = row.text(column + 9);
    series.shape = row.text(column + 10);
    series.isolation = row.text(column + 11);
    series.flags = static_cast<std::uint32_t>(row.integer(column + 12));
    return series;
}

} // namespace assay::history
