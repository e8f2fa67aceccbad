// Judgements as lines of JSON (schemas/judgements.json), one each: equal judgements give equal
// lines, so that sets of them are sets of lines.
//
//   std::vector<std::string> lines = lines_of(*store.judgements());
//   Status taken = take_line(lines.front(), judgements);
//
// Pure; callable from any thread.
#pragma once

#include "history/judgements.hpp"
#include "support/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::history {

[[nodiscard]] std::string line_of(const Exclusion& exclusion);
[[nodiscard]] std::string line_of(const ToldBaseline& baseline);
[[nodiscard]] std::string line_of(const ToldVerdict& verdict);
[[nodiscard]] std::string line_of(const ToldGate& gate);
[[nodiscard]] std::vector<std::string> lines_of(const Judgements& judgements);

// False: of a kind that a newer Assay writes. Errors (plugin): not a judgement.
Result<bool> take_line(std::string_view line, Judgements& into);

} // namespace assay::history
