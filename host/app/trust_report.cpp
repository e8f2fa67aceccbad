#include "app/trust_report.hpp"

#include "app/message.hpp"
#include "app/text_table.hpp"
#include "catalog/project_listing.hpp"
#include "support/json.hpp"
#include "support/text.hpp"

namespace assay::app {

namespace {

std::string_view name_of(catalog::TrustRecordKind kind) noexcept {
    switch (kind) {
    case catalog::TrustRecordKind::content:
        return "allowed";
    case catalog::TrustRecordKind::path:
        return "allowed by path";
    case catalog::TrustRecordKind::denial:
        return "denied";
    }
    return "denied";
}

// "org.example.dot 1.0.0: suite dot", or why it is no plugin, or nothing for other files.
std::string what_it_is(const catalog::ProjectFile& file) {
    if (!file.refusal.empty()) {
        return "refused: " + file.refusal;
    }
    if (!file.manifest) {
        return {};
    }
    std::vector<std::string> provided;
    for (const catalog::Provided& one : file.manifest->provides) {
        provided.push_back(one.kind + " " + one.name);
    }
    return file.manifest->id + " " + file.manifest->version + ": " + join(provided, ", ");
}

TextTable files_table(const std::vector<catalog::ProjectFile>& files) {
    TextTable table({"file", "bytes", "sha256", "is", "last commit"});
    for (const catalog::ProjectFile& file : files) {
        table.add({file.item.name,
                   std::to_string(file.item.bytes),
                   file.item.sha256,
                   what_it_is(file),
                   file.last_committer});
    }
    return table;
}

json::array file_objects(const std::vector<catalog::ProjectFile>& files) {
    json::array list;
    for (const catalog::ProjectFile& file : files) {
        list.push_back(json::object{{"name", file.item.name},
                                    {"bytes", json_count(file.item.bytes)},
                                    {"sha256", file.item.sha256},
                                    {"is", what_it_is(file)},
                                    {"last_commit", file.last_committer}});
    }
    return list;
}

std::string verdict_json(const std::filesystem::path& project,
                         const catalog::TrustVerdict& verdict,
                         const std::vector<catalog::ProjectFile>& files) {
    const json::object document{
        {"project", project.string()},
        {"trusted", verdict.trusted()},
        {"state", catalog::name_of(verdict.state)},
        {"reason", verdict.reason},
        {"hash", verdict.content.hash},
        {"portable_hash", verdict.content.portable_hash},
        {"files", file_objects(files)},
        {"changes", json::array(verdict.changes.begin(), verdict.changes.end())}};
    return write_json(document, JsonLayout::indented) + "\n";
}

std::string verdict_lines(const std::filesystem::path& project,
                          const catalog::TrustVerdict& verdict) {
    std::string text = "project  " + project.string() + "\n";
    text +=
        "state    " + std::string(catalog::name_of(verdict.state)) + ": " + verdict.reason + "\n";
    if (!verdict.content.hash.empty()) {
        text += "hash     sha256:" + verdict.content.hash + "\n";
        text += "in CI    ASSAY_TRUST_PROJECT=sha256:" + verdict.content.portable_hash + "\n";
    }
    return printable(text);
}

} // namespace

std::string trust_text(const std::filesystem::path& project,
                       const catalog::TrustVerdict& verdict,
                       std::string_view format) {
    const std::vector<catalog::ProjectFile> files = catalog::list_project(verdict.content);
    if (format == "json") {
        return verdict_json(project, verdict, files);
    }
    const TextTable table = files_table(files);
    if (format == "csv") {
        return table.csv();
    }
    std::string text = verdict_lines(project, verdict);
    if (!table.empty()) {
        text += "\n" + table.aligned();
    }
    if (!verdict.changes.empty()) {
        text += "\nsince it was allowed:\n";
        for (const std::string& change : verdict.changes) {
            text += "  " + printable(change) + "\n";
        }
    }
    return text;
}

std::string trust_records_text(const std::vector<catalog::TrustRecord>& records,
                               std::string_view format) {
    if (format == "json") {
        json::array list;
        for (const catalog::TrustRecord& record : records) {
            list.push_back(json::object{{"kind", name_of(record.kind)},
                                        {"path", record.path.string()},
                                        {"since", record.added},
                                        {"hash", record.hash},
                                        {"files", json_count(record.items.size())}});
        }
        return write_json(json::object{{"records", std::move(list)}}, JsonLayout::indented) + "\n";
    }
    TextTable table({"what", "path", "since", "sha256"});
    for (const catalog::TrustRecord& record : records) {
        table.add(
            {std::string(name_of(record.kind)), record.path.string(), record.added, record.hash});
    }
    return format == "csv" ? table.csv() : table.aligned();
}

} // namespace assay::app
