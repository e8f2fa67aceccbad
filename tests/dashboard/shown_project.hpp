// A project whose history a test has told, and `assay dashboard` in it.
//
//   const ShownProject project({.series = 8, .runs = 40, .hostile = true});
//   const std::string page = project.page();
//
// Each test case makes its own; nothing is shared.
#pragma once

#include "program.hpp"
#include "shown_history.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

class ShownProject {
public:
    ShownProject();
    explicit ShownProject(const ShownShape& shape);

    [[nodiscard]] std::unique_ptr<history::Store> store() const;

    // `assay dashboard` with these words.
    [[nodiscard]] integration::Ended dashboard(std::vector<std::string> words = {}) const;

    // What it wrote; fails the test where it did not end with 0.
    [[nodiscard]] std::string page(std::vector<std::string> words = {}) const;
    [[nodiscard]] json::object document(std::vector<std::string> words = {}) const;

    [[nodiscard]] const integration::Sandbox& box() const noexcept { return box_; }

    [[nodiscard]] std::filesystem::path file(const std::filesystem::path& relative) const {
        return box_.folder() / relative;
    }

private:
    integration::Sandbox box_;
};

// What stands between the first `begin` and the next `end`; fails the test where they are not.
[[nodiscard]] std::string
between(const std::string& text, std::string_view begin, std::string_view end);

[[nodiscard]] bool contains(std::string_view text, std::string_view part);

} // namespace assay::test
