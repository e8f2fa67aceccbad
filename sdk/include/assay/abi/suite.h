/* Assay plugin ABI, kind "assay.suite/1": measured operations and how the host drives them.
 *
 * A suite declares families with axes; the host expands the axes into cases, filters, names and
 * orders them. The life of one suite object:
 *
 *   create -> case_at(0), case_at(1), ... NULL -> [case]* -> destroy                     [control]
 *   case:  open -> verify -> per lane: lane_enter -> { prepare -> run -> finish }* -> lane_leave
 *          -> close
 *
 *   after a failed     the host calls
 *   create             nothing; *out is ignored
 *   open               nothing of this case; *out is ignored (SKIP and UNAVAILABLE likewise)
 *   verify             close
 *   lane_enter         lane_leave of the lanes that were entered, close
 *   prepare            neither run nor finish of that batch; lane_leave, close
 *   run                finish of that batch, lane_leave, close
 *   finish             lane_leave, close
 *
 * One case of a suite object is open at a time. Thread tags: [control] one thread at a time per
 * suite object; [lane] the thread of that lane, always the same for prepare, run and finish, so
 * that memory touched first in prepare is local; lanes run at once only with ASSAY_CASE_THREADS. */
#ifndef ASSAY_ABI_SUITE_H
#define ASSAY_ABI_SUITE_H
#include "host.h"

ASSAY_ABI_BEGIN

#define ASSAY_KIND_SUITE "assay.suite/1"
typedef struct assay_suite assay_suite; /* the plugin's own; opaque to the host */
typedef struct assay_case assay_case;   /* likewise */

/* ---- axes ---- */

/* ZIP: advances together with the axis before it, which has as many values. */
enum { ASSAY_AXIS_CROSS = 0, ASSAY_AXIS_ZIP = 1 };

/* VARIANT: the values are ways to do the same work (full or cached, ours or a peer). The host
 * reports `speedup` = time of the reference value / time of this one, case by case. */
enum { ASSAY_AXIS_VARIANT = 1u << 0 };

/* A dimension that a family varies over. Lives as long as the suite object that returned it. */
typedef struct assay_axis {
    uint32_t struct_size;
    int32_t type;      /* ASSAY_T_I64, F64, BOOL or STR; of every value */
    uint32_t mode;     /* ASSAY_AXIS_CROSS or ZIP */
    uint32_t n_values; /* at least 1 */
    assay_str name;    /* [a-z0-9_]+; becomes part of the case's stable id */
    assay_str unit;    /* UCUM, or absent */
    assay_str help;
    const assay_value* values; /* n_values of them, no two equal */
    uint32_t flags;            /* ASSAY_AXIS_VARIANT */
    uint32_t reference;        /* VARIANT: index of the value that is compared with */
    uint64_t quick_mask; /* bit i: value i belongs to mode quick; 0 = all. From the 65th on: all */
    uint64_t standard_mask; /* likewise for mode standard; comprehensive always takes all */
} assay_axis;

/* ---- metrics beside time ---- */
enum {
    ASSAY_METRIC_GATE = 1u << 0, /* candidate for gating; needs a direction */
    ASSAY_METRIC_EXACT = 1u << 1 /* the same seed gives the same figure: compared for equality */
};

/* A figure that the cases of a family report by host->metric(). Reserved keys, made by the host:
 * time, wall_time, cpu_time, setup_time, first_iteration, peak_rss, instructions, allocations,
 * items_rate, bytes_rate, speedup, time_saved. */
typedef struct assay_metric_def {
    uint32_t struct_size;
    int32_t direction;  /* ASSAY_DIR_* */
    int32_t aggregate;  /* ASSAY_AGG_* */
    int32_t provenance; /* ASSAY_PROV_*; 0 is refused */
    uint32_t flags;     /* ASSAY_METRIC_* */
    uint32_t numerator; /* AGG_RATIO: indexes of two metrics of this family that are sums */
    uint32_t denominator;
    uint32_t reserved;
    assay_str key;       /* [a-z0-9_.]+ */
    assay_str unit;      /* UCUM, e.g. "ns", "By", "{hit}/{op}", "1" */
    assay_str help;      /* what it counts; for derived figures how it is computed */
    assay_str companion; /* key of the metric without which this one says nothing, or absent */
} assay_metric_def;

