#include "history/sql_retention.hpp"

#include "history/sample_codec.hpp"
#include "history/sample_sketch.hpp"

#include <algorithm>
#include <optional>

namespace assay::history {

using sql::Statement;

namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000'000;
constexpr std::ptrdiff_t kRunsBesideChange = 5;
constexpr std::int64_t kSamplesPerTransaction = 2'000; // other writers get their turn between

} // namespace

Result<Compacted> SqlRetention::compact(const Retention& retention) {
    Compacted done;
    const Result<std::uint64_t> before = db_.bytes();
    if (!before) {
        return before.error();
    }
    done.bytes_before = done.bytes_after = *before;
    for (const auto& part : {&SqlRetention::sketch_samples, &SqlRetention::remove_artifacts}) {
        if (Status did = find_pins(); !did) {
            return did.error();
        }
        if (Status did = (this->*part)(retention, done); !did) {
            return did.error();
        }
    }
    if (retention.dry_run) {
        return done;
    }
    if (Status reclaimed = db_.reclaim(); !reclaimed) {
        return reclaimed.error();
    }
    const Result<std::uint64_t> after = db_.bytes();
    if (!after) {
        return after.error();
    }
    done.bytes_after = *after;
    return done;
}

Status SqlRetention::find_pins() {
    pinned_.clear();
    pinned_runs_.clear();
    Status read = pin_baselines();
    if (read) {
        read = pin_change_points();
    }
    if (read) {
        read = sql::each_row(db_,
                             "SELECT id FROM run WHERE trigger IN ('tag', 'release') "
                             "OR metadata ->> 'tag' IS NOT NULL",
                             {},
                             [&](const Statement& row) { pinned_runs_.insert(row.integer(0)); });
    }
    return read;
}

Status SqlRetention::pin_baselines() {
    std::vector<std::pair<std::int64_t, json::value>> evidence;
    Status read = sql::each_row(db_,
                                "SELECT series_id, from_run, to_run, evidence FROM baseline",
                                {},
                                [&](const Statement& row) {
                                    for (const int column : {1, 2}) {
                                        if (const auto run = sql::integer_at(row, column)) {
                                            pinned_.emplace(row.integer(0), *run);
                                        }
                                    }
                                    if (Result<json::value> uuids = parse_json(row.text(3));
                                        uuids && uuids->is_array()) {
                                        evidence.emplace_back(row.integer(0), std::move(*uuids));
                                    }
                                });
    for (const auto& [series, uuids] : evidence) {
        for (const json::value& uuid : uuids.get_array()) {
            if (!read || !uuid.is_string()) {
                break;
            }
            const auto run = sql::first_integer(
                db_, "SELECT id FROM run WHERE uuid = $1", {std::string_view(uuid.get_string())});
            read = run ? Status() : Status(run.error());
            if (run && *run) {
                pinned_.emplace(series, **run);
            }
        }
    }
    return read;
}

Status SqlRetention::pin_change_points() {
    struct Change {
        std::int64_t series, last_good, first_bad;
    };

    std::vector<Change> changes;
    // Accepted: confirmed, or expected by a person (tracking of baselines, host/verdict).
    Status read =
        sql::each_row(db_,
                      "SELECT series_id, last_good, first_bad FROM change_point "
                      "WHERE state IN ('accepted', 'confirmed', 'expected')",
                      {},
                      [&](const Statement& row) {
                          changes.push_back({row.integer(0), row.integer(1), row.integer(2)});
                      });
    for (const Change& change : changes) {
        if (read) {
            read = pin_around(change.series, change.last_good, change.first_bad);
        }
    }
    return read;
}

Status
SqlRetention::pin_around(std::int64_t series_id, std::int64_t last_good, std::int64_t first_bad) {
    const Result<std::vector<SeriesPoint>> line = points_.of(series_id, {.excluded_too = true});
    if (!line) {
        return line.error();
    }
    const auto place = [&](std::int64_t run) {
        return std::find_if(
            line->begin(), line->end(), [&](const SeriesPoint& p) { return p.run_id == run; });
    };
    const auto pin = [&](auto first, auto last) {
        std::for_each(
            first, last, [&](const SeriesPoint& p) { pinned_.emplace(series_id, p.run_id); });
    };
    if (const auto good = place(last_good); good != line->end()) {
        const auto end = good + 1;
        pin(end - std::min(kRunsBesideChange, end - line->begin()), end);
    }
    if (const auto bad = place(first_bad); bad != line->end()) {
        pin(bad, bad + std::min(kRunsBesideChange, line->end() - bad));
    }
    return {};
}

