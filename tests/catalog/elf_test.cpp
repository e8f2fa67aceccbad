#include "catalog/elf.hpp"
#include "catalog/manifest.hpp"
#include "contains.hpp"
#include "elf_builder.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sys/stat.h>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

// Why the bytes are refused, as read_manifest sees them; "accepted" otherwise.
std::string verdict(const std::string& bytes) {
    const TemporaryFolder folder;
    const auto path = folder.write("x.assay.so", bytes);
    const auto manifest = read_manifest(path.string());
    return manifest ? "accepted" : manifest.error().message;
}

std::string valid() {
    return plugin_bytes("org.example.a");
}

const std::string kFixture = std::string(ASSAY_CATALOG_FIXTURES) + "/fixture.assay.so";

} // namespace

TEST_CASE("the manifest of a library made by the compiler is read without loading it") {
    const auto manifest = read_manifest(kFixture);
    REQUIRE(manifest.ok());
    CHECK(manifest->id == "org.example.fixture");
    CHECK(manifest->abi_major == 1);
    CHECK(manifest->license == "Apache-2.0");
    REQUIRE(manifest->provides.size() == 1);
    CHECK(manifest->provides[0].name == "fixture");
}

TEST_CASE("what a library needs and exports is read from its dynamic section") {
    const auto image = ElfImage::open(kFixture);
    REQUIRE(image.ok());
    const auto dynamic = image->dynamic();
    REQUIRE(dynamic.ok());
    CHECK(std::ranges::count(dynamic->needed, "libcatalog_fixture_kernel.so") == 1);
    CHECK(std::ranges::count(dynamic->runpath, "$ORIGIN") == 1);
    CHECK_FALSE(dynamic->text_relocations);
    CHECK_FALSE(image->executable_stack());
    const auto symbols = image->exported_symbols();
    REQUIRE(symbols.ok());
    CHECK(std::ranges::count(*symbols,
                             ElfSymbol{"assay_fixture_answer", ElfBinding::global, true}) == 1);
    CHECK(std::ranges::count(*symbols, "assay_fixture_kernel", &ElfSymbol::name) == 0);
    CHECK(image->has_debug_info()); // the fixture is compiled with -g
    const auto kernel =
        ElfImage::open(std::string(ASSAY_CATALOG_FIXTURES) + "/libcatalog_fixture_kernel.so");
    REQUIRE(kernel.ok());
    CHECK(kernel->dynamic()->soname == "libcatalog_fixture_kernel.so");
}

TEST_CASE("version needs and build id of this very program's libraries can be read") {
    const auto image = ElfImage::open("/proc/self/exe");
    REQUIRE(image.ok()); // position-independent: ET_DYN
    const auto needs = image->version_needs();
    REQUIRE(needs.ok());
    CHECK(std::ranges::any_of(*needs, [](const ElfVersionNeed& need) {
        return need.library.starts_with("libc.so") && need.version.starts_with("GLIBC_2.");
    }));
}

TEST_CASE("flags that weaken a process are seen") {
    ElfSpec spec;
    spec.executable_stack = true;
    spec.text_relocations = true;
    spec.soname = "libweak.so.1";
    spec.rpath = "/opt/lib:$ORIGIN/../lib";
    const std::string bytes = build_elf(spec);
    const auto image = ElfImage::from_bytes(bytes);
    REQUIRE(image.ok());
    CHECK(image->executable_stack());
    const auto dynamic = image->dynamic();
    REQUIRE(dynamic.ok());
    CHECK(dynamic->text_relocations);
    CHECK(dynamic->soname == "libweak.so.1");
    CHECK(dynamic->rpath == std::vector<std::string>{"/opt/lib", "$ORIGIN/../lib"});
    CHECK_FALSE(image->build_id().has_value());
}

TEST_CASE("what is no ELF file or ends too early is refused") {
    CHECK(contains(verdict(""), "is not an ELF file"));
    CHECK(contains(verdict("#!/bin/sh\n"), "is not an ELF file"));
    CHECK(contains(verdict("\x7f"
                           "ELF"),
                   "cut off inside the ELF header"));
    const std::string whole = valid();
    CHECK(verdict(whole) == "accepted");
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        CHECK(verdict(whole.substr(0, size)) != "accepted");
    }
    CHECK(contains(verdict(whole.substr(0, whole.size() - 1)), "outside the file"));
}

TEST_CASE("another machine's library gets a message of its own") {
    std::string bytes = valid();
    header_of(bytes).e_machine = header_of(bytes).e_machine == EM_AARCH64 ? EM_X86_64 : EM_AARCH64;
    CHECK(contains(verdict(bytes), "is built for "));
    CHECK(contains(verdict(bytes), "this host is "));
    header_of(bytes).e_machine = 4711;
    CHECK(contains(verdict(bytes), "is built for machine 4711"));
    bytes = valid();
    header_of(bytes).e_ident[EI_CLASS] = ELFCLASS32;
    CHECK(contains(verdict(bytes), "is a 32-bit library"));
    bytes = valid();
    header_of(bytes).e_ident[EI_DATA] = ELFDATA2MSB;
    CHECK(contains(verdict(bytes), "is a big-endian library"));
    bytes = valid();
    header_of(bytes).e_type = ET_EXEC;
    CHECK(contains(verdict(bytes), "is not a shared library"));
}

