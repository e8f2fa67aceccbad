// Numbers of what runs share (projects, platforms, environments, builds, series), written where
// they are new and remembered, so that a recorded point needs no look-up of text.
//
//   Result<std::int64_t> platform = names.platform(run.platform, run.started);
//   Result<std::int64_t> series = names.series(point.series, identity, {*platform, run.started});
//
// Within a writing transaction; after one that was rolled back: forget(). One thread.
#pragma once

#include "history/records.hpp"
#include "history/sql/values.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace assay::history {

struct SeriesPlace {
    const Run& run;
    std::int64_t platform_id = 0;
};

class SqlNames {
public:
    explicit SqlNames(sql::Connection& db)
        : db_(db) {}

    Result<std::int64_t> project(const Run& run);
    Result<std::int64_t> platform(const Run& run);
    Result<std::int64_t> environment(const Run& run);
    Result<std::int64_t> build(const SuiteBuild& build);

    // `identity`: identity_of(series). A metric whose unit or direction has changed is another
    // series.
    Result<std::int64_t>
    series(const Series& series, const std::string& identity, const SeriesPlace& place);

    void forget();

private:
    using Known = std::unordered_map<std::string, std::int64_t>;

    // Writes a row unless one is there, and gives the number of what is there then.
    Result<std::int64_t> number(const std::string& insert,
                                const std::vector<sql::Value>& row,
                                const std::string& select,
                                const std::vector<sql::Value>& key);
    Result<std::int64_t> new_series(const Series& series, const SeriesPlace& place);

    sql::Connection& db_;
    Known projects_, platforms_, environments_, builds_;
    std::unordered_map<std::int64_t, Known> series_; // by platform
};

} // namespace assay::history
