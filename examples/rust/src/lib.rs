//! The suite "primes": a sieve of Eratosthenes, over all numbers and over the odd ones only. The two ways
//! are variants of one case, so that Assay reports how much the second one saves.
mod assay_sys;

use assay_sys::*;
use std::hint::black_box;

const MANIFEST_TEXT: &str = concat!(
    r#"{"assay":1,"id":"org.example.primes","version":"1.0.0","license":"Apache-2.0","#,
    r#""provides":[{"kind":"assay.suite/1","name":"primes"}]}"#
);
#[used]
#[unsafe(link_section = ".assay.manifest")]
static MANIFEST: [u8; MANIFEST_TEXT.len()] = manifest(MANIFEST_TEXT);

// ---- what is measured ----

fn sieve_all(composite: &mut [bool]) -> u64 {
    composite.fill(false);
    let mut primes = 0;
    for i in 2..composite.len() {
        if !composite[i] {
            primes += 1;
            let mut multiple = i * i;
            while multiple < composite.len() {
                composite[multiple] = true;
                multiple += i;
            }
        }
    }
    primes
}

/// Index i stands for the number 2 i + 1.
fn sieve_odd(composite: &mut [bool], limit: usize) -> u64 {
    let half = &mut composite[..limit.div_ceil(2)];
    half.fill(false);
    let mut primes = u64::from(limit > 2); // the number 2
    for i in 1..half.len() {
        if !half[i] {
            primes += 1;
            let step = 2 * i + 1;
            let mut multiple = 2 * i * (i + 1);
            while multiple < half.len() {
                half[multiple] = true;
                multiple += step;
            }
        }
    }
    primes
}

struct Case {
    host: *const Host,
    scope: Scope,
    odd_only: bool,
    composite: Vec<bool>,
    primes: u64,
}

impl Case {
    fn sieve(&mut self) -> u64 {
        let limit = self.composite.len();
        self.primes = if self.odd_only {
            sieve_odd(&mut self.composite, limit)
        } else {
            sieve_all(&mut self.composite)
        };
        self.primes
    }
}

// ---- what the suite declares ----

static LIMITS: [Shared<Value>; 2] = [Shared(Value::i64(10_000)), Shared(Value::i64(1_000_000))];
static LIMIT_AXIS: Shared<Axis> = Shared(Axis {
    struct_size: size::<Axis>(),
    kind: T_I64,
    mode: AXIS_CROSS,
    n_values: LIMITS.len() as u32,
    name: Str::new("limit"),
    unit: Str::new("{number}"),
    help: Str::new("primes below this"),
    values: &raw const LIMITS as *const Value,
    flags: 0,
    reference: 0,
    quick_mask: 1,
    standard_mask: 0,
});
static METHODS: [Shared<Value>; 2] = [Shared(Value::str("all")), Shared(Value::str("odd"))];
static METHOD_AXIS: Shared<Axis> = Shared(Axis {
    struct_size: size::<Axis>(),
    kind: T_STR,
    mode: AXIS_CROSS,
    n_values: METHODS.len() as u32,
    name: Str::new("impl"),
    unit: Str::ABSENT,
    help: Str::new("which numbers the sieve holds"),
    values: &raw const METHODS as *const Value,
    flags: AXIS_VARIANT,
    reference: 0,
    quick_mask: 0,
    standard_mask: 0,
});
static AXES: Shared<[*const Axis; 2]> = Shared([&LIMIT_AXIS.0, &METHOD_AXIS.0]);

static PRIMES_METRIC: Shared<MetricDef> = Shared(MetricDef {
    struct_size: size::<MetricDef>(),
    direction: DIR_NONE,
    aggregate: AGG_LAST,
    provenance: PROV_MEASURED,
    flags: METRIC_EXACT,
    numerator: 0,
    denominator: 0,
    reserved: 0,
    key: Str::new("primes"),
    unit: Str::new("{prime}"),
    help: Str::new("primes found"),
    companion: Str::ABSENT,
});
static METRICS: Shared<[*const MetricDef; 1]> = Shared([&PRIMES_METRIC.0]);

