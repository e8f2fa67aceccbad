/* The suite "hashing": CRC-32 by two methods, and FNV-1a, over blocks of several sizes. A whole
 * plugin in C11: nothing is used but assay/plugin.h.
 *
 * The host calls, in this order: assay_plugin_entry_v1, create, case_at, open, verify, then
 * prepare?, run, finish for every batch, close, destroy. See assay/plugin.h for who may call what
 * when. */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

ASSAY_MANIFEST(manifest,
               "{\"assay\":1,\"id\":\"org.example.hashing\",\"version\":\"1.0.0\","
               "\"description\":\"CRC-32 and FNV-1a\",\"license\":\"Apache-2.0\","
               "\"provides\":[{\"kind\":\"assay.suite/1\",\"name\":\"hashing\"}]}");

/* The compiler must compute `value` and may not move work across this line. */
#define KEEP(value) __asm__ volatile("" : : "r"(value) : "memory")

/* ---- what is measured ---- */

typedef uint64_t (*hash_fn)(const unsigned char* data, size_t size);

static uint64_t crc32_bitwise(const unsigned char* data, size_t size) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
        }
    }
    return crc ^ 0xFFFFFFFFu;
}

static uint32_t crc_table[256];

static void make_crc_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
        }
        crc_table[byte] = crc;
    }
}

static uint64_t crc32_table(const unsigned char* data, size_t size) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < size; i++) {
        crc = (crc >> 8) ^ crc_table[(crc ^ data[i]) & 0xFFu];
    }
    return crc ^ 0xFFFFFFFFu;
}

static uint64_t fnv1a(const unsigned char* data, size_t size) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ data[i]) * 0x100000001B3u;
    }
    return hash;
}

/* ---- what the suite declares: families and their axes ---- */

enum { FAMILY_CRC32 = 0, FAMILY_FNV1A = 1, N_FAMILIES = 2 };

static const assay_value sizes[] = {
    {ASSAY_T_I64, 0, {64}}, {ASSAY_T_I64, 0, {4096}}, {ASSAY_T_I64, 0, {262144}}};
static const assay_axis size_axis = {.struct_size = sizeof size_axis,
                                     .type = ASSAY_T_I64,
                                     .n_values = 3,
                                     .name = ASSAY_STR("bytes"),
                                     .unit = ASSAY_STR("By"),
                                     .help = ASSAY_STR("size of the block"),
                                     .values = sizes,
                                     .quick_mask = 2}; /* quick takes the 4096 only */

/* Two ways to do the same work: the host reports how much faster the table is. */
static const assay_value methods[] = {{ASSAY_T_STR, 0, {.str = ASSAY_STR("bitwise")}},
                                      {ASSAY_T_STR, 0, {.str = ASSAY_STR("table")}}};
static const assay_axis method_axis = {.struct_size = sizeof method_axis,
                                       .type = ASSAY_T_STR,
                                       .n_values = 2,
                                       .name = ASSAY_STR("impl"),
                                       .values = methods,
                                       .flags = ASSAY_AXIS_VARIANT,
                                       .reference = 0};

static const assay_axis* const crc32_axes[] = {&size_axis, &method_axis};
static const assay_axis* const fnv1a_axes[] = {&size_axis};

static const assay_case_def families[N_FAMILIES] = {
    {.struct_size = sizeof(assay_case_def),
     .flags = ASSAY_CASE_DETERMINISTIC,
     .name = ASSAY_STR("crc32"),
     .help = ASSAY_STR("CRC-32 (IEEE 802.3) of a block"),
     .shape = ASSAY_SHAPE_INDEPENDENT,
     .n_axes = 2,
     .axes = crc32_axes,
     .user = FAMILY_CRC32},
    {.struct_size = sizeof(assay_case_def),
     .flags = ASSAY_CASE_DETERMINISTIC,
     .name = ASSAY_STR("fnv1a"),
     .help = ASSAY_STR("64-bit FNV-1a of a block"),
     .shape = ASSAY_SHAPE_INDEPENDENT,
     .n_axes = 1,
     .axes = fnv1a_axes,
     .user = FAMILY_FNV1A},
};

/* ---- the suite object ---- */

struct assay_suite {
    const assay_host* host;
};

