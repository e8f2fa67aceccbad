// Judgements out of a store and into one, by names that every store knows (judgements.hpp).
//
//   SqlJudgementUnion all(db, runs, judgements);
//   Result<TakenJudgements> taken = all.add(*other.judgements());   // one transaction
//
// One thread.
#pragma once

#include "history/judgements.hpp"
#include "history/sql_judgements.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace assay::history {

class SqlJudgementUnion {
public:
    SqlJudgementUnion(sql::Connection& db, SqlRuns& runs, SqlJudgements& judgements)
        : db_(db)
        , runs_(runs)
        , judgements_(judgements) {}

    Result<Judgements> all();
    Result<TakenJudgements> add(const Judgements& judgements);

private:
    Status read_exclusions(Judgements& into);
    Status read_baselines(Judgements& into);
    Status read_verdicts(Judgements& into);
    Status read_gates(Judgements& into);

    Status add_exclusions(const Judgements& from, TakenJudgements& taken);
    Status add_baselines(const Judgements& from, TakenJudgements& taken);
    Status add_verdicts(const Judgements& from, TakenJudgements& taken);
    Status add_gates(const Judgements& from, TakenJudgements& taken);

    // Remembered: many judgements are about one run or series.
    Result<std::optional<std::int64_t>> run_id(const std::string& uuid);
    Result<std::optional<std::int64_t>> series_id(const std::string& key);

    sql::Connection& db_;
    SqlRuns& runs_;
    SqlJudgements& judgements_;
    std::map<std::string, std::optional<std::int64_t>> run_ids_, series_ids_;
};

} // namespace assay::history