/* ---- families ---- */

/* What one iteration is. The author chooses; 0 is refused; results of different shapes are never
 * compared. */
enum {
    ASSAY_SHAPE_CHAIN = 1,       /* each iteration needs the result of the one before: latency */
    ASSAY_SHAPE_INDEPENDENT = 2, /* iterations may overlap in the processor: throughput */
    ASSAY_SHAPE_SINGLE = 3,      /* iterations is always 1: long or end-to-end work */
    ASSAY_SHAPE_LATENCY = 4,     /* run() stores the duration of every operation: percentiles */
    ASSAY_SHAPE_MANUAL = 5       /* time = batch->manual_ns (GPU, asynchronous work) */
};

/* What a timed batch loads, and is disturbed through; 0 = CORES|MEMORY. */
enum {
    ASSAY_DOMAIN_CORES = 1u << 0,
    ASSAY_DOMAIN_MEMORY = 1u << 1,
    ASSAY_DOMAIN_DISK = 1u << 2,
    ASSAY_DOMAIN_NETWORK = 1u << 3,
    ASSAY_DOMAIN_GPU = 1u << 4
};

enum {
    ASSAY_CASE_THREADS = 1u << 0,   /* max_lanes lanes may be in run() of one assay_case at once */
    ASSAY_CASE_NO_INPROC = 1u << 1, /* forks, installs signal handlers, allocates without bound */
    ASSAY_CASE_EXCLUSIVE = 1u << 2, /* nothing else may be measured at the same time */
    ASSAY_CASE_DETERMINISTIC = 1u << 3, /* equal seed: equal instructions */
    ASSAY_CASE_STATEFUL = 1u << 4       /* iterations change what later ones cost */
};

/* A family of cases. The strings and lists live as long as the suite object that returned it. */
typedef struct assay_case_def {
    uint32_t struct_size;
    uint32_t flags; /* ASSAY_CASE_* */
    assay_str name; /* [a-z0-9_]+, unique in the suite */
    assay_str help;
    assay_str tags;     /* comma-separated, or absent */
    int32_t shape;      /* ASSAY_SHAPE_* */
    int32_t clock;      /* ASSAY_CLOCK_* */
    uint32_t domains;   /* ASSAY_DOMAIN_* */
    uint32_t max_lanes; /* 0 = 1 */
    uint32_t n_axes;
    uint32_t n_metrics;
    const assay_axis* const* axes;
    const assay_metric_def* const* metrics;
    uint64_t max_iterations; /* of one batch; 0 = no limit */
    uint64_t
        bytes_per_iteration; /* memory that prepare() holds per iteration; 0 = none or unknown */
    double timeout_s;        /* of one launch; 0 = the host's default */
    double margin; /* smallest relative change of time that matters, e.g. 0.02; 0 = the host's
                      default */
    uint64_t user; /* the plugin's own; comes back in assay_open_args.def */
} assay_case_def;

/* Which case to open. Valid during open() only; `def` is the pointer that case_at() returned. */
typedef struct assay_open_args {
    uint32_t struct_size;
    uint32_t lanes; /* lanes that will enter, 1 to max_lanes */
    const assay_case_def* def;
    const assay_value* params; /* def->n_axes of them, in the order of the axes */
    uint64_t seed;             /* the same seed must give the same data */
    assay_str case_id;         /* "matrix/cache_hit[n=64,dtype=f32]"; copy it to keep it */
} assay_open_args;

/* ---- batches ---- */

/* Counters of assay/clock.h: x86 time stamp counter, arm64 virtual counter. */
enum { ASSAY_TICKS_NS = 0, ASSAY_TICKS_TSC = 1, ASSAY_TICKS_CNTVCT = 2 };

/* One batch: the same object goes through prepare, run and finish of one lane. "in" fields are set
 * by the host and read-only; "out" fields are preset by the host (0 unless said) and set by the
 * plugin. */
