/* Assay plugin ABI, kind "assay.reporter/1": turns events into bytes.
 *
 *   create -> on_event* -> finish -> destroy                                           [control]
 *
 * A reporter runs in the host, on a thread of its own. It writes only through its sink: the host
 * opens a temporary file, renames it into place after a successful finish, and owns stdout. A
 * failing reporter is ended by the host (destroy, no finish) and does not stop the others. */
#ifndef ASSAY_ABI_REPORTER_H
#define ASSAY_ABI_REPORTER_H
#include "event.h"
#include "host.h"

ASSAY_ABI_BEGIN

#define ASSAY_KIND_REPORTER "assay.reporter/1"
typedef struct assay_reporter assay_reporter; /* the plugin's own; opaque to the host */

/* Where the bytes go. Belongs to the host and lives until the reporter's destroy(). */
typedef struct assay_sink {
    uint32_t struct_size;
    uint32_t is_terminal; /* 1: colour and redrawing make sense */
    int32_t columns;      /* width of the terminal; 0 = unknown */
    uint32_t reserved;
    void* self; /* first argument of both functions */

    /* Takes all of the bytes or fails (disk full, closed pipe): return that status. The bytes are
     * copied or written before it returns. [control] */
    assay_status (*write)(void* self, assay_str bytes) ASSAY_NOEXCEPT;

    /* A further file beside this one, for assets; a relative name without "..". *out lives as long
     * as this sink and is renamed together with it. [control] */
    assay_status (*open_extra)(void* self,
                               assay_str relative_name,
                               const struct assay_sink** out) ASSAY_NOEXCEPT;
} assay_sink;

typedef struct assay_reporter_v1 {
    uint32_t struct_size;
    uint32_t flags;           /* 0 */
    assay_str options_schema; /* as assay_suite_v1.config_schema */
    assay_str default_name;   /* "report.html", below assay-report/; absent = stdout */

    /* Before the first event. `options_json` was validated, has its defaults, and is borrowed.
     * `out` and `scope` live until destroy(). Negative: nothing of this reporter follows. [control]
     */
    assay_status (*create)(const assay_host* host,
                           assay_scope* scope,
                           assay_str options_json,
                           const assay_sink* out,
                           assay_reporter** rep) ASSAY_NOEXCEPT;

    /* Every event of the run, in order; borrowed. Unknown kinds: return ASSAY_OK. [control] */
    assay_status (*on_event)(assay_reporter* rep, const assay_event* ev) ASSAY_NOEXCEPT;

    /* After the last event, also when the run was cancelled: write what is outstanding. [control]
     */
    assay_status (*finish)(assay_reporter* rep) ASSAY_NOEXCEPT;

    /* Always last. Cannot fail. [control] */
    void (*destroy)(assay_reporter* rep) ASSAY_NOEXCEPT;
} assay_reporter_v1;

ASSAY_ABI_END
#endif
