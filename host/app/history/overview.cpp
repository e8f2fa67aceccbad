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

std::string bytes_cell(std::uint64_t bytes, Reader reader) {
    return reader == Reader::people ? verdict::figure_text(static_cast<double>(bytes), "By")
                                    : std::to_string(bytes);
}

std::string instant_cell(const std::optional<std::int64_t>& instant, Reader reader) {
    if (!instant) {
        return reader == Reader::people ? std::string(kNotKnown) : std::string();
    }
    return reader == Reader::people ? date_text(*instant) : history::timestamp_text(*instant);
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

TextTable stats_table(const history::StoreStats& stats, const std::string& where, Reader reader) {
    const bool people = reader == Reader::people;
    TextTable table({"what", people ? "how much" : "value"});
    table.add({"history", where});
    table.add({"schema", std::to_string(stats.schema)});
    table.add({"runs", std::to_string(stats.runs)});
    table.add({"points", std::to_string(stats.points)});
    table.add({"series", std::to_string(stats.series)});
    table.add({"platforms", std::to_string(stats.platforms)});
    table.add({"failures", std::to_string(stats.failures)});
    table.add({people ? "first run" : "first_run", instant_cell(stats.first_run, reader)});
    table.add({people ? "last run" : "last_run", instant_cell(stats.last_run, reader)});
    table.add({people ? "size" : "bytes", bytes_cell(stats.bytes, reader)});
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

TextTable platforms_table(const std::vector<history::PlatformRow>& rows, Reader reader) {
    constexpr std::size_t kDigitsShown = 12;
    const bool people = reader == Reader::people;
    TextTable table(
        {"platform", "fingerprint", "runs", people ? "first seen" : "first_seen", "identity"});
    for (const history::PlatformRow& row : rows) {
        const history::Platform& platform = row.platform;
        table.add({platform.label,
                   people ? platform.fingerprint.substr(0, kDigitsShown) : platform.fingerprint,
                   std::to_string(row.runs),
                   instant_cell(row.first_seen, reader),
                   people ? identity_text(platform.identity) : canonical_json(platform.identity)});
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

TextTable compacted_table(const history::Compacted& done, bool dry_run, Reader reader) {
    const bool people = reader == Reader::people;
    TextTable table({"what", !people ? "value" : dry_run ? "would be" : "was"});
    const auto add = [&](const char* words, const char* key, const std::string& cell) {
        table.add({people ? words : key, cell});
    };
    if (!people) {
        table.add({"dry_run", dry_run ? "true" : "false"});
    }
    add("sets of samples kept so far", "samples_before", std::to_string(done.samples_before));
    add("old ones thinned to a sketch", "samples_sketched", std::to_string(done.samples_sketched));
    add("old ones kept for a baseline", "samples_pinned", std::to_string(done.samples_pinned));
    add("artifacts removed", "artifacts_removed", std::to_string(done.artifacts_removed));
    add("size before", "bytes_before", bytes_cell(done.bytes_before, reader));
    if (!dry_run) {
        add("size now", "bytes_after", bytes_cell(done.bytes_after, reader));
    } else if (!people) {
        table.add({"bytes_after", ""});
    }
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
