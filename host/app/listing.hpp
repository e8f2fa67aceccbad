// What `assay list` shows, as tables for people and as the document for programs.
//
//   std::string text = cases_table(loaded, plan).aligned();
//   json::object document = list_document(loaded, plan);
//
// Pure; callable from any thread.
#pragma once

#include "app/plugin_loading.hpp"
#include "app/text_table.hpp"
#include "plan/plan.hpp"
#include "support/json.hpp"

namespace assay::app {

TextTable plugins_table(const LoadedPlugins& loaded);
TextTable reporters_table(const LoadedPlugins& loaded);
TextTable importers_table(const LoadedPlugins& loaded);
TextTable suites_table(const LoadedPlugins& loaded, const plan::Plan& plan);
TextTable families_table(const LoadedPlugins& loaded, const plan::Plan& plan);
// The same for a terminal: a paragraph for each, because axes are long.
std::string families_text(const LoadedPlugins& loaded, const plan::Plan& plan);
TextTable cases_table(const LoadedPlugins& loaded, const plan::Plan& plan);

// schemas/list.json: plugins, refused, suites, reporters, importers,
// cases.
json::object list_document(const LoadedPlugins& loaded, const plan::Plan& plan);

} // namespace assay::app
