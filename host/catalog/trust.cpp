#include "catalog/trust.hpp"

#include "catalog/git.hpp"
#include "catalog/private_folder.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <unistd.h>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTrustSchema = "assay.trust/1";
constexpr std::string_view kHowToAllow =
    "look at it with 'assay trust show', then 'assay trust add'";

struct RecordKindFolder {
    TrustRecordKind kind;
    const char* folder;
};

constexpr RecordKindFolder kFolders[] = {{TrustRecordKind::content, "allow"},
                                         {TrustRecordKind::path, "path"},
                                         {TrustRecordKind::denial, "deny"}};

const char* folder_of(TrustRecordKind kind) {
    return std::ranges::find(kFolders, kind, &RecordKindFolder::kind)->folder;
}

// Records by content are named by the content's hash, the others by that of the path.
std::string file_of(const TrustRecord& record) {
    return record.kind == TrustRecordKind::content ? record.hash : sha256_of(record.path.string());
}

void stamp(TrustRecord& record) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    record.added_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    record.added.assign(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

json::value to_json(const TrustRecord& record) {
    json::array items;
    for (const ContentItem& item : record.items) {
        items.push_back(json::object{
            {"name", item.name}, {"sha256", item.sha256}, {"bytes", json_count(item.bytes)}});
    }
    return json::object{{"schema", kTrustSchema},
                        {"path", record.path.string()},
                        {"hash", record.hash},
                        {"added", record.added},
                        {"added_ns", record.added_ns},
                        {"items", std::move(items)}};
}

std::optional<TrustRecord> read_record(const fs::path& file, TrustRecordKind kind) {
    const auto document = read_json_file(file.string());
    if (!document || !document->is_object() ||
        json_string(document->get_object(), "schema") != kTrustSchema) {
        return std::nullopt;
    }
    const json::object& object = document->get_object();
    TrustRecord record{kind,
                       json_string(object, "path"),
                       json_string(object, "hash"),
                       json_string(object, "added"),
                       json_int(object, "added_ns", 0),
                       {}};
    if (const json::value* items = object.if_contains("items"); items && items->is_array()) {
        for (const json::value& item : items->get_array()) {
            if (item.is_object()) {
                record.items.push_back(
                    {json_string(item.get_object(), "name"),
                     json_string(item.get_object(), "sha256"),
                     static_cast<std::uint64_t>(json_int(item.get_object(), "bytes", 0))});
            }
        }
    }
    // A record under another name was put there by hand: it says nothing.
    return file_of(record) == file.filename() ? std::optional(std::move(record)) : std::nullopt;
}

// The path and every folder above it, itself first.
std::vector<fs::path> with_parents(fs::path path) {
    std::vector<fs::path> paths{path};
    while (path.has_relative_path()) {
        path = path.parent_path();
        paths.push_back(path);
    }
    return paths;
}

fs::path canonical_or_absolute(const fs::path& path) {
    std::error_code error;
    fs::path found = fs::weakly_canonical(path, error);
    if (error) {
        found = fs::absolute(path, error).lexically_normal();
    }
    return found.has_filename() || !found.has_parent_path() ? found : found.parent_path();
}

} // namespace

std::string_view name_of(TrustState state) noexcept {
    switch (state) {
    case TrustState::nothing:
        return "nothing";
    case TrustState::allowed:
        return "allowed";
    case TrustState::by_path:
        return "allowed by path";
    case TrustState::by_flag:
        return "allowed for this run";
    case TrustState::unknown:
        return "unknown";
    case TrustState::changed:
        return "changed";
    case TrustState::denied:
        return "denied";
    case TrustState::refused:
        return "refused";
    }
    return "unknown";
}

bool TrustStore::is_denied(const fs::path& folder) const {
    std::error_code ignored;
    return std::ranges::any_of(with_parents(folder), [&](const fs::path& path) {
        return fs::exists(folder_ / "deny" / sha256_of(path.string()), ignored);
    });
}

bool TrustStore::allows_path(const fs::path& folder) const {
    const fs::path place = canonical_or_absolute(folder);
    if (!is_private_folder(folder_) || is_denied(place)) {
        return false;
    }
    return std::ranges::any_of(with_parents(place), [&](const fs::path& path) {
        return read_record(folder_ / "path" / sha256_of(path.string()), TrustRecordKind::path)
            .has_value();
    });
}

