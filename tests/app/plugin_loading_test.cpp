// With the real catalog, store, cache and worker, and the sample plugin of the integration tests.
#include "app/plugin_loading.hpp"
#include "private_folders.hpp"
#include "temporary_folder.hpp"

#include <assay/plugin.h>

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

struct Workplace {
    PrivateFolders folders;
    TemporaryFolder folder;
    Settings settings;

    Workplace() {
        const fs::path build = ASSAY_BUILD_DIR;
        settings.installation.worker_program = build / "bin/assay-worker";
        settings.places.files = {build / "tests/fixtures/sample.assay.so"};
    }

    [[nodiscard]] Result<LoadedPlugins> load(LoadOptions options = {}) const {
        return load_suites(settings, options);
    }
};

} // namespace

TEST_CASE("a plugin is described by a worker once, and from the cache from then on") {
    Workplace workplace;
    const auto cold = workplace.load();
    REQUIRE(cold);
    REQUIRE(cold->suites.size() == 1);
    CHECK(cold->failures.empty());
    CHECK(cold->suites[0].description.name == "sample");
    CHECK_FALSE(cold->suites[0].description.families.empty());
    // No worker could be started now.
    workplace.settings.installation.worker_program = workplace.folder.path() / "absent";
    const auto warm = workplace.load();
    REQUIRE(warm);
    REQUIRE(warm->suites.size() == 1);
    CHECK(warm->failures.empty());
    CHECK(warm->suites[0].config_json == cold->suites[0].config_json);
    CHECK(warm->suites[0].description.families.size() ==
          cold->suites[0].description.families.size());
    CHECK_FALSE(warm->plugins[0].stored);
}

TEST_CASE("what is going to run lies in the content store") {
    Workplace workplace;
    const auto loaded = workplace.load({.store = true});
    REQUIRE(loaded);
    REQUIRE(loaded->plugins[0].stored);
    CHECK(fs::exists(loaded->plugins[0].stored->path));
    CHECK(loaded->plugins[0].stored->path != workplace.settings.places.files[0]);
    CHECK(provider_of(*loaded, ASSAY_KIND_SUITE, "sample") == &loaded->plugins[0]);
    CHECK(provider_of(*loaded, ASSAY_KIND_REPORTER, "sample") == nullptr);
}

TEST_CASE("plugins are listed without describing them") {
    Workplace workplace;
    workplace.settings.installation.worker_program = workplace.folder.path() / "absent";
    const auto loaded = workplace.load({.describe = false});
    REQUIRE(loaded);
    CHECK(loaded->plugins.size() == 1);
    CHECK(loaded->suites.empty());
    CHECK(loaded->failures.empty());
}

TEST_CASE("settings reach the suite with its defaults, and wrong ones end the command") {
    Workplace workplace;
    workplace.settings.suites = parse_json(R"({"sample": {"level": 2}})")->get_object();
    const auto loaded = workplace.load();
    REQUIRE(loaded);
    REQUIRE(loaded->suites.size() == 1);
    CHECK(loaded->suites[0].config_json.find(R"("level":2)") != std::string::npos);
    workplace.settings.suites = parse_json(R"({"sample": {"level": "high"}})")->get_object();
    const auto wrong = workplace.load();
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::config);
    CHECK(wrong.error().message.find("/suites/sample/level") != std::string::npos);
    workplace.settings.suites = parse_json(R"({"smaple": {}})")->get_object();
    const auto unknown = workplace.load();
    REQUIRE(unknown);
    REQUIRE(unknown->warnings.size() == 1);
    CHECK(unknown->warnings[0].find("did you mean 'sample'?") != std::string::npos);
}

TEST_CASE("a worker that cannot be started costs its plugin alone") {
    Workplace workplace;
    workplace.settings.installation.worker_program = workplace.folder.path() / "absent";
    const auto loaded = workplace.load();
    REQUIRE(loaded);
    CHECK(loaded->suites.empty());
    REQUIRE(loaded->failures.size() == 1);
    CHECK(loaded->failures[0].suite == "sample");
}

TEST_CASE("a named file that is no plugin is exit 3, one found in a folder a warning") {
    Workplace workplace;
    workplace.folder.write("text.assay.so", "this is no library\n");
    const Messages say(-1, Terminal{}, Loudness::quiet);
    workplace.settings.places.files = {workplace.folder.path() / "text.assay.so"};
    const auto named = workplace.load();
    REQUIRE(named);
    CHECK(tell_problems(say, *named) == ExitCode::failed);
    workplace.settings.places.files.clear();
    workplace.settings.places.folders = {workplace.folder.path()};
    const auto found = workplace.load();
    REQUIRE(found);
    CHECK(tell_problems(say, *found) == ExitCode::pass);
    CHECK(found->warnings.size() == 1);
}

TEST_CASE("a named file that is missing is a mistake of the command line") {
    Workplace workplace;
    workplace.settings.places.files = {workplace.folder.path() / "absent.assay.so"};
    const auto loaded = workplace.load();
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == ErrorKind::usage);
}
