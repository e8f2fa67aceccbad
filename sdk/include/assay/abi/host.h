/* Assay plugin ABI, host services: what a plugin may call.
 *
 *   host->fail(scope, ASSAY_E_IO, text);  return ASSAY_E_IO;
 *
 * All functions may be called from any thread, at once, between the entry function and the end of
 * the process; `scope` must not be used after its object is gone (destroy, close). Inside run()
 * only now_ns and the service assay.parallel/1 are allowed, because everything else would be timed;
 * the failure of a run is the exception: fail() just before its negative return. */
#ifndef ASSAY_ABI_HOST_H
#define ASSAY_ABI_HOST_H
#include "types.h"

ASSAY_ABI_BEGIN

typedef struct assay_host {
    uint32_t struct_size;
    uint32_t abi_minor; /* the minor this host speaks */
    assay_str name;     /* "assay" */
    assay_str version;  /* of the host program, for messages only */

    /* Says why the call that follows returns `code`. The one channel of errors: call it once, just
     * before the return; the last text counts. scope = what was passed to the failing call, or to
     * the open() or create() that made the object; NULL = the library itself (entry, case_at). The
     * text is copied. [any] */
    void (*fail)(assay_scope* scope, assay_status code, assay_str text) ASSAY_NOEXCEPT;

    /* One line for the log of the run. level: ASSAY_LOG_*. Copied. [any] */
    void (*log)(assay_scope* scope, int32_t level, assay_str text) ASSAY_NOEXCEPT;

    /* How far a long create, open, verify, parse or finish is, 0 to 1. Copied. [any] */
    void (*progress)(assay_scope* scope, double done_0_to_1, assay_str what) ASSAY_NOEXCEPT;

    /* 1 once the host wants out (Ctrl-C, deadline, fail-fast): return ASSAY_E_CANCELLED soon.
     * Inside a batch read batch->cancel instead. [any] */
    uint32_t (*cancelled)(assay_scope* scope) ASSAY_NOEXCEPT;

    /* One observation of the metric number `index` of the case that `scope` belongs to; from
     * verify, finish or close. A metric that never got one is reported unavailable, not 0. NaN,
     * infinities and an index out of range are dropped with a line in the log. [any] */
    void (*metric)(assay_scope* scope, uint32_t index, double value) ASSAY_NOEXCEPT;

    /* Keeps a document (effective configuration, convergence trace, ...) with the result of
     * `scope`. Copied. Negative: not kept (too large, no memory); the plugin may go on. [any] */
    assay_status (*attach)(assay_scope* scope,
                           assay_str name,
                           assay_str media_type,
                           assay_str bytes) ASSAY_NOEXCEPT;

    /* Nanoseconds of the clock the host times with, for manual timing. [any, also in run] */
    uint64_t (*now_ns)(void) ASSAY_NOEXCEPT;

    /* An optional service by its id, NULL when this host has none of that id. What it returns lives
     * as long as the process. [any] */
    const void* (*service)(assay_str id)ASSAY_NOEXCEPT;
} assay_host;

/* ---- service "assay.json/1": reads JSON, so that a C or Rust suite needs no JSON library ---- */
#define ASSAY_SERVICE_JSON "assay.json/1"

typedef struct assay_json_v1 {
    uint32_t struct_size;
    uint32_t reserved;

    /* The value at `pointer` (RFC 6901, "" = the whole) of `doc`, a text that the host gave:
     * configuration, options, event.
     * want_type I64: an integer that fits; F64: any number; BOOL; STR: the decoded string;
     * JSON: any value, as compact JSON text in out->u.str.
     * ASSAY_OK: *out is filled, out->type = want_type. ASSAY_SKIP: the pointer leads nowhere.
     * ASSAY_E_CONFIG: a value of another type, or no JSON. *out is touched only on ASSAY_OK.
     * A string in *out belongs to the host and lives until the next get() on the same thread. No
     * text goes through fail(). [any] */
    assay_status (*get)(assay_str doc, assay_str pointer, int32_t want_type, assay_value* out)
        ASSAY_NOEXCEPT;
} assay_json_v1;

/* ---- service "assay.parallel/1": the host's oneTBB arena, so that suites need not link TBB ----
 */
#define ASSAY_SERVICE_PARALLEL "assay.parallel/1"

typedef struct assay_parallel_v1 {
    uint32_t struct_size;
    uint32_t reserved;

    /* Threads that for_each may use for this scope, at least 1. [any, also in run] */
    uint32_t (*concurrency)(assay_scope* scope) ASSAY_NOEXCEPT;

    /* Calls body(user, begin, end) over disjoint pieces of [0, n), each of about `grain` (0 = the
     * host chooses), on several threads including this one; returns when all have returned. n = 0:
     * nothing. Negative: not every piece was called (cancelled). `user` stays the caller's. [any,
     * also in run] */
    assay_status (*for_each)(assay_scope* scope,
                             uint64_t n,
                             uint64_t grain,
                             void* user,
                             void (*body)(void* user, uint64_t begin, uint64_t end)
                                 ASSAY_NOEXCEPT) ASSAY_NOEXCEPT;
} assay_parallel_v1;

ASSAY_ABI_END
#endif
