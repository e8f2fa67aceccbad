/* Assay plugin ABI, events: the one stream that reporters are given and importers give.
 *
 *   RUN_BEGIN { SUITE_BEGIN { CASE_BEGIN CASE_END }* SUITE_END }*
 *             { COMPARISON | GATE | ALERT | DOCUMENT }* RUN_END
 *
 * LOG and PROGRESS may stand anywhere; cases of different suites may interleave. An event and all
 * it points at are borrowed for the one call that passes it. Plain data; any thread. */
#ifndef ASSAY_ABI_EVENT_H
#define ASSAY_ABI_EVENT_H
#include "types.h"

ASSAY_ABI_BEGIN

enum {
    ASSAY_EV_RUN_BEGIN = 1,
    ASSAY_EV_SUITE_BEGIN = 2,
    ASSAY_EV_CASE_BEGIN = 3,
    ASSAY_EV_CASE_END = 4,
    ASSAY_EV_SUITE_END = 5,
    ASSAY_EV_RUN_END = 6,
    ASSAY_EV_PROGRESS = 7,
    ASSAY_EV_LOG = 8,
    ASSAY_EV_COMPARISON = 9,
    ASSAY_EV_GATE = 10,
    ASSAY_EV_ALERT =
        11, /* one alert; a negative return = not delivered, the host keeps it and retries */
    ASSAY_EV_DOCUMENT = 12 /* a whole document in `json` (history slice, report model) */
};

/* How a case ended. Only PASSED has a time that may be compared. */
enum {
    ASSAY_CASE_PASSED = 0,
    ASSAY_CASE_SKIPPED = 1,
    ASSAY_CASE_FAILED = 2,
    ASSAY_CASE_WRONG_RESULT = 3,
    ASSAY_CASE_TIMED_OUT = 4,
    ASSAY_CASE_CRASHED = 5,
    ASSAY_CASE_CANCELLED = 6,
    ASSAY_CASE_UNAVAILABLE = 7
};

/* The statistics of one metric of one case. A double that is not known is NaN. Times are in
 * seconds, sizes in bytes. */
typedef struct assay_stats {
    uint32_t struct_size;
    int32_t direction; /* ASSAY_DIR_* */
    assay_str key;
    assay_str unit;
    int32_t provenance;  /* ASSAY_PROV_* */
    int32_t aggregate;   /* ASSAY_AGG_* */
    int32_t clock;       /* ASSAY_CLOCK_*, of times */
    uint32_t flags;      /* ASSAY_METRIC_* */
    uint64_t n;          /* samples over all launches; 0 = unavailable */
    uint64_t iterations; /* per slice */
    uint64_t n_launches;
    uint64_t preempted; /* slices with a known cause of being odd; labelled, never removed */
    uint64_t faulted;
    uint64_t migrated;
    uint64_t outliers_mild;   /* beyond 1.5 interquartile ranges */
    uint64_t outliers_severe; /* beyond 3 */
    double min;
    double max;
    double mean;
    double median; /* the headline: median over launches of the launch medians */
    double stddev;
    double mad;
    double cv;
    double p05;
    double p25;
    double p75;
    double p90;
    double p95;
    double p99;
    double p999;
    double ci_lo; /* interval of the median over launches */
    double ci_hi;
    double ci_level;       /* 0.95 */
    const double* samples; /* n of them, in the order taken; NULL when not kept */
    const double*
        launch_medians; /* n_launches of them, the independent observations; NULL when not kept */
} assay_stats;

enum {
    ASSAY_VERDICT_SAME = 0,
    ASSAY_VERDICT_SLOWER = 1,
    ASSAY_VERDICT_FASTER = 2,
    ASSAY_VERDICT_UNDECIDED = 3
};

/* One metric of one case in two builds. slower = worse, whatever the metric. */
typedef struct assay_comparison {
    uint32_t struct_size;
    int32_t verdict; /* ASSAY_VERDICT_* */
    assay_str key;
    int32_t direction; /* ASSAY_DIR_* */
    int32_t clock;     /* ASSAY_CLOCK_* */
    uint32_t pairs;    /* pairs of launches, the independent observations */
    uint32_t flags;    /* ASSAY_METRIC_* */
    double ratio;      /* new / old */
    double lo;         /* its always-valid interval */
    double hi;
    double level;        /* 0.95 */
    double margin;       /* as a fraction */
    double log_e_slower; /* natural logarithms of the e-values */
    double log_e_faster;
    double log_e_same;
} assay_comparison;

typedef struct assay_event {
    uint32_t struct_size;
    int32_t kind;      /* ASSAY_EV_*; ignore kinds you do not know */
    uint64_t seq;      /* 1, 2, 3, ... within a run */
    uint64_t unix_ns;  /* nanoseconds since 1970, UTC */
    assay_str suite;   /* absent where it does not apply */
    assay_str case_id; /* likewise */
    int32_t status;    /* CASE_END: ASSAY_CASE_* */
    uint32_t n_stats;
    const assay_stats* const*
        stats;      /* CASE_END: [0] is time per iteration, then the custom metrics */
    assay_str text; /* why it failed, "SIGSEGV at ...", the log line, ... */
    assay_str json; /* the whole event, schema "assay.event/1": also everything that is not above */
    int32_t shape;  /* CASE_*: ASSAY_SHAPE_* */
    uint32_t n_comparisons;
    const assay_comparison* const* comparisons; /* COMPARISON */
} assay_event;

ASSAY_ABI_END
#endif
