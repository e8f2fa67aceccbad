// Judgements beside bundles: files `judgements-<sha256 of it>.jsonl` of one line each
// (schemas/judgements.json). A file is never changed; what comes later stands in another, so that
// folders merge by copying. An older Assay takes the bundles of such a folder and leaves these be.
//
//   Result<TakenJudgements> given = write_judgements(*store.judgements(), "exchange");
//   Result<Judgements> said = read_judgements("exchange/judgements-2c26....jsonl");
//
// Callable from any thread.
#pragma once

#include "history/judgements.hpp"
#include "support/result.hpp"

#include <filesystem>

namespace assay::history {

[[nodiscard]] bool is_judgements_file(const std::filesystem::path& file);

// What no file of the folder says yet, as one more file; none where all is said. Makes the folder.
Result<TakenJudgements> write_judgements(const Judgements& judgements,
                                         const std::filesystem::path& folder);

struct ReadJudgements {
    Judgements judgements = {};
    std::size_t not_known = 0; // lines of a newer Assay
};

// Errors: io, plugin (cut off or changed: its name is its hash; a line that is no judgement).
Result<ReadJudgements> read_judgements(const std::filesystem::path& file);

} // namespace assay::history
