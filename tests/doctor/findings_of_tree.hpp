// What the tests of findings share: a prepared tree to read from, and a look at what was found.
#pragma once

#include "app/doctor/finding_groups.hpp"
#include "prepared_tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace assay::app {

using test::Files;
using test::PreparedTree;

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
