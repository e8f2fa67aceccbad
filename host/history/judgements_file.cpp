#include "history/judgements_file.hpp"

#include "history/judgement_lines.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <set>
#include <system_error>

namespace assay::history {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "judgements-";
constexpr std::string_view kSuffix = ".jsonl";

std::string name_of_content(const std::string& text) {
    return std::string(kPrefix) + sha256_of(text) + std::string(kSuffix);
}

// Lines of the files that are whole: of one that is not, nothing counts as said.
std::set<std::string> said_in(const fs::path& folder) {
    std::set<std::string> lines;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        if (!is_judgements_file(entry->path())) {
            continue;
        }
        const auto text = read_file(entry->path().string());
        if (text && name_of_content(*text) == entry->path().filename()) {
            const auto all = split(*text, '\n');
            lines.insert(all.begin(), all.end());
        }
    }
    return lines;
}

// Counts what is new of one kind and appends it.
template <class All>
std::size_t
append_new(const All& all, std::set<std::string>& said, std::string& text, std::size_t& known) {
    std::size_t added = 0;
    for (const auto& one : all) {
        const auto [line, is_new] = said.insert(line_of(one));
        if (!is_new) {
            ++known;
            continue;
        }
        text += *line + "\n";
        ++added;
    }
    return added;
}

} // namespace

bool is_judgements_file(const fs::path& file) {
    const std::string name = file.filename().string();
    return name.starts_with(kPrefix) && name.ends_with(kSuffix);
}

Result<TakenJudgements> write_judgements(const Judgements& judgements, const fs::path& folder) {
    std::set<std::string> said = said_in(folder);
    TakenJudgements given;
    std::string text;
    given.exclusions = append_new(judgements.exclusions, said, text, given.known);
    given.baselines = append_new(judgements.baselines, said, text, given.known);
    given.verdicts = append_new(judgements.verdicts, said, text, given.known);
    given.gates = append_new(judgements.gates, said, text, given.known);
    if (text.empty()) {
        return given;
    }
    const Status written = write_file_atomically((folder / name_of_content(text)).string(), text);
    return written ? Result<TakenJudgements>(given) : Result<TakenJudgements>(written.error());
}

Result<ReadJudgements> read_judgements(const fs::path& file) {
    const Result<std::string> text = read_file(file.string());
    if (!text) {
        return text.error();
    }
    if (name_of_content(*text) != file.filename()) {
        return Error{.kind = ErrorKind::plugin,
                     .message = file.string() + ": its content is not that of its name, the hash: "
                                                "nothing of it was read",
                     .hint = "it was cut off or changed: take it again from where it was made"};
    }
    ReadJudgements read;
    std::size_t number = 0;
    for (const std::string& line : split(*text, '\n')) {
        ++number;
        if (line.empty()) {
            continue;
        }
        const Result<bool> taken = take_line(line, read.judgements);
        if (!taken) {
            Error error = taken.error();
            error.message =
                file.string() + ": line " + std::to_string(number) + ": " + error.message;
            return error;
        }
        read.not_known += *taken ? 0 : 1;
    }
    return read;
}

} // namespace assay::history
