// A folder as one image: what is in it, in which order, and what is left out.
#include "app/importing/tree_image.hpp"
#include "import_formats/tar_image.hpp"
#include "support/file.hpp"
#include "support/unique_fd.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>

using namespace assay;
using namespace assay::app;

namespace {

constexpr std::uint64_t kPlenty = std::uint64_t{1} << 20;

Result<std::string> image_of(const test::TemporaryFolder& box, std::uint64_t bytes_max = kPlenty) {
    const std::string file = box.file("image");
    const UniqueFd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    REQUIRE(fd);
    if (const Status written = write_tree_image(box.file("tree"), fd.get(), bytes_max); !written) {
        return written.error();
    }
    return read_file(file);
}

} // namespace

TEST_CASE("an image holds the regular files of a folder in the order of their names") {
    const test::TemporaryFolder box;
    box.write("tree/b.json", std::string(1000, 'b'));
    box.write("tree/a/" + std::string(90, 'x') + "/deep.json", "{}");
    box.write("tree/.git/config", "no");
    std::filesystem::create_symlink("/etc/passwd", box.file("tree/link"));
    const auto image = image_of(box);
    REQUIRE_MESSAGE(image.ok(), image.error().message);
    const auto entries = import_formats::read_tar(*image);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].name == "a/" + std::string(90, 'x') + "/deep.json");
    CHECK(entries[0].bytes == "{}");
    CHECK(entries[1].name == "b.json");
    CHECK(entries[1].bytes == std::string(1000, 'b'));
    CHECK(*image_of(box) == *image);
}

TEST_CASE("a folder that is too large is refused") {
    const test::TemporaryFolder box;
    box.write("tree/b.json", std::string(5000, 'b'));
    const auto image = image_of(box, 4096);
    REQUIRE_FALSE(image.ok());
    CHECK(image.error().kind == ErrorKind::config);
}
