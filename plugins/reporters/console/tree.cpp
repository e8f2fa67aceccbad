#include "tree.hpp"

#include <algorithm>

namespace console {
namespace {

// The rows from the first on that share one name.
template <class Name>
std::span<const Row> leading(std::span<const Row> rows, const Name& name) {
    const auto end = std::find_if(
        rows.begin(), rows.end(), [&](const Row& row) { return name(row) != name(rows.front()); });
    return rows.first(static_cast<std::size_t>(end - rows.begin()));
}

void add_family(std::vector<TreeLine>& lines,
                std::span<const Row> cases,
                bool last,
                const Look& look) {
    const std::string branch(look.branch(last));
    const std::string trunk(look.trunk(last));
    if (cases.size() == 1) {
        const Row& only = cases.front();
        lines.push_back({branch, trunk, only.family + only.params, &only, false});
        return;
    }
    lines.push_back({branch, trunk, cases.front().family, nullptr, false});
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const bool last_case = i + 1 == cases.size();
        const Row& row = cases[i];
        lines.push_back({trunk + std::string(look.branch(last_case)),
                         trunk + std::string(look.trunk(last_case)),
                         row.params.empty() ? row.family : row.params,
                         &row,
                         false});
    }
}

} // namespace

std::vector<TreeLine> tree_of(std::span<const Row> rows, const Look& look) {
    std::vector<TreeLine> lines;
    while (!rows.empty()) {
        auto suite = leading(rows, [](const Row& row) { return row.suite; });
        rows = rows.subspan(suite.size());
        lines.push_back({{}, {}, suite.front().suite, nullptr, true});
        while (!suite.empty()) {
            const auto family = leading(suite, [](const Row& row) { return row.family; });
            suite = suite.subspan(family.size());
            add_family(lines, family, suite.empty(), look);
        }
    }
    return lines;
}

} // namespace console
