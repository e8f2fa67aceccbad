//! The plugin ABI of Assay, major 1, minor 0: what `assay/plugin.h` says, as `#[repr(C)]` Rust. Read that
//! header for who may call what when; this file only repeats its layout, and the assertions at the end
//! keep it honest on LP64.
//!
//! `guard` turns a panic into a status: none may cross the boundary.
#![allow(dead_code)]

use std::ffi::c_void;
use std::panic::{catch_unwind, AssertUnwindSafe};

pub type Status = i32;
pub const OK: Status = 0;
pub const SKIP: Status = 1;
pub const UNAVAILABLE: Status = 2;
pub const E_FAIL: Status = -1;
pub const E_CONFIG: Status = -2;
pub const E_VERIFY: Status = -4;
pub const E_NOMEM: Status = -6;
pub const E_EXCEPTION: Status = -9;

pub const T_I64: i32 = 1;
pub const T_F64: i32 = 2;
pub const T_BOOL: i32 = 3;
pub const T_STR: i32 = 4;

pub const DIR_NONE: i32 = 0;
pub const DIR_LOWER_IS_BETTER: i32 = 1;
pub const DIR_HIGHER_IS_BETTER: i32 = 2;
pub const PROV_MEASURED: i32 = 1;
pub const AGG_SAMPLES: i32 = 0;
pub const AGG_SUM: i32 = 1;
pub const AGG_LAST: i32 = 3;
pub const METRIC_EXACT: u32 = 2;

pub const SHAPE_CHAIN: i32 = 1;
pub const SHAPE_INDEPENDENT: i32 = 2;
pub const SHAPE_SINGLE: i32 = 3;
pub const AXIS_CROSS: u32 = 0;
pub const AXIS_ZIP: u32 = 1;
pub const AXIS_VARIANT: u32 = 1;
pub const CASE_THREADS: u32 = 1;
pub const CASE_DETERMINISTIC: u32 = 8;
pub const KIND_SUITE: Str = Str::new("assay.suite/1");

/// UTF-8 that need not end in NUL; null data = absent.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    pub data: *const u8,
    pub len: u64,
}

impl Str {
    pub const ABSENT: Str = Str { data: std::ptr::null(), len: 0 };

    pub const fn new(text: &'static str) -> Str {
        Str { data: text.as_ptr(), len: text.len() as u64 }
    }

    /// Lends `text` to the host for one call.
    pub fn lend(text: &str) -> Str {
        Str { data: text.as_ptr(), len: text.len() as u64 }
    }

