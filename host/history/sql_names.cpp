#include "history/sql_names.hpp"

#include "history/digest.hpp"
#include "support/sha256.hpp"

namespace assay::history {

using sql::Blob;
using sql::Value;

Result<std::int64_t> SqlNames::number(const std::string& insert,
                                      const std::vector<Value>& row,
                                      const std::string& select,
                                      const std::vector<Value>& key) {
    if (Status done = sql::run(db_, insert, row); !done) {
        return done.error();
    }
    const Result<std::optional<std::int64_t>> id = sql::first_integer(db_, select, key);
    if (!id) {
        return id.error();
    }
    if (!*id) {
        return Error{.kind = ErrorKind::io,
                     .message = "the history " + db_.where() + " lost a row within a transaction",
                     .hint = "check it: assay history backup"};
    }
    return **id;
}

Result<std::int64_t> SqlNames::project(const Run& run) {
    if (const auto known = projects_.find(run.project); known != projects_.end()) {
        return known->second;
    }
    Result<std::int64_t> id = number("INSERT INTO project (name, repo_url, created) "
                                     "VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
                                     {run.project, run.repo_url, run.started},
                                     "SELECT id FROM project WHERE name = $1",
                                     {run.project});
    if (id) {
        projects_.emplace(run.project, *id);
    }
    return id;
}

Result<std::int64_t> SqlNames::platform(const Run& run) {
    const Platform& platform = run.platform;
    const std::string key = platform.fingerprint + " " + platform.label;
    if (const auto known = platforms_.find(key); known != platforms_.end()) {
        return known->second;
    }
    const std::string identity = canonical_json(platform.identity);
    Result<std::int64_t> id =
        number("INSERT INTO platform (fingerprint, label, identity, first_seen) "
               "VALUES ($1, $2, $3, $4) ON CONFLICT (fingerprint, label) DO NOTHING",
               {platform.fingerprint, platform.label, identity, run.started},
               "SELECT id FROM platform WHERE fingerprint = $1 AND label = $2",
               {platform.fingerprint, platform.label});
    if (id) {
        platforms_.emplace(key, *id);
    }
    return id;
}

Result<std::int64_t> SqlNames::environment(const Run& run) {
    const std::string body = canonical_json(run.environment);
    if (const auto known = environments_.find(body); known != environments_.end()) {
        return known->second;
    }
    const std::string hash = digest_bytes(sha256_of(body));
    Result<std::int64_t> id = number("INSERT INTO environment (hash, body) VALUES ($1, $2) "
                                     "ON CONFLICT (hash) DO NOTHING",
                                     {Blob{hash}, body},
                                     "SELECT id FROM environment WHERE hash = $1",
                                     {Blob{hash}});
    if (id) {
        environments_.emplace(body, *id);
    }
    return id;
}

Result<std::int64_t> SqlNames::build(const SuiteBuild& build) {
    if (const auto known = builds_.find(build.sha256); known != builds_.end()) {
        return known->second;
    }
    const std::string toolchain = canonical_json(build.toolchain);
    Result<std::int64_t> id =
        number("INSERT INTO suite_build (sha256, plugin_id, version, toolchain) "
               "VALUES ($1, $2, $3, $4) ON CONFLICT (sha256) DO NOTHING",
               {build.sha256, build.plugin_id, build.version, toolchain},
               "SELECT id FROM suite_build WHERE sha256 = $1",
               {build.sha256});
    if (id) {
        builds_.emplace(build.sha256, *id);
    }
    return id;
}

Result<std::int64_t>
SqlNames::series(const Series& series, const std::string& identity, const SeriesPlace& place) {
    Known& known = series_[place.platform_id];
    if (const auto found = known.find(identity); found != known.end()) {
        return found->second;
    }
    Result<std::int64_t> id = new_series(series, place);
    if (id) {
        known.emplace(identity, *id);
    }
    return id;
}

Result<std::int64_t> SqlNames::new_series(const Series& series, const SeriesPlace& place) {
    Series whole = series;
    whole.platform = place.run.platform;
    const std::string key = digest_bytes(series_key(whole));
    const std::string params = canonical_json(series.params);
    return number("INSERT INTO series (key, case_id, suite, family, params, metric, unit, "
                  "source_unit, direction, aggregate, clock, shape, isolation, flags, platform_id, "
                  "created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
                  "$15, $16) ON CONFLICT (key) DO NOTHING",
                  {Blob{key},
                   series.case_id,
                   series.suite,
                   series.family,
                   params,
                   series.metric,
                   series.unit,
                   series.source_unit,
                   static_cast<std::int64_t>(series.direction),
                   series.aggregate,
                   series.clock,
                   series.shape,
                   series.isolation,
                   std::int64_t{series.flags},
                   place.platform_id,
                   place.run.started},
                  "SELECT id FROM series WHERE key = $1",
                  {Blob{key}});
}

void SqlNames::forget() {
    for (Known* known : {&projects_, &platforms_, &environments_, &builds_}) {
        known->clear();
    }
    series_.clear();
}

} // namespace assay::history
