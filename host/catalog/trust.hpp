// What this user allows projects to load: records by content hash, denials and prefixes by path, in
// $XDG_STATE_HOME/assay/trust. Trust is never given by anything inside a project.
//
//   TrustStore trust(default_trust_folder());
//   TrustVerdict verdict = trust.judge(project, {});
//   if (!verdict.trusted()) return 6;
//   trust.add(verdict.content);          // `assay trust add`
//
// Isolation is about crashes, not about safety: a trusted plugin is this user. Not thread-safe.
#pragma once

#include "catalog/project_content.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::catalog {

enum class TrustState {
    nothing, // the project has no plugins and no keys that name code
    allowed, // by content
    by_path, // below a folder that was allowed by path
    by_flag, // --trust-project or ASSAY_TRUST_PROJECT, for this invocation
    unknown, // nobody allowed it yet
    changed, // another content of this project was allowed
    denied,
    refused, // cannot be trusted at all: links, unreadable files, a broken configuration
};

std::string_view name_of(TrustState state) noexcept;

struct TrustVerdict {
    TrustState state = TrustState::unknown;
    ProjectContent content;           // empty when refused
    std::vector<std::string> changes; // since the last content that was allowed
    std::string reason;               // a sentence for people

    [[nodiscard]] bool trusted() const noexcept {
        return state == TrustState::nothing || state == TrustState::allowed ||
               state == TrustState::by_path || state == TrustState::by_flag;
    }
};

// From the command line or the environment alone.
struct TrustFlags {
    bool everything = false;    // --trust-project, ASSAY_TRUST_PROJECT=1
    std::string exactly = {};   // the <h> of ASSAY_TRUST_PROJECT=sha256:<h>
    HashCache* cache = nullptr; // for `list`; what is loaded is hashed again
};

enum class TrustRecordKind { content, path, denial };

struct TrustRecord {
    TrustRecordKind kind = TrustRecordKind::content;
    std::filesystem::path path; // the project, the prefix, or what is denied
    std::string hash;           // content only
    std::string added;          // "2024-06-07T08:09:10Z"
    std::int64_t added_ns = 0;
    std::vector<ContentItem> items; // content only
};

class TrustStore {
public:
    explicit TrustStore(std::filesystem::path folder)
        : folder_(std::move(folder)) {}

    // Denied by path wins over everything, a refusal over every permission.
    [[nodiscard]] TrustVerdict judge(const std::filesystem::path& project,
                                     const TrustFlags& flags) const;

    // Whether a folder lies below a prefix that was allowed by path and is not denied.
    [[nodiscard]] bool allows_path(const std::filesystem::path& folder) const;

    // Allows exactly this content; takes back a denial of the project itself.
    [[nodiscard]] Status add(const ProjectContent& content) const;

    // Allows whatever lies below the folder from now on (a developer's build folder). Refused where
    // git tracks files below it: a pull would change what is trusted.
    [[nodiscard]] Status add_path(const std::filesystem::path& folder) const;

    // Denies the folder and everything below it, whatever its content. The path need not exist.
    [[nodiscard]] Status deny(const std::filesystem::path& folder) const;

    // Every record, oldest first; damaged files are left out.
    [[nodiscard]] std::vector<TrustRecord> list() const;

private:
    void judge_by_content(const TrustFlags& flags, TrustVerdict& verdict) const;
    [[nodiscard]] Status write(const TrustRecord& record) const;
    [[nodiscard]] bool is_denied(const std::filesystem::path& folder) const;

    std::filesystem::path folder_;
};

} // namespace assay::catalog
