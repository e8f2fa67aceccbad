//! The suite "@NAME@". Replace `Case::sum` by what you want to measure.
mod assay_sys;

use assay_sys::*;
use std::hint::black_box;

const MANIFEST_TEXT: &str = concat!(
    r#"{"assay":1,"id":"@ID@","version":"0.1.0","#,
    r#""provides":[{"kind":"assay.suite/1","name":"@NAME@"}]}"#
);
#[used]
#[unsafe(link_section = ".assay.manifest")]
static MANIFEST: [u8; MANIFEST_TEXT.len()] = manifest(MANIFEST_TEXT);

// ---- what is measured ----

struct Case {
    host: *const Host,
    scope: Scope,
    values: Vec<u64>,
}

impl Case {
    fn sum(&self) -> u64 {
        self.values.iter().sum()
    }
}

// ---- what the suite declares: one family, "sum", over the axis "n" ----

static SIZES: [Shared<Value>; 3] =
    [Shared(Value::i64(64)), Shared(Value::i64(4096)), Shared(Value::i64(1 << 20))];
static SIZE_AXIS: Shared<Axis> = Shared(Axis {
    struct_size: size::<Axis>(),
    kind: T_I64,
    mode: AXIS_CROSS,
    n_values: SIZES.len() as u32,
    name: Str::new("n"),
    unit: Str::new("{number}"),
    help: Str::ABSENT,
    values: &raw const SIZES as *const Value,
    flags: 0,
    reference: 0,
    quick_mask: 0b010, // quick takes 4096 only
    standard_mask: 0,
});
static AXES: Shared<[*const Axis; 1]> = Shared([&SIZE_AXIS.0]);
static FAMILY: Shared<CaseDef> = Shared(CaseDef {
    struct_size: size::<CaseDef>(),
    flags: CASE_DETERMINISTIC,
    name: Str::new("sum"),
    help: Str::new("sum of n numbers"),
    tags: Str::ABSENT,
    shape: SHAPE_INDEPENDENT,
    clock: 0,
    domains: 0,
    max_lanes: 1,
    n_axes: 1,
    n_metrics: 0,
    axes: &raw const AXES as *const *const Axis,
    metrics: std::ptr::null(),
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
    if index == 0 { &FAMILY.0 } else { std::ptr::null() }
}

extern "C" fn open(suite: Object, scope: Scope, args: *const OpenArgs, out: *mut Object) -> Status {
    let host = unsafe { *suite.cast::<*const Host>() };
    guard(host, scope, || unsafe {
        let n = (*(*args).params).u.i64 as u64;
        let case = Case { host, scope, values: (1..=n).collect() };
        *out = Box::into_raw(Box::new(case)).cast();
        OK
    })
}

extern "C" fn verify(case: Object, scope: Scope) -> Status {
    let case = unsafe { &*case.cast::<Case>() };
    guard(case.host, scope, || {
        let n = case.values.len() as u64;
        if case.sum() == n * (n + 1) / 2 {
            return OK;
        }
        fail(case.host, scope, E_VERIFY, "the sum is wrong")
    })
}

/// The one measured function: the loop stands here.
extern "C" fn run(case: Object, batch: *mut Batch) -> Status {
    let (case, batch) = unsafe { (&*case.cast::<Case>(), &mut *batch) };
    guard(case.host, case.scope, || {
        for _ in 0..batch.iterations {
            black_box(black_box(case).sum());
        }
        batch.items = batch.iterations * case.values.len() as u64;
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
    finish: None,
    lane_leave: None,
    close,
};
unsafe impl Sync for Suite {}

static PROVIDED: Shared<Provided> = Shared(Provided {
    kind: KIND_SUITE,
    name: Str::new("@NAME@"),
    iface: (&raw const SUITE).cast(),
});

static PLUGIN: Shared<Plugin> = Shared(Plugin {
    struct_size: size::<Plugin>(),
    abi_minor: 0,
    id: Str::new("@ID@"),
    version: Str::new("0.1.0"),
    manifest: Str { data: (&raw const MANIFEST).cast(), len: MANIFEST_TEXT.len() as u64 },
    n_provided: 1,
    min_host_minor: 0,
    provided: &PROVIDED.0,
});

#[unsafe(no_mangle)]
pub extern "C" fn assay_plugin_entry_v1(_host: *const Host) -> *const Plugin {
    &PLUGIN.0
}
