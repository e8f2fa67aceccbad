/* Assay plugin ABI, golden layout on LP64: a change here is an ABI break, or an append that must
 * raise ASSAY_ABI_MINOR. Sizes and turning points only; tests/abi pins every field with its type.
 */
#ifndef ASSAY_ABI_LAYOUT_H
#define ASSAY_ABI_LAYOUT_H
#include "event.h"
#include "host.h"
#include "importer.h"
#include "library.h"
#include "reporter.h"
#include "suite.h"

/* clang-format off */
#if defined(__LP64__)
static_assert(sizeof(void *) == 8 && sizeof(double) == 8, "assay ABI");
static_assert(sizeof(assay_str) == 16 && sizeof(assay_value) == 24 && sizeof(assay_provided) == 40, "assay ABI");
static_assert(sizeof(assay_host) == 104 && offsetof(assay_host, fail) == 40 && offsetof(assay_host, service) == 96, "assay ABI");
static_assert(sizeof(assay_json_v1) == 16 && sizeof(assay_parallel_v1) == 24, "assay ABI");
static_assert(sizeof(assay_axis) == 96 && offsetof(assay_axis, values) == 64 && offsetof(assay_axis, quick_mask) == 80, "assay ABI");
static_assert(sizeof(assay_metric_def) == 96 && offsetof(assay_metric_def, key) == 32, "assay ABI");
static_assert(offsetof(assay_metric_def, companion) == 80, "assay ABI");
static_assert(sizeof(assay_case_def) == 136 && offsetof(assay_case_def, shape) == 56 && offsetof(assay_case_def, axes) == 80, "assay ABI");
static_assert(offsetof(assay_case_def, max_iterations) == 96 && offsetof(assay_case_def, user) == 128, "assay ABI");
static_assert(sizeof(assay_open_args) == 48 && offsetof(assay_open_args, params) == 16, "assay ABI");
static_assert(sizeof(assay_batch) == 104 && offsetof(assay_batch, latency) == 40 && offsetof(assay_batch, done) == 64, "assay ABI");
static_assert(offsetof(assay_batch, manual_ns) == 72 && offsetof(assay_batch, checksum) == 96, "assay ABI");
static_assert(sizeof(assay_suite_v1) == 112 && offsetof(assay_suite_v1, open) == 48 && offsetof(assay_suite_v1, run) == 80, "assay ABI");
static_assert(sizeof(assay_stats) == 272 && offsetof(assay_stats, min) == 120 && offsetof(assay_stats, samples) == 256, "assay ABI");
static_assert(sizeof(assay_comparison) == 104 && offsetof(assay_comparison, ratio) == 40, "assay ABI");
static_assert(sizeof(assay_event) == 120 && offsetof(assay_event, json) == 88 && offsetof(assay_event, comparisons) == 112, "assay ABI");
static_assert(sizeof(assay_sink) == 40 && sizeof(assay_reporter_v1) == 72 && offsetof(assay_reporter_v1, on_event) == 48, "assay ABI");
static_assert(sizeof(assay_emit) == 24 && sizeof(assay_importer_v1) == 56 && offsetof(assay_importer_v1, parse) == 48, "assay ABI");
static_assert(sizeof(assay_plugin) == 72 && offsetof(assay_plugin, provided) == 64, "assay ABI");
#endif
/* clang-format on */
#endif