static assay_status create(const assay_host* host,
                           assay_scope* scope,
                           assay_str config,
                           assay_suite** out) ASSAY_NOEXCEPT {
    (void)config;
    assay_suite* suite = malloc(sizeof *suite);
    if (suite == NULL) {
        host->fail(scope, ASSAY_E_NOMEM, (assay_str)ASSAY_STR("no memory for the suite"));
        return ASSAY_E_NOMEM;
    }
    suite->host = host;
    make_crc_table();
    *out = suite;
    return ASSAY_OK;
}

static void destroy(assay_suite* suite) {
    free(suite);
}

static const assay_case_def* case_at(assay_suite* suite, uint32_t index) {
    (void)suite;
    return index < N_FAMILIES ? &families[index] : NULL;
}

/* ---- an open case ---- */

struct assay_case {
    const assay_host* host;
    assay_scope* scope;
    hash_fn hash;
    uint64_t (*reference)(const unsigned char*, size_t); /* a second method, to check against */
    size_t size;
    unsigned char data[];
};

static int same(assay_str text, const char* literal) {
    return text.len == strlen(literal) && memcmp(text.data, literal, text.len) == 0;
}

static assay_status
open_case(assay_suite* suite, assay_scope* scope, const assay_open_args* args, assay_case** out) {
    const size_t size = (size_t)args->params[0].u.i64; /* both families: axis 0 is "bytes" */
    assay_case* c = malloc(sizeof *c + size);
    if (c == NULL) {
        suite->host->fail(scope, ASSAY_E_NOMEM, (assay_str)ASSAY_STR("no memory for the block"));
        return ASSAY_E_NOMEM;
    }
    c->host = suite->host;
    c->scope = scope;
    c->size = size;
    if (args->def->user == FAMILY_CRC32) {
        const int table = same(args->params[1].u.str, "table");
        c->hash = table ? crc32_table : crc32_bitwise;
        c->reference = table ? crc32_bitwise : crc32_table;
    } else {
        c->hash = fnv1a;
        c->reference = NULL;
    }
    uint64_t state = args->seed; /* the same seed must give the same data */
    for (size_t i = 0; i < size; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        c->data[i] = (unsigned char)(state >> 56);
    }
    *out = c;
    return ASSAY_OK;
}

/* Known answers first, then the second method on the very block that will be timed. */
static assay_status verify(assay_case* c, assay_scope* scope) {
    const uint64_t answer = c->hash == fnv1a ? 0x06D5573923C6CDFCu : 0xCBF43926u;
    if (c->hash((const unsigned char*)"123456789", 9) != answer) {
        c->host->fail(scope, ASSAY_E_VERIFY, (assay_str)ASSAY_STR("wrong hash of \"123456789\""));
        return ASSAY_E_VERIFY;
    }
    if (c->reference != NULL && c->hash(c->data, c->size) != c->reference(c->data, c->size)) {
        c->host->fail(scope, ASSAY_E_VERIFY, (assay_str)ASSAY_STR("the two methods disagree"));
        return ASSAY_E_VERIFY;
    }
    return ASSAY_OK;
}

/* The one measured function: the loop stands here, so that an iteration costs what the hash costs.
 */
static assay_status run(assay_case* c, assay_batch* b) {
    uint64_t digest = b->seed;
    for (uint64_t i = 0; i < b->iterations; i++) {
        const uint64_t hash = c->hash(c->data, c->size);
        KEEP(hash);
        digest = digest * 31 + hash;
    }
    b->bytes = b->iterations * c->size; /* for the rate in By/s */
    b->checksum = digest | 1;           /* a function of seed and iterations; 0 would mean none */
    return ASSAY_OK;
}

static void close_case(assay_case* c) {
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
    {ASSAY_STR(ASSAY_KIND_SUITE), ASSAY_STR("hashing"), &suite_interface}};

static const assay_plugin plugin = {.struct_size = sizeof plugin,
                                    .abi_minor = ASSAY_ABI_MINOR,
                                    .id = ASSAY_STR("org.example.hashing"),
                                    .version = ASSAY_STR("1.0.0"),
                                    .manifest = {manifest, sizeof manifest - 1},
                                    .n_provided = 1,
                                    .provided = provided};

const assay_plugin* assay_plugin_entry_v1(const assay_host* host) {
    (void)host;
    return &plugin;
}
