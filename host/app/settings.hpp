// What a command works with once everything that may say something has been heard: the command
// line beats a file given by --config, which beats the environment, which beats the project's
// .assay/assay.json, which beats the defaults.
//
//   Result<Settings> settings = settle(invocation, environment, here);
//   catalog::Catalog::open(settings->places, settings->catalog);
//
// Reads files and the environment once; plain values afterwards.
#pragma once

#include "app/command_table.hpp"
#include "app/environment.hpp"
#include "app/installation.hpp"
#include "app/session/session_options.hpp"
#include "catalog/catalog.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct Settings {
    SessionOptions session;             // order_seed is drawn when nobody gave one
    std::vector<std::string> reporters; // --reporter, or the configuration's
    json::object suites;                // settings by suite name, not checked yet
    std::optional<std::string> history; // of the configuration: an absolute path or a URL
    std::optional<std::string> project; // its name in the configuration
    catalog::Places places;
    catalog::CatalogOptions catalog;
    Installation installation;
    // JSON pointers into the project's file that count for nothing because nobody trusts it.
    std::vector<std::string> withheld;
};

// Knows the options of `run`; those that a command does not have are simply never given. `here`:
// where the project is looked for, upwards. Errors: usage and config.
Result<Settings> settle(const Invocation& invocation,
                        const Environment& environment,
                        const std::filesystem::path& here);

} // namespace assay::app
