#include "app/history/overview.hpp"

#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/history/run_listing.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "tracking/document_values.hpp"
#include "verdict/amount.hpp"

namespace assay::app {
namespace {

std::string bytes_text(std::uint64_t bytes) {
    return verdict::figure_text(static_cast<double>(bytes), "By");
}

std::string instant_text(const std::optional<std::int64_t>& instant) {
    return instant ? date_text(*instant) : std::string(kNotKnown);
}

std::string instant_cell(const std::optional<std::int64_t>& instant) {
    return instant ? history::timestamp_text(*instant) : std::string();
}

// "cpu=EPYC memory_class=8": what the fingerprint was made of, nested parts as JSON.
std::string identity_text(const json::object& identity) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : identity) {
        if (!value.is_null()) {
            parts.push_back(
                std::string(key) + "=" +
                (value.is_string() ? std::string(value.get_string()) : canonical_json(value)));
        }
    }
    return join(parts, " ");
}

} // namespace

TextTable stats_table(const history::StoreStats& stats, const std::string& where) {
    TextTable table({"what", "how much"});
    table.add({"history", where});
    table.add({"schema", std::to_string(stats.schema)});
    table.add({"runs", std::to_string(stats.runs)});
    table.add({"points", std::to_string(stats.points)});
    table.add({"series", std::to_string(stats.series)});
    table.add({"platforms", std::to_string(stats.platforms)});
    table.add({"failures", std::to_string(stats.failures)});
    table.add({"first run", instant_text(stats.first_run)});
    table.add({"last run", instant_text(stats.last_run)});
    table.add({"size", bytes_text(stats.bytes)});
    return table;
}

TextTable stats_rows(const history::StoreStats& stats, const std::string& where) {
    TextTable table({"what", "value"});
    table.add({"history", where});
    table.add({"schema", std::to_string(stats.schema)});
    table.add({"runs", std::to_string(stats.runs)});
    table.add({"points", std::to_string(stats.points)});
    table.add({"series", std::to_string(stats.series)});
    table.add({"platforms", std::to_string(stats.platforms)});
    table.add({"failures", std::to_string(stats.failures)});
    table.add({"first_run", instant_cell(stats.first_run)});
    table.add({"last_run", instant_cell(stats.last_run)});
    table.add({"bytes", std::to_string(stats.bytes)});
    return table;
}

json::object stats_document(const history::StoreStats& stats, const std::string& where) {
    json::object document = tracking::history_head("stats", where);
    document["stats"] = json::object{{"schema", stats.schema},
                                     {"runs", stats.runs},
                                     {"points", stats.points},
                                     {"series", stats.series},
                                     {"platforms", stats.platforms},
                                     {"failures", stats.failures},
                                     {"first_run", tracking::instant_value(stats.first_run)},
                                     {"last_run", tracking::instant_value(stats.last_run)},
                                     {"bytes", json_count(stats.bytes)}};
    return document;
}

TextTable platforms_table(const std::vector<history::PlatformRow>& rows) {
    TextTable table({"platform", "fingerprint", "runs", "first seen", "identity"});
    for (const history::PlatformRow& row : rows) {
        table.add({row.platform.label,
                   row.platform.fingerprint.substr(0, 12),
                   std::to_string(row.runs),
                   date_text(row.first_seen),
                   identity_text(row.platform.identity)});
    }
    return table;
}

TextTable platforms_rows(const std::vector<history::PlatformRow>& rows) {
    TextTable table({"platform", "fingerprint", "runs", "first_seen", "identity"});
    for (const history::PlatformRow& row : rows) {
        table.add({row.platform.label,
                   row.platform.fingerprint,
                   std::to_string(row.runs),
                   instant_cell(row.first_seen),
                   canonical_json(row.platform.identity)});
    }
    return table;
}

json::object platforms_document(const std::vector<history::PlatformRow>& rows,
                                const std::string& where) {
    json::array platforms;
    for (const history::PlatformRow& row : rows) {
        json::object one = tracking::platform_value(row.platform.label, row.platform.fingerprint);
        one["identity"] = row.platform.identity;
        one["first_seen"] = tracking::instant_value(row.first_seen);
        one["runs"] = row.runs;
        platforms.push_back(std::move(one));
    }
    json::object document = tracking::history_head("platforms", where);
    document["platforms"] = std::move(platforms);
    return document;
}

TextTable compacted_table(const history::Compacted& done, bool dry_run) {
    TextTable table({"what", dry_run ? "would be" : "was"});
    table.add({"sets of samples kept so far", std::to_string(done.samples_before)});
    table.add({"old ones thinned to a sketch", std::to_string(done.samples_sketched)});
    table.add({"old ones kept for a baseline", std::to_string(done.samples_pinned)});
    table.add({"artifacts removed", std::to_string(done.artifacts_removed)});
    table.add({"size before", bytes_text(done.bytes_before)});
    if (!dry_run) {
        table.add({"size now", bytes_text(done.bytes_after)});
    }
    return table;
}

TextTable compacted_rows(const history::Compacted& done, bool dry_run) {
    TextTable table({"what", "value"});
    table.add({"dry_run", dry_run ? "true" : "false"});
    table.add({"samples_before", std::to_string(done.samples_before)});
    table.add({"samples_sketched", std::to_string(done.samples_sketched)});
    table.add({"samples_pinned", std::to_string(done.samples_pinned)});
    table.add({"artifacts_removed", std::to_string(done.artifacts_removed)});
    table.add({"bytes_before", std::to_string(done.bytes_before)});
    table.add({"bytes_after", dry_run ? "" : std::to_string(done.bytes_after)});
    return table;
}

json::object
compacted_document(const history::Compacted& done, bool dry_run, const std::string& where) {
    json::object document = tracking::history_head("compacted", where);
    document["dry_run"] = dry_run;
    document["compacted"] = json::object{
        {"samples_before", done.samples_before},
        {"samples_sketched", done.samples_sketched},
        {"samples_pinned", done.samples_pinned},
        {"artifacts_removed", done.artifacts_removed},
        {"bytes_before", json_count(done.bytes_before)},
        {"bytes_after", dry_run ? json::value(nullptr) : json_count(done.bytes_after)}};
    return document;
}

} // namespace assay::app
