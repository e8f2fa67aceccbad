// What FFTW learnt is kept in a file: taken again, never mistaken, never written over another.
#include "fourier_pair.hpp"
#include "plugin_session.hpp"
#include "wisdom_file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace wisdom_test {

using namespace assay::cgl;

namespace {

class Folder {
public:
    Folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "assay-wisdom-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    ~Folder() { std::filesystem::remove_all(path_); }

    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

std::string content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace

TEST_CASE("wisdom is kept in both precisions and taken again") {
    const Folder folder;
    const WisdomFile file(folder.file("fftw.wisdom"));
    CHECK_FALSE(file.take().has_value()); // nothing there: nothing to say
    const FourierPair<double> one(16, {.effort = PlanEffort::measure});
    const FourierPair<float> other(16, {.effort = PlanEffort::measure});
    CHECK_FALSE(file.keep().has_value());
    const std::string text = content(folder.file("fftw.wisdom"));
    CHECK(text.find("(fftw-3") != std::string::npos);
    CHECK(text.find("fftwf_wisdom") != std::string::npos);
    CHECK(text.find("model name") != std::string::npos);
    CHECK_FALSE(file.take().has_value());
    CHECK(wisdom_digest().size() == 16);
    for (const auto& entry : std::filesystem::directory_iterator(folder.file(""))) {
        CHECK(entry.path().filename() == "fftw.wisdom"); // nothing half-written beside it
    }
}

TEST_CASE("wisdom of another processor or version is told and left out, and written anew") {
    const Folder folder;
    const WisdomFile file(folder.file("w"));
    REQUIRE_FALSE(file.keep().has_value());
    const std::string good = content(folder.file("w"));
    std::string elsewhere = good;
    elsewhere.replace(elsewhere.find("model name"), 10, "model nome");
    write(folder.file("w"), elsewhere);
    CHECK(file.take().value_or("").find("another processor") != std::string::npos);
    std::string older = good;
    older.replace(older.find("(fftw-"), 6, "(fftw-2.0 was-");
    write(folder.file("w"), older);
    CHECK(file.take().value_or("").find("another FFTW") != std::string::npos);
    write(folder.file("w"), good.substr(0, good.size() / 2));
    CHECK(file.take().value_or("").find("damaged") != std::string::npos);
    CHECK_FALSE(file.keep().has_value());
    CHECK_FALSE(file.take().has_value());
}

TEST_CASE("a file that is something else is neither read nor written") {
    const Folder folder;
    const WisdomFile file(folder.file("notes.txt"));
    write(folder.file("notes.txt"), "my notes");
    CHECK(file.take().value_or("").find("not a wisdom file") != std::string::npos);
    CHECK_FALSE(file.keep().has_value());
    CHECK(content(folder.file("notes.txt")) == "my notes");
    const WisdomFile nowhere(folder.file("missing") / "w");
    CHECK(nowhere.keep().value_or("").find("cannot write") != std::string::npos);
}

TEST_CASE("a case keeps the wisdom of its plans where the configuration says") {
    const Folder folder;
    suite_test::PluginSession session(R"({"plan": "measure", "wisdom": ")" +
                                      folder.file("kept").string() + R"("})");
    REQUIRE(session.status() == ASSAY_OK);
    auto opened = session.open("fft_pair", {{"n", std::int64_t{32}}});
    REQUIRE(opened->status() == ASSAY_OK);
    CHECK(content(folder.file("kept")).find("fftw_wisdom") != std::string::npos);
}

} // namespace wisdom_test
