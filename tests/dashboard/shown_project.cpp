#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace assay::test {

ShownProject::ShownProject() {
    std::filesystem::create_directory(file(".assay"));
}

ShownProject::ShownProject(const ShownShape& shape)
    : ShownProject() {
    fill(*store(), shape);
}

std::unique_ptr<history::Store> ShownProject::store() const {
    auto store = history::open_store(file(".assay/history.db").string(), {.create = true});
    if (!store) {
        FAIL(store.error().message);
    }
    return std::move(*store);
}

integration::Ended ShownProject::dashboard(std::vector<std::string> words) const {
    words.insert(words.begin(), "dashboard");
    return box_.assay(std::move(words));
}

std::string ShownProject::page(std::vector<std::string> words) const {
    const integration::Ended ended = dashboard(std::move(words));
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    return box_.read("assay-report/dashboard.html");
}

json::object ShownProject::document(std::vector<std::string> words) const {
    words.insert(words.end(), {"--format", "json"});
    const integration::Ended ended = dashboard(std::move(words));
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    auto parsed = parse_json(ended.out);
    REQUIRE(parsed.ok());
    return std::move(parsed->as_object());
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
    const std::size_t from = text.find(begin);
    REQUIRE_MESSAGE(from != std::string::npos, begin);
    const std::size_t to = text.find(end, from + begin.size());
    REQUIRE_MESSAGE(to != std::string::npos, end);
    return text.substr(from + begin.size(), to - from - begin.size());
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace assay::test
