#include "history/run_names.hpp"

#include <algorithm>
#include <array>

namespace assay::history {
namespace {

constexpr const char* kNamed = "named";
constexpr const char* kNoMore = "named no more";

bool is_name_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '+' || c == '-';
}

// What Store::run() takes for the digits of a uuid or of a commit.
bool looks_like_id(std::string_view name) {
    constexpr std::size_t kDigitsMin = 7;
    return name.size() >= kDigitsMin && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') ||
                      c == '-';
           });
}

Error no_run_name(const std::string& message) {
    return {.kind = ErrorKind::usage,
            .message = message,
            .hint = "a name is letters, digits, '.', '_', '+' and '-', such as before-rewrite"};
}

} // namespace

Status check_run_name(std::string_view name) {
    constexpr std::array<std::string_view, 3> kTaken{"latest", "newest", "stdin"};
    if (name.empty()) {
        return no_run_name("the name of a run is empty");
    }
    if (name.size() > kRunNameMax) {
        return no_run_name("the name of a run has " + std::to_string(name.size()) +
                           " bytes, and may have " + std::to_string(kRunNameMax));
    }
    if (!std::ranges::all_of(name, is_name_letter) || name.front() == '-') {
        return no_run_name("this is no name of a run");
    }
    if (looks_like_id(name)) {
        return no_run_name("'" + std::string(name) +
                           "' looks like the id or the commit of a run: as a name it would be "
                           "taken for one");
    }
    if (std::ranges::find(kTaken, name) != kTaken.end()) {
        return no_run_name("'" + std::string(name) + "' means something already");
    }
    return {};
}

VerdictRow
run_name_row(const std::string& run_uuid, std::int64_t series_id, const RunNaming& naming) {
    return {.run_uuid = run_uuid,
            .series_id = series_id,
            .source = std::string(kNameSource) + naming.name,
            .verdict = naming.removed ? kNoMore : kNamed,
            .severity = {},
            .change_scale = {},
            .detail = {{"who", naming.who}, {"when", naming.when}}};
}

RunNaming naming_of(const VerdictRow& row) {
    if (!row.source.starts_with(kNameSource)) {
        return {};
    }
    return {.name = row.source.substr(kNameSource.size()),
            .who = json_string(row.detail, "who"),
            .when = json_int(row.detail, "when", 0),
            .removed = row.verdict == kNoMore};
}

std::vector<std::string> run_names(const std::vector<VerdictRow>& rows) {
    std::vector<std::string> names;
    for (const VerdictRow& row : rows) {
        const RunNaming naming = naming_of(row);
        if (!naming.name.empty() && !naming.removed) {
            names.push_back(naming.name);
        }
    }
    return names;
}

} // namespace assay::history