bool SqlRetention::is_pinned(const Old& sample) const {
    return pinned_runs_.contains(sample.run_id) ||
           pinned_.contains({sample.series_id, sample.run_id});
}

Status SqlRetention::sketch_samples(const Retention& retention, Compacted& done) {
    const auto all = sql::first_integer(db_, "SELECT count(*) FROM sample", {});
    if (!all) {
        return all.error();
    }
    done.samples_before = all->value_or(0);
    const std::int64_t before = retention.now - retention.samples_days * kDay;
    Old last;
    while (true) {
        const Result<std::vector<Old>> batch = next_old(before, last);
        if (!batch) {
            return batch.error();
        }
        if (batch->empty()) {
            return {};
        }
        last = batch->back();
        Status did =
            retention.dry_run
                ? sketch(*batch, retention, done)
                : sql::in_transaction(db_, [&] { return sketch(*batch, retention, done); });
        if (!did) {
            return did;
        }
    }
}

Result<std::vector<SqlRetention::Old>> SqlRetention::next_old(std::int64_t before,
                                                              const Old& after) {
    std::vector<Old> batch;
    Status read = sql::each_row(
        db_,
        "SELECT sample.run_id, sample.series_id, sample.body FROM sample "
        "JOIN run ON run.id = sample.run_id WHERE run.started < $1 AND sample.encoding = $2 "
        "AND (sample.run_id > $3 OR (sample.run_id = $3 AND sample.series_id > $4)) "
        "ORDER BY sample.run_id, sample.series_id LIMIT $5",
        {before,
         sample_encoding::xor_varint,
         after.run_id,
         after.series_id,
         kSamplesPerTransaction},
        [&](const Statement& row) {
            batch.push_back(
                {.run_id = row.integer(0), .series_id = row.integer(1), .body = row.blob(2)});
        });
    return read ? Result<std::vector<Old>>(std::move(batch)) : read.error();
}

Status
SqlRetention::sketch(const std::vector<Old>& samples, const Retention& retention, Compacted& done) {
    for (const Old& old : samples) {
        if (is_pinned(old)) {
            ++done.samples_pinned;
            continue;
        }
        const std::optional<Samples> read = decode(sample_encoding::xor_varint, old.body);
        if (!read) {
            continue; // of a newer version: not ours to thin
        }
        const EncodedSamples kept = encode(sketched(*read));
        if (kept.body.size() >= old.body.size()) {
            continue; // a few samples are smaller than their sketch
        }
        ++done.samples_sketched;
        if (retention.dry_run) {
            continue;
        }
        if (Status did = sql::run(db_,
                                  "UPDATE sample SET encoding = $3, body = $4 "
                                  "WHERE run_id = $1 AND series_id = $2",
                                  {old.run_id, old.series_id, kept.encoding, sql::Blob(kept.body)});
            !did) {
            return did;
        }
    }
    return {};
}

Status SqlRetention::remove_artifacts(const Retention& retention, Compacted& done) {
    const std::string old =
        " FROM artifact WHERE run_id IN (SELECT id FROM run WHERE (kind = 'nightly' AND started < "
        "$1) OR (kind <> 'nightly' AND started < $2))";
    const std::vector<sql::Value> ages{retention.now - retention.nightly_artifacts_days * kDay,
                                       retention.now - retention.artifacts_days * kDay};
    if (retention.dry_run) {
        const auto count = sql::first_integer(db_, "SELECT count(*)" + old, ages);
        done.artifacts_removed = count ? count->value_or(0) : 0;
        return count ? Status() : Status(count.error());
    }
    return sql::in_transaction(db_, [&]() -> Status {
        const Result<std::int64_t> removed = sql::changed_by(db_, "DELETE" + old, ages);
        done.artifacts_removed = removed ? *removed : 0;
        return removed ? Status() : Status(removed.error());
    });
}

} // namespace assay::history
