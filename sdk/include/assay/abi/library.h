/* Assay plugin ABI, the library: what it provides, its manifest, and its one exported function.
 *
 * The host reads the manifest as bytes, asks for trust, then opens the library
 * (RTLD_NOW|RTLD_LOCAL) and calls the entry function before anything else. A library is never
 * closed. [control] */
#ifndef ASSAY_ABI_LIBRARY_H
#define ASSAY_ABI_LIBRARY_H
#include "host.h"

ASSAY_ABI_BEGIN

/* One thing a library provides. `iface` is an assay_suite_v1, assay_reporter_v1, ... by its kind.
 * Travels in plain arrays: frozen at 40 bytes. */
typedef struct assay_provided {
    assay_str kind;    /* ASSAY_KIND_* */
    assay_str name;    /* [a-z0-9_]+ */
    const void* iface; /* lives as long as the library */
} assay_provided;

/* The description of a library; constant, lives as long as the library. */
typedef struct assay_plugin {
    uint32_t struct_size;
    uint32_t abi_minor; /* ASSAY_ABI_MINOR at the author's compile */
    assay_str id;       /* reverse DNS, the same as in the manifest */
    assay_str version;
    assay_str manifest; /* the bytes of section ".assay.manifest" */
    uint32_t n_provided;
    uint32_t
        min_host_minor; /* a host with a smaller minor refuses, with both numbers in the message */
    const assay_provided* provided; /* kinds the host does not know are listed and left alone */
} assay_plugin;

/* The one exported symbol. `host` lives as long as the process; its functions may be called from
 * here on. May be called again and then returns the same pointer; NULL = the library refuses to
 * work, with a text through host->fail(NULL, ...). Must not start threads or print. [control] */
typedef const assay_plugin* (*assay_entry_fn)(const assay_host* host)ASSAY_NOEXCEPT;
#define ASSAY_ENTRY_SYMBOL "assay_plugin_entry_v1"
ASSAY_EXPORT const assay_plugin* assay_plugin_entry_v1(const assay_host* host) ASSAY_NOEXCEPT;

/* Puts JSON text where the host can read it WITHOUT loading the library. Use once per library and
 * point assay_plugin.manifest at it: {name, sizeof name - 1}. Keys: assay (major), id, version,
 * provides:[{kind,name}]; optional abi_minor, min_host_minor, description, license, homepage,
 * optimized. At most 64 KiB. */
#define ASSAY_MANIFEST(name, json)                                                                 \
    static const char name[] __attribute__((section(".assay.manifest"), used, aligned(1))) = json

ASSAY_ABI_END
#endif
