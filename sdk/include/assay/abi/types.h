/* Assay plugin ABI, types: texts, values, statuses, the words that several interfaces share, and
 * how a struct may grow.
 *
 *   assay_str name = ASSAY_STR("lookup");
 *   if (ASSAY_HAS(host, assay_host, service)) ...
 *
 * Plain values; any thread. */
#ifndef ASSAY_ABI_TYPES_H
#define ASSAY_ABI_TYPES_H
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* The major is in the name of the entry function; the minor grows with every appended field. */
#define ASSAY_ABI_MAJOR 1u
#define ASSAY_ABI_MINOR 0u

#ifdef __cplusplus
/* Part of the function types: the compiler refuses a plugin function that may throw. */
#define ASSAY_NOEXCEPT noexcept
#define ASSAY_EXTERN_C extern "C"
#define ASSAY_ABI_BEGIN extern "C" {
#define ASSAY_ABI_END }
#else
#define ASSAY_NOEXCEPT
#define ASSAY_EXTERN_C
#define ASSAY_ABI_BEGIN
#define ASSAY_ABI_END
#endif

#if defined(_WIN32)
#define ASSAY_EXPORT __declspec(dllexport)
#else
#define ASSAY_EXPORT __attribute__((visibility("default")))
#endif

/* Whether the struct behind p, filled by the other side, is large enough to hold the field. Needed
 * for fields that were appended after minor 0 of its type; fields of minor 0 are always there. */
#define ASSAY_HAS(p, T, field) ((p)->struct_size >= offsetof(T, field) + sizeof((p)->field))

/* Initialises an assay_str from a string literal. */
#define ASSAY_STR(lit)                                                                             \
    { (lit), sizeof(lit) - 1 }

ASSAY_ABI_BEGIN

/* Text: UTF-8, need not end in NUL. {NULL, 0} = absent, which is not the same as empty. Frozen. */
typedef struct assay_str {
    const char* data;
    uint64_t len; /* bytes */
} assay_str;

/* What a call came to. Negative = failure; the text has gone through host->fail() before the
 * return. Unknown positive statuses count as success. */
typedef int32_t assay_status;

enum {
    ASSAY_OK = 0,
    ASSAY_SKIP = 1, /* open: this combination makes no sense here. verify: nothing is claimed.
                       assay_json_v1.get: the pointer leads nowhere */
    ASSAY_UNAVAILABLE = 2, /* open: a server, device or data set is missing. Shown, never a pass */
    ASSAY_E_FAIL = -1,     /* anything without a code of its own */
    ASSAY_E_CONFIG = -2,   /* configuration, option or parameter is wrong */
    ASSAY_E_UNSUPPORTED = -3, /* the other side does not offer what is needed */
    ASSAY_E_VERIFY = -4,      /* the result is wrong: case status wrong_result, nothing is timed */
    ASSAY_E_CANCELLED = -5,   /* stopped because the host asked for it */
    ASSAY_E_NOMEM = -6,       /* out of memory; from prepare: come back with fewer iterations */
    ASSAY_E_IO = -7,          /* reading or writing failed */
    ASSAY_E_STATE = -8,       /* called in the wrong order or with an object that is not its own */
    ASSAY_E_EXCEPTION = -9    /* an exception or panic was caught at the boundary */
};

enum { ASSAY_LOG_DEBUG = 0, ASSAY_LOG_INFO = 1, ASSAY_LOG_WARN = 2, ASSAY_LOG_ERROR = 3 };

/* Types of a value. JSON occurs only in assay_json_v1.get: the compact text of any value. */
enum { ASSAY_T_I64 = 1, ASSAY_T_F64 = 2, ASSAY_T_BOOL = 3, ASSAY_T_STR = 4, ASSAY_T_JSON = 5 };

/* One value. I64 and BOOL (0 or 1) stand in u.i64, F64 in u.f64, STR and JSON in u.str. Frozen. */
typedef struct assay_value {
    int32_t type; /* ASSAY_T_* */
    int32_t reserved;

    union {
        int64_t i64;
        double f64;
        assay_str str;
    } u;
} assay_value;

enum { ASSAY_DIR_NONE = 0, ASSAY_DIR_LOWER_IS_BETTER = 1, ASSAY_DIR_HIGHER_IS_BETTER = 2 };

/* Where a figure comes from. 0 is refused: no figure without provenance. */
enum {
    ASSAY_PROV_MEASURED = 1, /* observed while the case ran: a clock, a counter, a count, a score */
    ASSAY_PROV_DERIVED = 2,  /* computed from other figures or from a model; `help` says how */
    ASSAY_PROV_EXTERNAL = 3  /* told by another program: a server's statistics, an imported file */
};

/* How the observations of ONE launch become one figure. Launches are never pooled: between them
 * stands the median. */
enum {
    ASSAY_AGG_SAMPLES = 0, /* observations are samples of a distribution; their median */
    ASSAY_AGG_SUM = 1,
    ASSAY_AGG_MAX = 2,
    ASSAY_AGG_LAST = 3,
    ASSAY_AGG_RATE = 4,  /* sum / seconds of the case's clock over the same batches */
    ASSAY_AGG_RATIO = 5, /* sum of metric `numerator` / sum of metric `denominator`: hit rates. It
                            gets no observations of its own */
    ASSAY_AGG_MIN = 6,
    ASSAY_AGG_MEAN = 7
};

/* Which clock makes `time`. AUTO: MANUAL by shape; WALL for several lanes and for the domains DISK,
 * NETWORK and GPU; else THREAD_CPU. The others are always recorded beside it. */
enum {
    ASSAY_CLOCK_AUTO = 0,
    ASSAY_CLOCK_WALL = 1,
    ASSAY_CLOCK_THREAD_CPU = 2,
    ASSAY_CLOCK_PROCESS_CPU = 3,
    ASSAY_CLOCK_MANUAL = 4
};

/* The host's handle for "what is running now": a library, suite, case, reporter or import. Given to
 * the plugin, passed back in host calls, never looked into. */
typedef struct assay_scope assay_scope;

ASSAY_ABI_END
#endif