TEST_CASE("a section table outside the file is refused, however large it claims to be") {
    std::string bytes = valid();
    header_of(bytes).e_shoff = bytes.size() - 10;
    CHECK(contains(verdict(bytes), "outside the file"));
    header_of(bytes).e_shoff = ~std::uint64_t{0} - 8;
    CHECK(contains(verdict(bytes), "outside the file"));
    bytes = valid();
    header_of(bytes).e_shoff = 0;
    CHECK(contains(verdict(bytes), "no section table"));
    bytes = valid();
    header_of(bytes).e_shentsize = 63;
    CHECK(contains(verdict(bytes), "section headers of 63 bytes"));
    for (const std::uint64_t count :
         {std::uint64_t{1} << 60, std::uint64_t{1} << 58, ~std::uint64_t{0}, std::uint64_t{1000}}) {
        bytes = valid();
        header_of(bytes).e_shnum = 0;
        section_of(bytes, 0).sh_size = count;
        CHECK(contains(verdict(bytes), "outside the file"));
    }
}

TEST_CASE("a section or a name outside the file is refused") {
    std::string bytes = valid();
    section_of(bytes, 1).sh_offset = bytes.size() + 1;
    CHECK(contains(verdict(bytes), "section 1 outside the file"));
    bytes = valid();
    section_of(bytes, 1).sh_offset = ~std::uint64_t{0} - 10;
    section_of(bytes, 1).sh_size = 20;
    CHECK(contains(verdict(bytes), "section 1 outside the file"));
    bytes = valid();
    section_of(bytes, 1).sh_name = 1 << 30;
    CHECK(contains(verdict(bytes), "name of section 1 outside the name table"));
    bytes = valid();
    header_of(bytes).e_shstrndx = 500;
    CHECK(contains(verdict(bytes), "it is damaged"));
}

TEST_CASE("the manifest stands in exactly one section with bytes in the file") {
    ElfSpec spec;
    CHECK(contains(verdict(build_elf(spec)), "has no section '.assay.manifest'"));
    spec.manifests = {manifest_json("org.example.a"), manifest_json("org.example.b")};
    CHECK(contains(verdict(build_elf(spec)), "has 2 sections '.assay.manifest', expected one"));
    spec.manifests = {manifest_json("org.example.a")};
    spec.manifest_type = SHT_NOBITS;
    CHECK(contains(verdict(build_elf(spec)), "has no bytes in the file"));
    std::string bytes = valid();
    section_of(bytes, 1).sh_flags = SHF_COMPRESSED;
    CHECK(contains(verdict(bytes), "is compressed"));
}

TEST_CASE("a manifest may have 64 KiB and not a byte more") {
    ElfSpec spec;
    const std::string json = manifest_json("org.example.a");
    spec.manifests = {json + std::string(kManifestBytesMax - json.size(), '\0')};
    CHECK(verdict(build_elf(spec)) == "accepted");
    spec.manifests[0] += '\0';
    CHECK(contains(verdict(build_elf(spec)), "65537 bytes, more than the limit of 65536"));
}

TEST_CASE("a dynamic section that points outside is refused") {
    ElfSpec spec;
    spec.needed = {"libx.so"};
    const std::string whole = build_elf(spec);
    const auto why = [](const std::string& bytes) {
        const auto image = ElfImage::from_bytes(bytes);
        REQUIRE(image.ok());
        const auto dynamic = image->dynamic();
        return dynamic ? std::string("accepted") : dynamic.error().message;
    };
    CHECK(why(whole) == "accepted");
    std::string bytes = whole;
    auto* segments = reinterpret_cast<Elf64_Phdr*>(bytes.data() + sizeof(Elf64_Ehdr));
    segments[1].p_vaddr = std::uint64_t{1} << 40;
    CHECK(contains(why(bytes), "outside what is loaded"));
    bytes = whole;
    segments = reinterpret_cast<Elf64_Phdr*>(bytes.data() + sizeof(Elf64_Ehdr));
    segments[1].p_filesz = std::uint64_t{1} << 19;
    CHECK(contains(why(bytes), "outside the file"));
    bytes = whole;
    segments = reinterpret_cast<Elf64_Phdr*>(bytes.data() + sizeof(Elf64_Ehdr));
    auto* first = reinterpret_cast<Elf64_Dyn*>(bytes.data() + segments[1].p_offset);
    first->d_un.d_val = 1 << 20;
    CHECK(contains(why(bytes), "outside the file"));
}

TEST_CASE("many entries that share one long text do not multiply in memory") {
    ElfSpec spec;
    spec.ballast.assign(8u << 20, 'x');
    std::string bytes = build_elf(spec);
    auto& ballast = section_of(bytes, 1);
    // The section names come from the ballast: every one of them would be 8 MB long.
    header_of(bytes).e_shstrndx = 1;
    CHECK_FALSE(ElfImage::from_bytes(bytes).ok());
    ballast.sh_size = 1u << 20;
    bytes[ballast.sh_offset + ballast.sh_size - 1] = '\0';
    for (std::size_t i = 0; i < header_of(bytes).e_shnum; ++i) {
        section_of(bytes, i).sh_name = 0;
    }
    const auto image = ElfImage::from_bytes(bytes);
    REQUIRE(image.ok());
    CHECK(image->sections()[0].name.size() == 255);
}

TEST_CASE("a folder and a pipe in the place of a plugin are refused without waiting") {
    const TemporaryFolder folder;
    CHECK(read_manifest(folder.path().string()).error().kind == ErrorKind::io);
    const auto fifo = folder.path() / "x.assay.so";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(contains(read_manifest(fifo.string()).error().message, "not a regular file"));
    CHECK(contains(read_manifest("/nonexistent/x.assay.so").error().message, "No such file"));
}
