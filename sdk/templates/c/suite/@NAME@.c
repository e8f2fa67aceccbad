/* The suite "@NAME@" in C11. Replace `sum` by what you want to measure; assay/plugin.h says who may call
 * what, when and on which thread. */
#include <assay/plugin.h>

#include <stdlib.h>

ASSAY_MANIFEST(manifest,
               "{\"assay\":1,\"id\":\"@ID@\",\"version\":\"0.1.0\","
               "\"provides\":[{\"kind\":\"assay.suite/1\",\"name\":\"@NAME@\"}]}");

/* The compiler must compute `value` and may not move work across this line. */
#define KEEP(value) __asm__ volatile("" : : "r"(value) : "memory")

/* ---- one family, "sum", over the axis "n" ---- */

static const assay_value sizes[] = {
    {ASSAY_T_I64, 0, {64}}, {ASSAY_T_I64, 0, {4096}}, {ASSAY_T_I64, 0, {1048576}}};
static const assay_axis size_axis = {.struct_size = sizeof size_axis,
                                     .type = ASSAY_T_I64,
                                     .n_values = 3,
                                     .name = ASSAY_STR("n"),
                                     .unit = ASSAY_STR("{number}"),
                                     .values = sizes,
                                     .quick_mask = 2}; /* bit 1: quick takes 4096 only */
static const assay_axis *const axes[] = {&size_axis};
static const assay_case_def family = {.struct_size = sizeof family,
                                      .flags = ASSAY_CASE_DETERMINISTIC,
                                      .name = ASSAY_STR("sum"),
                                      .help = ASSAY_STR("sum of n numbers"),
                                      .shape = ASSAY_SHAPE_INDEPENDENT,
                                      .n_axes = 1,
                                      .axes = axes};

/* ---- the suite object ---- */

struct assay_suite {
    const assay_host *host;
};

static assay_status
create(const assay_host *host, assay_scope *scope, assay_str config, assay_suite **out) {
    (void)config;
    assay_suite *suite = malloc(sizeof *suite);
    if (suite == NULL) {
        host->fail(scope, ASSAY_E_NOMEM, (assay_str)ASSAY_STR("no memory for the suite"));
        return ASSAY_E_NOMEM;
    }
    suite->host = host;
    *out = suite;
    return ASSAY_OK;
}

static void destroy(assay_suite *suite) {
    free(suite);
}

static const assay_case_def *case_at(assay_suite *suite, uint32_t index) {
    (void)suite;
    return index == 0 ? &family : NULL;
}

/* ---- an open case ---- */

struct assay_case {
    const assay_host *host;
    size_t n;
    uint64_t values[];
};

static assay_status
open_case(assay_suite *suite, assay_scope *scope, const assay_open_args *args, assay_case **out) {
    const size_t n = (size_t)args->params[0].u.i64;
    assay_case *c = malloc(sizeof *c + n * sizeof c->values[0]);
    if (c == NULL) {
        suite->host->fail(scope, ASSAY_E_NOMEM, (assay_str)ASSAY_STR("no memory for the numbers"));
        return ASSAY_E_NOMEM;
    }
    c->host = suite->host;
    c->n = n;
    for (size_t i = 0; i < n; i++) {
        c->values[i] = i + 1;
    }
    *out = c;
    return ASSAY_OK;
}

static uint64_t sum(const assay_case *c) {
    uint64_t total = 0;
    for (size_t i = 0; i < c->n; i++) {
        total += c->values[i];
    }
    return total;
}

static assay_status verify(assay_case *c, assay_scope *scope) {
    if (sum(c) != (uint64_t)c->n * (c->n + 1) / 2) {
        c->host->fail(scope, ASSAY_E_VERIFY, (assay_str)ASSAY_STR("the sum is wrong"));
        return ASSAY_E_VERIFY;
    }
    return ASSAY_OK;
}

/* The one measured function: the loop stands here. */
static assay_status run(assay_case *c, assay_batch *b) {
    for (uint64_t i = 0; i < b->iterations; i++) {
        const uint64_t total = sum(c);
        KEEP(total);
    }
    b->items = b->iterations * c->n;
    return ASSAY_OK;
}

static void close_case(assay_case *c) {
    free(c);
}

/* ---- the library ---- */

static const assay_suite_v1 suite_interface = {.struct_size = sizeof suite_interface,
                                               .create = create,
                                               .destroy = destroy,
                                               .case_at = case_at,
                                               .open = open_case,
                                               .verify = verify,
                                               .run = run,
                                               .close = close_case};
static const assay_provided provided[] = {
    {ASSAY_STR(ASSAY_KIND_SUITE), ASSAY_STR("@NAME@"), &suite_interface}};
static const assay_plugin plugin = {.struct_size = sizeof plugin,
                                    .abi_minor = ASSAY_ABI_MINOR,
                                    .id = ASSAY_STR("@ID@"),
                                    .version = ASSAY_STR("0.1.0"),
                                    .manifest = {manifest, sizeof manifest - 1},
                                    .n_provided = 1,
                                    .provided = provided};

const assay_plugin *assay_plugin_entry_v1(const assay_host *host) {
    (void)host;
    return &plugin;
}
