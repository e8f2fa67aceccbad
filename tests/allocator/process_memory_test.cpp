#include "process_memory.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <sys/mman.h>

namespace process_memory_test {

using namespace assay::allocator_suite;

namespace {

constexpr std::size_t kMapped = std::size_t{32} << 20;

class Mapping {
public:
    Mapping()
        : begin_(::mmap(
              nullptr, kMapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
        REQUIRE(begin_ != MAP_FAILED);
    }

    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    ~Mapping() { ::munmap(begin_, kMapped); }

    void write() { std::memset(begin_, 1, kMapped); }

private:
    void* begin_;
};

} // namespace

TEST_CASE("a line of the kernel is found by its whole name") {
    constexpr std::string_view kLines = "5570-7fff ---p 00000000 00:00 0 [rollup]\n"
                                        "Rss:                1234 kB\n"
                                        "Pss:                 100 kB\n"
                                        "Pss_Dirty:            50 kB\n"
                                        "VmHWM:\t       9 kB";
    CHECK(bytes_in(kLines, "Rss") == 1234 * 1024);
    CHECK(bytes_in(kLines, "Pss") == 100 * 1024);
    CHECK(bytes_in(kLines, "VmHWM") == 9 * 1024);
    CHECK_FALSE(bytes_in(kLines, "VmRSS"));
    CHECK_FALSE(bytes_in("Rss: none", "Rss"));
    CHECK_FALSE(bytes_in("", "Rss"));
}

TEST_CASE("resident memory grows by the pages that are written to and not by those that are not") {
    const auto before = resident_memory();
    REQUIRE(before);
    Mapping mapping;
    const auto mapped = resident_memory();
    REQUIRE(mapped);
    CHECK(mapped->rss < before->rss + kMapped / 2);
    mapping.write();
    const auto written = resident_memory();
    REQUIRE(written);
    CHECK(written->rss > before->rss + kMapped * 9 / 10);
    CHECK(written->pss > before->pss + kMapped * 9 / 10);
    CHECK(written->pss <= written->rss);
}

TEST_CASE("the peak is what it was until it is reset") {
    {
        Mapping mapping;
        mapping.write();
    }
    const auto high = peak_resident();
    REQUIRE(high);
    CHECK(*high > resident_memory()->rss + kMapped / 2);
    REQUIRE(reset_peak());
    CHECK(*peak_resident() < *high - kMapped / 2);
}

} // namespace process_memory_test
