// Loads a plugin library and calls its entry function: dlopen by Boost.DLL with RTLD_NOW |
// RTLD_LOCAL, never unloaded. The worker uses it for suites and importers, the host for reporters.
//
//   auto plugin = load_plugin("/store/ab12.../router.assay.so", host_services);
//   if (const auto* suite = find_provided<assay_suite_v1>(**plugin, ASSAY_KIND_SUITE, "router"))
//   ...
//
// Call from one thread at a time.
#pragma once

#include "support/result.hpp"

#include <assay/plugin.h>

#include <string>
#include <string_view>

namespace assay {

// Loads `path` (absolute) and returns its descriptor after checking the version rules and struct
// sizes. `refusal` receives what the plugin said through host->fail(NULL, ...) during entry; the
// caller's host->fail must append there. Errors name the field that differs.
Result<const assay_plugin*>
load_plugin(const std::string& path, const assay_host& host, const std::string& refusal);

// The interface of that kind and name, or nullptr.
const void*
find_provided(const assay_plugin& plugin, std::string_view kind, std::string_view name) noexcept;

inline std::string_view view(assay_str text) noexcept {
    return text.data == nullptr ? std::string_view{} : std::string_view(text.data, text.len);
}

inline assay_str abi_str(std::string_view text) noexcept {
    return assay_str{text.data(), text.size()};
}

} // namespace assay
