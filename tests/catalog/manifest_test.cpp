#include "catalog/manifest.hpp"
#include "contains.hpp"
#include "elf_builder.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

std::string manifest_verdict(std::string_view json) {
    const auto manifest = parse_manifest(json);
    return manifest ? "accepted" : manifest.error().message;
}

constexpr std::string_view kProvides = R"("provides":[{"kind":"assay.suite/1","name":"a"}])";

std::string with(std::string_view members) {
    return "{" + std::string(members) + "," + std::string(kProvides) + "}";
}

} // namespace

TEST_CASE("a full manifest is read and unknown keys are left alone") {
    const auto manifest = parse_manifest(R"({"assay":1,"abi_minor":3,"min_host_minor":2,
        "id":"org.example.a-b","version":"2.1","description":"für alle","license":"MIT",
        "homepage":"https://example.org","later":{"x":[1]},
        "provides":[{"kind":"assay.suite/1","name":"a"},{"kind":"assay.unknown/7","name":"b_2"}]})");
    REQUIRE(manifest.ok());
    CHECK(manifest->abi_minor == 3);
    CHECK(manifest->min_host_minor == 2);
    CHECK(manifest->description == "für alle");
    CHECK(manifest->homepage == "https://example.org");
    REQUIRE(manifest->provides.size() == 2);
    CHECK(manifest->provides[1].kind == "assay.unknown/7");
}

TEST_CASE("a refusal says which key is missing or wrong") {
    CHECK(contains(manifest_verdict(""), "manifest: invalid JSON"));
    CHECK(contains(manifest_verdict("[]"), "is not a JSON object"));
    CHECK(
        contains(manifest_verdict(with(R"("id":"a.b","version":"1")")), "key 'assay' is missing"));
    CHECK(contains(manifest_verdict(with(R"("assay":"1","id":"a.b","version":"1")")),
                   "key 'assay' is \"1\""));
    CHECK(contains(manifest_verdict(with(R"("assay":0,"id":"a.b","version":"1")")),
                   "key 'assay' is 0"));
    CHECK(contains(manifest_verdict(with(R"("assay":1,"version":"1")")), "key 'id' is missing"));
    CHECK(contains(manifest_verdict(with(R"("assay":1,"id":"a.b")")), "key 'version' is missing"));
    CHECK(contains(manifest_verdict(with(R"("assay":1,"id":"ab","version":"1")")), "reverse DNS"));
    CHECK(
        contains(manifest_verdict(with(R"("assay":1,"id":"a..b","version":"1")")), "reverse DNS"));
    CHECK(
        contains(manifest_verdict(with(R"("assay":1,"id":"a/b.c","version":"1")")), "reverse DNS"));
    CHECK(contains(manifest_verdict(R"({"assay":1,"id":"a.b","version":"1"})"),
                   "key 'provides' is missing"));
    CHECK(contains(manifest_verdict(R"({"assay":1,"id":"a.b","version":"1","provides":[]})"),
                   "provides"));
    CHECK(contains(
        manifest_verdict(
            R"({"assay":1,"id":"a.b","version":"1","provides":[{"kind":"x","name":"a"}]})"),
        "provides[0].kind"));
    CHECK(contains(
        manifest_verdict(
            R"({"assay":1,"id":"a.b","version":"1","provides":[{"kind":"x/1","name":"A"}]})"),
        "provides[0].name"));
    CHECK(contains(manifest_verdict(R"({"assay":1,"id":"a.b","version":"1",
        "provides":[{"kind":"x/1","name":"a"},{"kind":"x/1","name":"a"}]})"),
                   "twice"));
    CHECK(contains(manifest_verdict(with(R"("assay":1,"assay":2,"id":"a.b","version":"1")")),
                   "twice"));
}

TEST_CASE("no manifest can write control sequences to a terminal") {
    for (const char* text : {R"(\u001b[2J)", R"(a\nb)", R"(\u007f)", R"(\u009b31m)"}) {
        const std::string json = with(R"("assay":1,"id":"a.b","version":"1","description":")" +
                                      std::string(text) + "\"");
        CHECK_MESSAGE(contains(manifest_verdict(json), "'description'"), json);
    }
    CHECK(manifest_verdict(with(R"("assay":1,"id":"a.b","version":"1","description":"°C ä")")) ==
          "accepted");
}

TEST_CASE("another major and a newer host's minor are conflicts that name both numbers") {
    Manifest manifest;
    manifest.abi_major = 1;
    manifest.abi_minor = 99; // newer plugins work: the host ignores what it does not know
    CHECK(version_conflict(manifest).empty());
    manifest.min_host_minor = 99;
    CHECK(contains(version_conflict(manifest), "1.99"));
    CHECK(contains(version_conflict(manifest), "this host speaks 1."));
    manifest.abi_major = 2;
    CHECK(contains(version_conflict(manifest), "built for ABI 2.99, this host speaks 1."));
}

TEST_CASE("two manifests that the linker glued into one section are no JSON") {
    const TemporaryFolder folder;
    ElfSpec spec;
    spec.manifests = {manifest_json("org.example.a") + '\0' + manifest_json("org.example.b")};
    const auto path = folder.write("x.assay.so", build_elf(spec));
    const auto manifest = read_manifest(path.string());
    REQUIRE_FALSE(manifest.ok());
    CHECK(contains(manifest.error().message, "invalid JSON"));
    CHECK(contains(manifest.error().message, path.string()));
}
