// The proof as people read it: what was measured where, and three tables.
//
//   write_file_atomically(path, proof_text(facts, records));
//
// Pure; any thread.
#pragma once

#include "facts.hpp"
#include "record.hpp"

#include <span>
#include <string>

namespace proof {

[[nodiscard]] std::string proof_text(const Facts& facts, std::span<const Record> records);

// The same for programs: facts, rows with counts and intervals, and every record.
[[nodiscard]] assay::json::object proof_document(const Facts& facts,
                                                 std::span<const Record> records);

} // namespace proof
