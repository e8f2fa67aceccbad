// What is fuzzed: each target takes any bytes and must neither crash, hang nor use much memory.
// libFuzzer drives them in the fuzz preset (one program each), mutation_test.cpp in every build.
//
// A target ends the process where a property does not hold; bad input is no failure.
#pragma once

#include <string_view>

namespace assay::fuzz {

void elf_manifest(std::string_view bytes); // the ELF reader and the manifest in it
void frames(std::string_view bytes);       // the decoder of what a worker sends
void importers(std::string_view bytes);    // every bundled importer: results of other tools
void json_schema(std::string_view bytes);  // JSON text, as a document and as a plugin's schema
void latencies(std::string_view bytes);    // a worker's histogram of latencies

} // namespace assay::fuzz
