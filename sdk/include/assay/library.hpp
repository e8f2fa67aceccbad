// A plugin library: what it provides, its manifest and its one exported function.
//
// A library with one suite or one reporter needs only ASSAY_SUITE or ASSAY_REPORTER. Several in one
// library:
//
//   static void define_sorting(assay::suite& s) { s.independent<sort_ints>("sort").axis("n", {16});
//   } static void define_hashing(assay::suite& s) { s.independent<fnv>("fnv"); }
//
//   ASSAY_PLUGIN("org.example.all", "1.0.0",
//                ASSAY_PROVIDES_SUITE("sorting") "," ASSAY_PROVIDES_SUITE("hashing")) {
//       p.suite<define_sorting>("sorting");
//       p.suite<define_hashing>("hashing");
//   }
//
// The names in the manifest and in the body must agree; a difference refuses the library with a
// text that names it. The body runs once, when the library is first entered. [control]
#pragma once

#include "errors.hpp"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class suite;

class library {
public:
    library(std::string_view id, std::string_view version, std::string_view manifest) {
        abi_.struct_size = sizeof abi_;
        abi_.abi_minor = ASSAY_ABI_MINOR;
        abi_.id = as_abi(id);
        abi_.version = as_abi(version);
        abi_.manifest = as_abi(manifest);
    }

    // Include suite.hpp. `Define` declares the families; one function per suite.
    template <void (*Define)(assay::suite&)>
    library& suite(std::string_view name);

    // Include reporter.hpp.
    template <class Reporter>
    library& reporter(std::string_view name);

    // Include importer.hpp.
    template <class Importer>
    library& importer(std::string_view name);

    // Anything else of the ABI: `iface` lives as long as the library.
    library& provide(std::string_view kind, std::string_view name, const void* iface) {
        for (const assay_provided& other : provided_) {
            if (text_of(other.kind) == kind && text_of(other.name) == name) {
                throw failure(ASSAY_E_STATE,
                              "two provided things are named '" + std::string(name) + "'");
            }
        }
        std::string_view const manifest = text_of(abi_.manifest);
        std::string const entry =
            "{\"kind\":\"" + std::string(kind) + "\",\"name\":\"" + std::string(name) + "\"}";
        if (manifest.find(entry) == std::string_view::npos) {
            throw failure(ASSAY_E_STATE, "the manifest does not list " + entry);
        }
        names_.emplace_back(name);
        provided_.push_back(
            {as_abi(names_.emplace_back(kind)), as_abi(*(names_.end() - 2)), iface});
        return *this;
    }

    // A host with a smaller minor refuses this library.
    library& needs_host_minor(std::uint32_t minor) { return abi_.min_host_minor = minor, *this; }

    [[nodiscard]] const assay_plugin* finish() noexcept {
        abi_.n_provided = static_cast<std::uint32_t>(provided_.size());
        abi_.provided = provided_.data();
        return &abi_;
    }

private:
    assay_plugin abi_{};
    std::deque<std::string> names_; // a deque: the strings must not move
    std::vector<assay_provided> provided_;
};

namespace detail {

// Builds the description once; later calls return the same pointer. Never destroyed: the host may
// read it until the process ends. nullptr with a text when the declaration is wrong.
template <class Define>
const assay_plugin* enter(const assay_host* host,
                          std::string_view id,
                          std::string_view version,
                          std::string_view manifest,
                          Define define) noexcept {
    static const assay_plugin* made = nullptr;
    if (made == nullptr) {
        (void)guard(host, nullptr, [&] {
            auto description = std::make_unique<library>(id, version, manifest);
            define(*description);
            made = description.release()->finish();
        });
    }
    return made;
}

} // namespace detail
} // namespace assay

#define ASSAY_PROVIDES_SUITE(name) "{\"kind\":\"assay.suite/1\",\"name\":\"" name "\"}"
#define ASSAY_PROVIDES_REPORTER(name) "{\"kind\":\"assay.reporter/1\",\"name\":\"" name "\"}"

#define ASSAY_PROVIDES_IMPORTER(name) "{\"kind\":\"assay.importer/1\",\"name\":\"" name "\"}"

#define ASSAY_DETAIL_TEXT_(x) #x
#define ASSAY_DETAIL_TEXT(x) ASSAY_DETAIL_TEXT_(x)
#if defined(__OPTIMIZE__)
#define ASSAY_DETAIL_OPTIMIZED "true"
#else
#define ASSAY_DETAIL_OPTIMIZED "false"
#endif

// ASSAY_PLUGIN(id, version, provides [, "more members of the manifest"]) { p. ... }
// id: reverse DNS; all arguments are string literals. The optional last one is JSON members such as
// R"("license":"GPL-2.0-or-later","homepage":"https://example.org")". Once per library.
#define ASSAY_PLUGIN(id, version, provides, ...)                                                   \
    ASSAY_MANIFEST(assay_manifest_text,                                                            \
                   "{\"assay\":1,\"abi_minor\":0,\"id\":\"" id "\",\"version\":\"" version         \
                   "\",\"optimized\":" ASSAY_DETAIL_OPTIMIZED __VA_OPT__(                          \
                       "," __VA_ARGS__) ",\"provides\":[" provides "]}");                          \
    static void assay_define_library([[maybe_unused]] assay::library& p);                          \
    ASSAY_EXTERN_C ASSAY_EXPORT const assay_plugin* assay_plugin_entry_v1(const assay_host* host)  \
        ASSAY_NOEXCEPT {                                                                           \
        return assay::detail::enter(                                                               \
            host,                                                                                  \
            id,                                                                                    \
            version,                                                                               \
            std::string_view(assay_manifest_text, sizeof assay_manifest_text - 1),                 \
            assay_define_library);                                                                 \
    }                                                                                              \
    static void assay_define_library([[maybe_unused]] assay::library& p)
