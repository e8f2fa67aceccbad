#include "app/history/outside_file.hpp"
#include "program.hpp"
#include "support/unique_fd.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace outside_file_test {

using namespace assay;
using app::OutsideFile;

namespace {

// Standard output goes into a file as long as this lives.
class CapturedOutput {
public:
    explicit CapturedOutput(const std::filesystem::path& file)
        : before_(::dup(STDOUT_FILENO)) {
        std::fflush(stdout);
        const UniqueFd into(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        REQUIRE(into);
        REQUIRE(::dup2(into.get(), STDOUT_FILENO) == STDOUT_FILENO);
    }

    CapturedOutput(const CapturedOutput&) = delete;
    CapturedOutput& operator=(const CapturedOutput&) = delete;

    ~CapturedOutput() { ::dup2(before_.get(), STDOUT_FILENO); }

private:
    UniqueFd before_;
};

} // namespace

TEST_CASE("standard output gets all of a document at its end, and nothing of one that is dropped") {
    const integration::Sandbox box;
    const std::filesystem::path file = box.folder() / "out";
    const std::string line(1000, 'x');
    for (const std::size_t lines : {std::size_t{3}, std::size_t{9000}}) { // held, and spooled
        std::filesystem::remove(file);
        std::uintmax_t before = 1, after = 0, dropped = 1;
        bool good = true;
        {
            const CapturedOutput captured(file);
            for (const bool finished : {false, true}) {
                auto out = OutsideFile::create("-");
                for (std::size_t i = 0; i < lines; ++i) {
                    good = good && out && out->write(line).ok();
                }
                before = std::filesystem::file_size(file);
                good = good && (!finished || out->finish().ok());
                (finished ? after : dropped) = std::filesystem::file_size(file);
            }
        }
        CHECK(good);
        CHECK(before == 0);
        CHECK(dropped == 0);
        CHECK(after == lines * line.size());
    }
}

} // namespace outside_file_test
