#include "measure/gpu.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace gpu_test {

using namespace assay;
using namespace assay::measure;
using assay::test::TemporaryFolder;

namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

// A folder with a program of that name, which stands alone in PATH.
class FakeCommand {
public:
    explicit FakeCommand(const std::string& script) {
        using std::filesystem::perms;
        const auto file = folder_.write("nvidia-smi", "#!/bin/sh\n" + script);
        std::filesystem::permissions(file, perms::owner_all);
    }

    [[nodiscard]] std::vector<Gpu> gpus() const {
        return gpus_of_command([path = folder_.path().string()](const std::string& name) {
            return name == "PATH" ? std::optional(path) : std::nullopt;
        });
    }

private:
    TemporaryFolder folder_;
};

} // namespace

TEST_CASE("two GPUs are read from what nvidia-smi prints") {
    const FakeCommand command("echo 'NVIDIA H200, 143771'\necho 'NVIDIA A100-SXM4-80GB, 81920'\n");
    const auto gpus = command.gpus();
    REQUIRE(gpus.size() == 2);
    CHECK(gpus[0].model == "NVIDIA H200");
    CHECK(gpus[0].memory_bytes == 143'771 * kMiB);
    CHECK(gpus[1].memory_bytes == 81'920 * kMiB);
}

TEST_CASE("GPUs are read from NVIDIA's library, and one that is lost is left out") {
    const auto gpus = gpus_of_library(ASSAY_FIXTURES "/nvml_with_driver.so");
    REQUIRE(gpus.has_value());
    REQUIRE(gpus->size() == 2);
    CHECK(gpus->at(0).model == "NVIDIA H200");
    CHECK(gpus->at(0).memory_bytes == 143'771 * kMiB);
    CHECK(gpus->at(1).memory_bytes == 81'920 * kMiB);
}

TEST_CASE("a library without a driver, none, or another one has nothing to say") {
    for (const char* const library :
         {ASSAY_FIXTURES "/nvml_without_driver.so", "libno-such-library.so.1", "libc.so.6"}) {
        CHECK_FALSE(gpus_of_library(library).has_value());
    }
}

TEST_CASE("an nvidia-smi that fails, or is not there, shows no GPU") {
    CHECK(FakeCommand("echo 'NVIDIA H200, 143771'\nexit 9\n").gpus().empty());
    CHECK(FakeCommand("echo 'No devices were found'\n").gpus().empty());
    const TemporaryFolder empty;
    CHECK(gpus_of_command([&](const std::string&) {
              return std::optional(empty.path().string());
          }).empty());
}

TEST_CASE("lines that are no GPU are left out") {
    const auto gpus = gpus_from("name, memory\nA, [N/A]\n, 5\nB, -1\nC, 99999999999\nD, E, 16 \n");
    REQUIRE(gpus.size() == 1);
    CHECK(gpus[0].model == "D, E");
}

TEST_CASE("GPUs are in order of model and memory whichever way they are found") {
    const auto gpus = visible_gpus([](const std::string&) { return std::nullopt; });
    for (std::size_t i = 1; i < gpus.size(); ++i) {
        CHECK(gpus[i - 1].model <= gpus[i].model);
        CHECK(gpus[i].memory_bytes > 0);
    }
    if (const auto of_library = gpus_of_library()) {
        CHECK(of_library->size() >= gpus.size());
    }
}

} // namespace gpu_test