    /// # Safety
    /// The memory must be readable as long as the result is used: a string of the host dies with the call.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.data.is_null() {
            &[]
        } else {
            unsafe { std::slice::from_raw_parts(self.data, self.len as usize) }
        }
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union Payload {
    pub i64: i64,
    pub f64: f64,
    pub str: Str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Value {
    pub kind: i32,
    pub reserved: i32,
    pub u: Payload,
}

impl Value {
    pub const fn i64(value: i64) -> Value {
        // The rest of the union is written too: reading it as text would find absent text.
        let mut u = Payload { str: Str::ABSENT };
        u.i64 = value;
        Value { kind: T_I64, reserved: 0, u }
    }

    pub const fn str(text: &'static str) -> Value {
        Value { kind: T_STR, reserved: 0, u: Payload { str: Str::new(text) } }
    }
}

/// Opaque handle of the host.
pub type Scope = *mut c_void;

#[repr(C)]
pub struct Host {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub name: Str,
    pub version: Str,
    pub fail: extern "C" fn(Scope, Status, Str),
    pub log: extern "C" fn(Scope, i32, Str),
    pub progress: extern "C" fn(Scope, f64, Str),
    pub cancelled: extern "C" fn(Scope) -> u32,
    pub metric: extern "C" fn(Scope, u32, f64),
    pub attach: extern "C" fn(Scope, Str, Str, Str) -> Status,
    pub now_ns: extern "C" fn() -> u64,
    pub service: extern "C" fn(Str) -> *const c_void,
}

#[repr(C)]
pub struct Axis {
    pub struct_size: u32,
    pub kind: i32,
    pub mode: u32,
    pub n_values: u32,
    pub name: Str,
    pub unit: Str,
    pub help: Str,
    pub values: *const Value,
    pub flags: u32,
    pub reference: u32,
    pub quick_mask: u64,
    pub standard_mask: u64,
}

#[repr(C)]
pub struct MetricDef {
    pub struct_size: u32,
    pub direction: i32,
    pub aggregate: i32,
    pub provenance: i32,
    pub flags: u32,
    pub numerator: u32,
    pub denominator: u32,
    pub reserved: u32,
    pub key: Str,
    pub unit: Str,
    pub help: Str,
    pub companion: Str,
}

#[repr(C)]
pub struct CaseDef {
    pub struct_size: u32,
    pub flags: u32,
    pub name: Str,
    pub help: Str,
    pub tags: Str,
    pub shape: i32,
    pub clock: i32,
    pub domains: u32,
    pub max_lanes: u32,
    pub n_axes: u32,
    pub n_metrics: u32,
    pub axes: *const *const Axis,
    pub metrics: *const *const MetricDef,
    pub max_iterations: u64,
    pub bytes_per_iteration: u64,
    pub timeout_s: f64,
    pub margin: f64,
    pub user: u64,
}

#[repr(C)]
pub struct OpenArgs {
    pub struct_size: u32,
    pub lanes: u32,
    pub def: *const CaseDef,
    pub params: *const Value,
    pub seed: u64,
    pub case_id: Str,
}

#[repr(C)]
pub struct Batch {
    pub struct_size: u32,
    pub lane: u32,
    pub iterations: u64,
    pub seed: u64,
    pub cancel: *const u32,
    pub lanes: u32,
    pub warmup: u32,
    pub latency: *mut u64,
    pub latency_ticks: u32,
    pub reserved: u32,
    pub n_latency: u64,
    pub done: u64,
    pub manual_ns: u64,
    pub items: u64,
    pub bytes: u64,
    pub checksum: u64,
}

/// Opaque objects of the plugin: a suite, an open case.
pub type Object = *mut c_void;

/// Optional callbacks are `Option`: `None` is the null pointer.
#[repr(C)]
pub struct Suite {
    pub struct_size: u32,
    pub flags: u32,
    pub config_schema: Str,
    pub create: extern "C" fn(*const Host, Scope, Str, *mut Object) -> Status,
    pub destroy: extern "C" fn(Object),
    pub case_at: extern "C" fn(Object, u32) -> *const CaseDef,
    pub open: extern "C" fn(Object, Scope, *const OpenArgs, *mut Object) -> Status,
    pub verify: Option<extern "C" fn(Object, Scope) -> Status>,
    pub lane_enter: Option<extern "C" fn(Object, u32) -> Status>,
    pub prepare: Option<extern "C" fn(Object, *mut Batch) -> Status>,
    pub run: extern "C" fn(Object, *mut Batch) -> Status,
    pub finish: Option<extern "C" fn(Object, *mut Batch) -> Status>,
    pub lane_leave: Option<extern "C" fn(Object, u32)>,
    pub close: extern "C" fn(Object),
}

#[repr(C)]
pub struct Provided {
    pub kind: Str,
    pub name: Str,
    pub iface: *const c_void,
}

#[repr(C)]
pub struct Plugin {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub id: Str,
    pub version: Str,
    pub manifest: Str,
    pub n_provided: u32,
    pub min_host_minor: u32,
    pub provided: *const Provided,
}

/// Descriptors are constant, so that any thread may read them.
#[repr(transparent)]
pub struct Shared<T>(pub T);
unsafe impl<T> Sync for Shared<T> {}

/// The size of a descriptor, for its first field.
pub const fn size<T>() -> u32 {
    std::mem::size_of::<T>() as u32
}

/// Copies a text into an array, for a static in the section `.assay.manifest`.
pub const fn manifest<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    assert!(bytes.len() == N);
    let mut copy = [0; N];
    let mut i = 0;
    while i < N {
        copy[i] = bytes[i];
        i += 1;
    }
    copy
}

/// Runs `body`; a panic becomes E_EXCEPTION, with a text.
pub fn guard(host: *const Host, scope: Scope, body: impl FnOnce() -> Status) -> Status {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| fail(host, scope, E_EXCEPTION, "panicked"))
}

/// Tells the host why the call returns `status`.
pub fn fail(host: *const Host, scope: Scope, status: Status, text: &str) -> Status {
    unsafe { ((*host).fail)(scope, status, Str::lend(text)) };
    status
}

#[cfg(target_pointer_width = "64")]
const _: () = {
    use std::mem::{offset_of, size_of};
    assert!(size_of::<Str>() == 16 && size_of::<Value>() == 24 && size_of::<Provided>() == 40);
    assert!(size_of::<Host>() == 104 && offset_of!(Host, fail) == 40 && offset_of!(Host, service) == 96);
    assert!(size_of::<Axis>() == 96 && offset_of!(Axis, values) == 64 && offset_of!(Axis, quick_mask) == 80);
    assert!(size_of::<MetricDef>() == 96 && offset_of!(MetricDef, key) == 32);
    assert!(size_of::<CaseDef>() == 136 && offset_of!(CaseDef, shape) == 56 && offset_of!(CaseDef, axes) == 80);
    assert!(offset_of!(CaseDef, max_iterations) == 96 && offset_of!(CaseDef, user) == 128);
    assert!(size_of::<OpenArgs>() == 48 && offset_of!(OpenArgs, params) == 16);
    assert!(size_of::<Batch>() == 104 && offset_of!(Batch, latency) == 40 && offset_of!(Batch, done) == 64);
    assert!(offset_of!(Batch, manual_ns) == 72 && offset_of!(Batch, checksum) == 96);
    assert!(size_of::<Suite>() == 112 && offset_of!(Suite, open) == 48 && offset_of!(Suite, run) == 80);
    assert!(size_of::<Plugin>() == 72 && offset_of!(Plugin, provided) == 64);
};
