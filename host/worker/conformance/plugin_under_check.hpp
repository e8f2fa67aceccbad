// The plugin of a check as most checks want it: loaded, its suites described, a few cases of every
// family picked.
//
//   for (const SuiteUnderCheck& suite : suites_to_check(context))
//       for (const CasePoint& point : sample_points(suite)) ...
//
// One thread.
#pragma once

#include "measure/description.hpp"
#include "worker/conformance/check.hpp"

#include <assay/plugin.h>

#include <span>
#include <string>
#include <vector>

namespace assay::worker::conformance {

// Loads the plugin with the host's own functions. nullptr: refused, and the check is skipped.
const assay_plugin* load(CheckContext& context);

struct EntryPoint {
    assay_entry_fn call = nullptr;
};

// The symbol and nothing else: for checks about loading itself. Never closed.
Result<EntryPoint> open_entry(const std::string& path);

// Interfaces of one kind; empty: the check is skipped, the plugin has none.
struct Interface {
    std::string name;
    const void* iface = nullptr;
};

std::vector<Interface> interfaces(CheckContext& context, std::string_view kind);

struct SuiteUnderCheck {
    std::string name;
    const assay_suite_v1* iface = nullptr;
    std::string config; // the schema's defaults, mode quick
    measure::SuiteDescription description;
};

// Every suite that can be described. One that cannot makes the check skipped: others report it.
std::vector<SuiteUnderCheck> suites_to_check(CheckContext& context);

// What a host hands to create(): the defaults of the schema and the mode. Errors: the schema's.
Result<std::string> default_config(std::string_view schema_text);

struct CasePoint {
    std::uint32_t family = 0;
    std::vector<measure::ParameterValue> params;
    std::string id;
};

// Of every family the first and the last of its points in mode quick.
std::vector<CasePoint> sample_points(const SuiteUnderCheck& suite);

// Parameters as the ABI passes them; they borrow the texts.
std::vector<assay_value> abi_values(std::span<const measure::ParameterValue> params);

} // namespace assay::worker::conformance