TrustVerdict TrustStore::judge(const fs::path& project, const TrustFlags& flags) const {
    TrustVerdict verdict;
    const fs::path place = canonical_or_absolute(project);
    if (is_denied(place)) {
        verdict.state = TrustState::denied;
        verdict.reason = place.string() + " is denied: 'assay trust add' takes that back";
        return verdict;
    }
    auto content = read_project(place, flags.cache);
    if (!content) {
        verdict.state = TrustState::refused;
        verdict.reason = content.error().message;
        return verdict;
    }
    verdict.content = std::move(*content);
    if (verdict.content.items.empty()) {
        verdict.state = TrustState::nothing;
        verdict.reason = place.string() + " has no plugins and names no code";
        return verdict;
    }
    const bool exactly = !flags.exactly.empty() && (flags.exactly == verdict.content.hash ||
                                                    flags.exactly == verdict.content.portable_hash);
    if (flags.everything || exactly) {
        verdict.state = TrustState::by_flag;
        verdict.reason = "allowed by --trust-project or ASSAY_TRUST_PROJECT";
        return verdict;
    }
    // A prefix over the plugins says nothing about the configuration beside them.
    const bool configured = std::ranges::any_of(verdict.content.items, [](const ContentItem& item) {
        return !item.name.starts_with("plugins/");
    });
    const fs::path assay = place / ".assay";
    if (allows_path(configured ? assay : assay / "plugins")) {
        verdict.state = TrustState::by_path;
        verdict.reason = place.string() + " lies below a folder that was allowed by path";
        return verdict;
    }
    judge_by_content(flags, verdict);
    return verdict;
}

void TrustStore::judge_by_content(const TrustFlags& flags, TrustVerdict& verdict) const {
    const ProjectContent& content = verdict.content;
    const TrustRecord* last = nullptr;
    const std::vector<TrustRecord> records = list();
    for (const TrustRecord& record : records) {
        if (record.kind != TrustRecordKind::content || record.path != content.project) {
            continue;
        }
        last = &record;
        if (record.hash == content.hash) {
            verdict.state = TrustState::allowed;
            verdict.reason = "allowed on " + record.added;
            return;
        }
    }
    verdict.state = last == nullptr ? TrustState::unknown : TrustState::changed;
    verdict.reason = content.project.string() +
                     (last == nullptr ? std::string(" has plugins or settings that nobody allowed")
                                      : " changed since it was allowed on " + last->added);
    if (!flags.exactly.empty()) {
        verdict.reason += "; ASSAY_TRUST_PROJECT allows sha256:" + flags.exactly +
                          ", found sha256:" + content.hash;
    }
    verdict.reason += ": " + std::string(kHowToAllow);
    if (last != nullptr) {
        verdict.changes = differences(last->items, content.items);
    }
}

Status TrustStore::write(const TrustRecord& record) const {
    if (Status ready = make_private_folder(folder_); !ready) {
        return ready;
    }
    const fs::path folder = folder_ / folder_of(record.kind);
    if (Status ready = make_private_folder(folder); !ready) {
        return ready;
    }
    return write_file_atomically((folder / file_of(record)).string(),
                                 write_json(to_json(record), JsonLayout::indented) + "\n");
}

Status TrustStore::add(const ProjectContent& content) const {
    TrustRecord record{
        TrustRecordKind::content, content.project, content.hash, {}, 0, content.items};
    stamp(record);
    if (Status written = write(record); !written) {
        return written;
    }
    std::error_code error;
    fs::remove(folder_ / "deny" / sha256_of(content.project.string()), error);
    if (is_denied(content.project)) {
        return Error{ErrorKind::usage,
                     content.project.string() + " lies below a folder that is denied",
                     "'assay trust list' names it; remove its file in " +
                         (folder_ / "deny").string()};
    }
    return {};
}

Status TrustStore::add_path(const fs::path& folder) const {
    std::error_code error;
    TrustRecord record{TrustRecordKind::path, fs::canonical(folder, error), {}, {}, 0, {}};
    if (error || !fs::is_directory(record.path, error)) {
        return Error{ErrorKind::usage,
                     "cannot allow " + folder.string() + ": " +
                         (error ? error.message() : "not a folder"),
                     {}};
    }
    const auto tracked = git_tracked_below(record.path);
    if (!tracked) {
        return tracked.error();
    }
    if (!tracked->empty()) {
        return Error{ErrorKind::usage,
                     "cannot allow everything below " + record.path.string() +
                         ": git tracks files there (" + *tracked +
                         "), so a pull would change what is trusted",
                     "allow the content itself with 'assay trust add', or name a build folder"};
    }
    stamp(record);
    return write(record);
}

Status TrustStore::deny(const fs::path& folder) const {
    TrustRecord record{TrustRecordKind::denial, canonical_or_absolute(folder), {}, {}, 0, {}};
    stamp(record);
    return write(record);
}

std::vector<TrustRecord> TrustStore::list() const {
    std::vector<TrustRecord> records;
    if (!is_private_folder(folder_)) {
        return records;
    }
    for (const auto& [kind, name] : kFolders) {
        if (!is_private_folder(folder_ / name)) {
            continue;
        }
        std::error_code error;
        for (fs::directory_iterator entry(folder_ / name, error), end; !error && entry != end;
             entry.increment(error)) {
            if (auto record = read_record(entry->path(), kind)) {
                records.push_back(std::move(*record));
            }
        }
    }
    std::ranges::stable_sort(records, {}, &TrustRecord::added_ns);
    return records;
}

} // namespace assay::catalog
