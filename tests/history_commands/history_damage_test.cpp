// A history that was damaged, and the commands that its message gives.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace history_damage_test {

using namespace assay;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

void damage(const fs::path& file) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(100);
    bytes << std::string(fs::file_size(file) - 100, 'x');
}

} // namespace

TEST_CASE("the commands of the message about a damaged history build it anew") {
    const ToldProject project;
    project.box().write("figures.json",
                        R"({"schema": "assay.record/1", "metrics": {"recall":
                            {"value": 0.9, "unit": "1", "direction": "higher"}}})");
    REQUIRE(project.assay({"history", "record", "figures.json"}).exit_code == 0);
    fs::remove(project.file(".assay/history.db-wal"));
    damage(project.file(".assay/history.db"));
    const auto told = project.assay({"history", "runs"});
    CHECK(told.exit_code == 3);
    const std::size_t begin = told.err.find("mkdir ");
    REQUIRE(begin != std::string::npos);
    std::string commands = told.err.substr(begin, told.err.find('\n', begin) - begin);
    const std::string word = "assay history pull";
    const std::size_t at = commands.find(word);
    REQUIRE(at != std::string::npos);
    commands.replace(
        at, word.size(), (integration::build_folder() / "bin/assay").string() + " history pull");
    integration::Surroundings around;
    around.folder = project.box().folder();
    around.environment = project.box().environment();
    const auto mended = integration::run_program({"/bin/sh", "-c", commands}, around);
    CAPTURE(mended.err);
    CHECK(mended.exit_code == 0);
    CHECK(has(mended.out, "1 run added"));
    CHECK(has(project.assay({"history", "show"}).out, "record/recall"));
    CHECK(fs::exists(project.file(".assay/damaged/history.db")));
}

// Spoils one page at a time until runs can still be listed, and their figures not be read.
bool spoil_figures(const ToldProject& project) {
    constexpr std::size_t kPage = 4096;
    const fs::path file = project.file(".assay/history.db");
    fs::remove(project.file(".assay/history.db-wal"));
    fs::copy_file(file, project.file("whole.db"));
    for (std::size_t at = kPage; at < fs::file_size(file); at += kPage) {
        fs::copy_file(project.file("whole.db"), file, fs::copy_options::overwrite_existing);
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(static_cast<std::streamoff>(at));
        bytes << std::string(kPage, 'x');
        bytes.close();
        fs::remove(project.file("all.json"));
        if (project.assay({"history", "runs"}).exit_code == 0 &&
            project.assay({"history", "export", "--output", "all.json"}).exit_code == 3) {
            return true;
        }
    }
    return false;
}

TEST_CASE("an export that ends early leaves not a byte on standard output") {
    const ToldProject project;
    std::vector<double> figures;
    for (int i = 0; i < 60; ++i) {
        figures.push_back(8.0 + i);
    }
    project.record_all(figures);
    const auto whole = project.assay({"history", "export"});
    CHECK(whole.exit_code == 0);
    CHECK(document_of(whole.out, "history.json").at("runs").as_array().size() == 60);
    REQUIRE(spoil_figures(project));
    for (const char* const format : {"json", "csv"}) {
        const auto broken = project.assay({"history", "export", "--format", format});
        CHECK(broken.exit_code == 3);
        CHECK(broken.out.empty());
    }
    CHECK_FALSE(fs::exists(project.file("all.json")));
}

TEST_CASE("a history that is only read can be copied, and one of an older schema too") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    fs::permissions(project.file(".assay/history.db"), fs::perms::owner_read);
    CHECK(project.assay({"history", "backup", "copy.db"}).exit_code == 0);
    CHECK(has(project.assay({"history", "stats", "--history", "copy.db"}).out, "runs"));
}

} // namespace history_damage_test
