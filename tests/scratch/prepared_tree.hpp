// A folder shaped like / with the files that a test puts there.
//
//   const PreparedTree prepared(Files{{"proc/loadavg", "0.5 0.4 0.3 1/99 1\n"}});
//   CHECK(prepared.tree().line("proc/loadavg"));
//
// One owner.
#pragma once

#include "support/system_tree.hpp"
#include "temporary_folder.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace assay::test {

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
    TemporaryFolder folder_;
};

} // namespace assay::test
