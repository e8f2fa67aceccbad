// What was said about runs, in terms that mean the same in every store: a run by its uuid, a series
// by its key. It only grows: two of these make a union, so order and repetition do not matter.
//
//   Result<Judgements> said = from.judgements();
//   Result<TakenJudgements> taken = into.add_judgements(*said);
//   // taken->left_out: about runs or series that `into` does not have
//
// Plain values.
#pragma once

#include "history/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::history {

// Every point of a case in a run counts no more. That somebody took it back does not travel.
struct Exclusion {
    std::string run_uuid, case_id;
};

// `series`: series_key(); the number of the series and of rows in the row itself mean nothing.
struct ToldBaseline {
    std::string series;
    BaselineRow row = {};
};

struct ToldVerdict {
    std::string series;
    VerdictRow row = {};
};

struct ToldGate {
    std::string series; // empty: of the run as a whole
    GateRow row = {};
};

struct Judgements {
    std::vector<Exclusion> exclusions = {};
    std::vector<ToldBaseline> baselines = {}; // all there ever were, oldest first
    std::vector<ToldVerdict> verdicts = {};
    std::vector<ToldGate> gates = {};
};

struct TakenJudgements {
    std::size_t exclusions = 0, baselines = 0, verdicts = 0, gates = 0; // new ones
    std::size_t known = 0;
    std::size_t left_out = 0; // of a run or series that is not there, or of a kind not known

    [[nodiscard]] std::size_t added() const noexcept {
        return exclusions + baselines + verdicts + gates;
    }
};

} // namespace assay::history
