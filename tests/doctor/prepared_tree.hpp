// A folder shaped like / with the files that a test puts there.
#pragma once

#include "app/doctor/finding_groups.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

namespace assay::app {

using Files = std::map<std::string, std::string>;

class PreparedTree {
public:
    PreparedTree()
        : PreparedTree(Files{}) {}

    explicit PreparedTree(const Files& files) {
        for (const auto& [name, text] : files) {
            write(name, text);
        }
    }

    void write(const std::string& name, const std::string& text) const {
        folder_.write(name, text);
    }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return folder_.path(); }

    [[nodiscard]] SystemTree tree() const { return SystemTree(folder_.path()); }

private:
    test::TemporaryFolder folder_;
};

inline const Finding& finding_of(const Findings& findings, const std::string& id) {
    const auto found = std::ranges::find(findings, id, &Finding::id);
    REQUIRE_MESSAGE(found != findings.end(), "no finding " << id);
    return *found;
}

inline bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// Whatever is wrong can be helped, or is explained; nothing is said without its reason.
inline void check_words(const Findings& findings) {
    for (const Finding& finding : findings) {
        CAPTURE(finding.id);
        CHECK_FALSE(finding.read.empty());
        CHECK_FALSE(finding.why.empty());
        CHECK_FALSE(finding.group.empty());
        if (finding.state == FindingState::warn || finding.state == FindingState::bad) {
            CHECK_FALSE(finding.advice.empty());
        }
    }
}

} // namespace assay::app
