// What families report of a loop.
//
//   add_loop_metrics(family);
//   report_loop(host, log, 10);
#pragma once

#include "coordination/loop_log.hpp"
#include "coordination/thread_crew.hpp"

#include <assay/suite.hpp>

#include <span>
#include <string>

namespace assay::coordination_suite {

// Of the family `loop`: frequency, drift, and of each cycle lateness, jitter and busy time.
void add_loop_metrics(assay::family_builder family);
// Of the family `response`: of each answer of one module.
void add_response_metrics(assay::family_builder family);
// Of both: what was missed, skipped, asked and not answered.
void add_count_metrics(assay::family_builder family);

void report_loop(assay::context& host, const coordination::LoopLog& log, double rate);
void report_response(assay::context& host, std::span<const coordination::Time> responses);
void report_counts(assay::context& host,
                   const coordination::LoopLog& log,
                   const coordination::ThreadCrew& crew);

} // namespace assay::coordination_suite
