/* Assay plugin ABI, kind "assay.importer/1": foreign bytes in, the same events out.
 *
 *   probe (each importer) -> parse (the best one)                                      [control]
 *
 * Importers run in a worker process: their input is hostile. Every read is bounded by the lengths
 * given; a bad file is a negative status with a text that says where, never a crash. */
#ifndef ASSAY_ABI_IMPORTER_H
#define ASSAY_ABI_IMPORTER_H
#include "event.h"
#include "host.h"

ASSAY_ABI_BEGIN

#define ASSAY_KIND_IMPORTER "assay.importer/1"

/* Takes the events of one parse(). Belongs to the host, lives during that call. */
typedef struct assay_emit {
    uint32_t struct_size;
    uint32_t reserved;
    void* self; /* first argument of event() */

    /* Copies one event. Negative: stop and return that status from parse(). [control] */
    assay_status (*event)(void* self, const assay_event* ev) ASSAY_NOEXCEPT;
} assay_emit;

typedef struct assay_importer_v1 {
    uint32_t struct_size;
    uint32_t flags;           /* 0 */
    assay_str options_schema; /* as assay_suite_v1.config_schema */
    assay_str extensions;     /* ".json,.csv", a hint only */

    /* How sure, 0 (not mine) to 100, from the name and the first 64 KiB (`head`; the whole file has
     * total_size bytes). No I/O; both strings are borrowed. [control] */
    int32_t (*probe)(assay_str file_name, assay_str head, uint64_t total_size) ASSAY_NOEXCEPT;

    /* Emits RUN_BEGIN, one CASE_END with stats per result (provenance external, unknown doubles
     * NaN), RUN_END. All arguments are borrowed. Equal bytes give equal events. [control] */
    assay_status (*parse)(const assay_host* host,
                          assay_scope* scope,
                          assay_str options_json,
                          assay_str file_name,
                          assay_str bytes,
                          const assay_emit* out) ASSAY_NOEXCEPT;
} assay_importer_v1;

ASSAY_ABI_END
#endif