typedef struct assay_batch {
    uint32_t struct_size;
    uint32_t lane;          /* in: 0 to lanes - 1 */
    uint64_t iterations;    /* in: do exactly this many unless cancelled */
    uint64_t seed;          /* in: equal seed, lane and iterations = equal inputs */
    const uint32_t* cancel; /* in: non-zero = stop; read it relaxed every few ms of work */
    uint32_t lanes;         /* in */
    uint32_t warmup;        /* in: 1 when the batch is thrown away */
    uint64_t* latency;      /* in: SHAPE_LATENCY: room for `iterations` durations; else NULL */
    uint32_t
        latency_ticks; /* in: the counter the host has calibrated; out: the one that was used */
    uint32_t reserved;
    uint64_t n_latency; /* out: durations stored */
    uint64_t done;      /* out: preset to iterations; lower it after a cancellation */
    uint64_t manual_ns; /* out: SHAPE_MANUAL */
    uint64_t items;     /* out: items worked on, for a rate; run or finish */
    uint64_t bytes;     /* out: bytes worked on, likewise */
    uint64_t checksum;  /* out: digest of the results, a function of seed, lane and iterations only;
                           0 = none; run or finish */
} assay_batch;

/* ---- the interface ---- */
typedef struct assay_suite_v1 {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    assay_str
        config_schema; /* JSON Schema draft-07, the documented subset; absent = no configuration */

    /* Makes a suite object. `config_json` was validated by the host, has its defaults filled in and
     * sorted keys ("{}" without schema); it is borrowed. `host` lives as long as the process,
     * `scope` until destroy(). Cheap: data and connections belong into open(). [control] */
    assay_status (*create)(const assay_host* host,
                           assay_scope* scope,
                           assay_str config_json,
                           assay_suite** out) ASSAY_NOEXCEPT;

    /* Ends it; no case is open. Cannot fail. [control] */
    void (*destroy)(assay_suite* suite) ASSAY_NOEXCEPT;

    /* Definition number `index`, NULL past the end; the same for equal configurations in every
     * process. Cheap, no I/O. What it points at lives until destroy(). [control] */
    const assay_case_def* (*case_at)(assay_suite* suite, uint32_t index)ASSAY_NOEXCEPT;

    /* Set-up of one case, untimed (its wall time is recorded as setup_time). `scope` lives until
     * close(); `args` only during the call. ASSAY_SKIP = this combination makes no sense,
     * ASSAY_UNAVAILABLE = something it needs is missing: both with a text through host->fail().
     * ASSAY_OK: *out is the open case, not NULL. [control] */
    assay_status (*open)(assay_suite* suite,
                         assay_scope* scope,
                         const assay_open_args* args,
                         assay_case** out) ASSAY_NOEXCEPT;

    /* Checks correctness BEFORE anything is timed, on the very objects that will be timed. Once
     * after open(), possibly skipped in later launches of the same build. ASSAY_E_VERIFY = the
     * result is wrong. ASSAY_SKIP = this family claims nothing. NULL = no family of this suite
     * does; both are shown as "not verified". [control] */
    assay_status (*verify)(assay_case* c, assay_scope* scope) ASSAY_NOEXCEPT;

    /* Optional (may be NULL). Untimed, once per lane, on its thread, before its first batch. [lane]
     */
    assay_status (*lane_enter)(assay_case* c, uint32_t lane) ASSAY_NOEXCEPT;

    /* Optional. Untimed, before every run(): makes the inputs of all iterations of this batch.
     * ASSAY_E_NOMEM = come back with fewer iterations. All lanes' prepare end before any run
     * starts. [lane] */
    assay_status (*prepare)(assay_case* c, assay_batch* batch) ASSAY_NOEXCEPT;

    /* THE measured call, and nothing else is: the loop over `iterations` is compiled in here. May
     * be called with 0 iterations. Negative = the batch is worthless and the case ends. [lane] */
    assay_status (*run)(assay_case* c, assay_batch* batch) ASSAY_NOEXCEPT;

    /* Optional. Untimed, after every run(), also a failed one: destroys outputs, reports metrics,
     * digests. [lane] */
    assay_status (*finish)(assay_case* c, assay_batch* batch) ASSAY_NOEXCEPT;

    /* Optional. Untimed, once per lane that was entered, on its thread. Cannot fail. [lane] */
    void (*lane_leave)(assay_case* c, uint32_t lane) ASSAY_NOEXCEPT;

    /* Ends the case: last metrics, tear-down. Cannot fail. [control] */
    void (*close)(assay_case* c) ASSAY_NOEXCEPT;
} assay_suite_v1;

ASSAY_ABI_END
#endif