static SIEVE: Shared<CaseDef> = Shared(CaseDef {
    struct_size: size::<CaseDef>(),
    flags: CASE_DETERMINISTIC,
    name: Str::new("sieve"),
    help: Str::new("sieve of Eratosthenes"),
    tags: Str::ABSENT,
    shape: SHAPE_INDEPENDENT,
    clock: 0,
    domains: 0,
    max_lanes: 1,
    n_axes: 2,
    n_metrics: 1,
    axes: &raw const AXES as *const *const Axis,
    metrics: &raw const METRICS as *const *const MetricDef,
    max_iterations: 0,
    bytes_per_iteration: 0,
    timeout_s: 0.0,
    margin: 0.0,
    user: 0,
});

// ---- the functions of the suite; none lets a panic out ----

/// The suite object holds nothing but the host it was created for.
extern "C" fn create(host: *const Host, _: Scope, _: Str, out: *mut Object) -> Status {
    unsafe { *out = Box::into_raw(Box::new(host)).cast() };
    OK
}

extern "C" fn destroy(suite: Object) {
    drop(unsafe { Box::from_raw(suite.cast::<*const Host>()) });
}

extern "C" fn case_at(_: Object, index: u32) -> *const CaseDef {
    if index == 0 { &SIEVE.0 } else { std::ptr::null() }
}

extern "C" fn open(suite: Object, scope: Scope, args: *const OpenArgs, out: *mut Object) -> Status {
    let host = unsafe { *suite.cast::<*const Host>() };
    guard(host, scope, || unsafe {
        let params = std::slice::from_raw_parts((*args).params, 2);
        let case = Case {
            host,
            scope,
            odd_only: params[1].u.str.bytes() == b"odd",
            composite: vec![false; params[0].u.i64 as usize],
            primes: 0,
        };
        *out = Box::into_raw(Box::new(case)).cast();
        OK
    })
}

/// The numbers of primes below 10^4 and 10^6 are known.
extern "C" fn verify(case: Object, scope: Scope) -> Status {
    let case = unsafe { &mut *case.cast::<Case>() };
    guard(case.host, scope, || {
        let expected = if case.composite.len() == 10_000 { 1_229 } else { 78_498 };
        let found = case.sieve();
        if found == expected {
            return OK;
        }
        fail(case.host, scope, E_VERIFY, &format!("found {found} primes, expected {expected}"))
    })
}

/// The one measured function: the loop stands here.
extern "C" fn run(case: Object, batch: *mut Batch) -> Status {
    let (case, batch) = unsafe { (&mut *case.cast::<Case>(), &mut *batch) };
    guard(case.host, case.scope, || {
        for _ in 0..batch.iterations {
            black_box(black_box(&mut *case).sieve());
        }
        OK
    })
}

extern "C" fn finish(case: Object, batch: *mut Batch) -> Status {
    let (case, batch) = unsafe { (&mut *case.cast::<Case>(), &mut *batch) };
    guard(case.host, case.scope, || {
        if batch.done > 0 {
            batch.items = batch.done * case.composite.len() as u64;
            batch.checksum = case.primes;
            unsafe { ((*case.host).metric)(case.scope, 0, case.primes as f64) };
        }
        OK
    })
}

extern "C" fn close(case: Object) {
    drop(unsafe { Box::from_raw(case.cast::<Case>()) });
}

// ---- the library ----

static SUITE: Suite = Suite {
    struct_size: size::<Suite>(),
    flags: 0,
    config_schema: Str::ABSENT,
    create,
    destroy,
    case_at,
    open,
    verify: Some(verify),
    lane_enter: None,
    prepare: None,
    run,
    finish: Some(finish),
    lane_leave: None,
    close,
};
unsafe impl Sync for Suite {}

static PROVIDED: Shared<Provided> = Shared(Provided {
    kind: KIND_SUITE,
    name: Str::new("primes"),
    iface: (&raw const SUITE).cast(),
});

static PLUGIN: Shared<Plugin> = Shared(Plugin {
    struct_size: size::<Plugin>(),
    abi_minor: 0,
    id: Str::new("org.example.primes"),
    version: Str::new("1.0.0"),
    manifest: Str { data: (&raw const MANIFEST).cast(), len: MANIFEST_TEXT.len() as u64 },
    n_provided: 1,
    min_host_minor: 0,
    provided: &PROVIDED.0,
});

#[unsafe(no_mangle)]
pub extern "C" fn assay_plugin_entry_v1(_host: *const Host) -> *const Plugin {
    &PLUGIN.0
}
