// The C++20 layer for suites. A case is a plain class; the suite says which shape its iterations
// have and over which axes it varies.
//
//   #include <assay/suite.hpp>
//
//   struct dot {                                             // constructor = set-up
//       std::vector<double> a, b;
//       explicit dot(assay::params const& p) : a(p.size("n"), 1.0), b(p.size("n"), 2.0) {}
//       double operator()() const { return std::inner_product(a.begin(), a.end(), b.begin(), 0.); }
//       bool verify() const { return (*this)() == 2.0 * double(a.size()); }
//   };
//
//   ASSAY_SUITE("org.example.demo", "demo", "1.0.0") {
//       s.independent<dot>("inner_product").axis("n", {64, 4096, 1 << 20}).unit("{element}");
//   }
//
// What a case class may have; everything but the constructor and one way to run is optional:
//
//   explicit C(assay::params const&)      set-up, untimed; throws assay::skip, unavailable, ...
//   ~C()                                  tear-down
//
//   R operator()()                        one iteration; R is kept from the optimiser
//   R operator()(input&)                  one iteration on its own input, made and destroyed
//                                         untimed: using input = ...; input make(std::mt19937_64&)
//   using output = R;                     results are stored in untimed slots instead of kept
//   T start(std::uint64_t seed)           shape chain: the first value,
//   T operator()(T)                       and the next from the one before
//   duration operator()()                 shape manual: a std::chrono::duration, the time it took
//   void run(assay::batch&)               full control: the author's own loop, instead of these
//
//   void prepare(assay::batch&)           untimed, before every batch, after inputs were made
//   void finish(assay::batch&, assay::context&)
//                                         untimed, after every batch, before inputs die: metrics;
//                                         the second parameter may be left out
//   bool verify(), void verify()          false, or assay::wrong_result thrown: wrong, not timed;
//                                         may take assay::context&
//   std::uint64_t digest(X const&)        of an output, an input after its iteration, or the end of
//                                         a chain; or digest() of the case after a batch
//   double items() const, bytes() const   work of one iteration, for rates
//   void lane_enter(assay::lane), lane_leave(assay::lane)
//                                         once per lane, on the lane's thread
//   void close(assay::context&)           last chance to report metrics
//
// operator() may take assay::lane as its last argument. Multi-lane cases (.lanes(n)) are entered by
// all lanes at once: what they share must be constant or synchronised.
// Threads: constructor, verify, close and destructor one at a time; prepare, operator(), run and
// finish on the thread of their lane. Nothing but the loop over operator(), or run(), is timed.
#pragma once

#include "batch.hpp"
#include "clock.h"
#include "context.hpp"
#include "detail/suite_object.hpp"
#include "document.hpp"
#include "errors.hpp"
#include "family.hpp"
#include "keep.hpp"
#include "library.hpp"
#include "params.hpp"

#include <concepts>
#include <functional>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace assay {

// What one iteration is (the author must choose; see the ABI's ASSAY_SHAPE_*).
enum class shape : std::int32_t {
    chain = ASSAY_SHAPE_CHAIN,
    independent = ASSAY_SHAPE_INDEPENDENT,
    single = ASSAY_SHAPE_SINGLE,
    latency = ASSAY_SHAPE_LATENCY,
    manual = ASSAY_SHAPE_MANUAL
};

class suite {
public:
    suite(detail::suite_record& record, std::deque<detail::family_record>& families) noexcept
        : record_(&record)
        , families_(&families) {}

    // Each iteration needs the result of the one before: latency of the operation.
    template <class C>
    family_builder chain(std::string_view name) {
        return add<C, ASSAY_SHAPE_CHAIN>(name);
    }

    // Iterations may overlap in the processor: throughput.
    template <class C>
    family_builder independent(std::string_view name) {
        return add<C, ASSAY_SHAPE_INDEPENDENT>(name);
    }

    // One long iteration per batch.
    template <class C>
    family_builder single(std::string_view name) {
        return add<C, ASSAY_SHAPE_SINGLE>(name);
    }

    // The duration of every operation is stored: percentiles.
    template <class C>
    family_builder latency(std::string_view name) {
        return add<C, ASSAY_SHAPE_LATENCY>(name);
    }

    // The case tells the time itself: GPU, asynchronous work.
    template <class C>
    family_builder manual(std::string_view name) {
        return add<C, ASSAY_SHAPE_MANUAL>(name);
    }

    // Full control, with the shape chosen at run time: C has run(assay::batch&).
    template <class C>
    family_builder custom(std::string_view name, assay::shape shape) {
        static_assert(detail::has_own_run<C>, "custom<C> needs void run(assay::batch&)");
        // The loop is the author's own, so one instance serves every shape.
        family_builder family = add<C, ASSAY_SHAPE_INDEPENDENT>(name);
        families_->back().shape = static_cast<std::int32_t>(shape);
        return family;
    }

    // JSON Schema (draft-07, the documented subset) of the suite's configuration. The host
    // validates and fills defaults before any case is made; read it with params::config().
    suite& config_schema(std::string_view json_schema) {
        record_->schema = json_schema;
        return *this;
    }

    // Makes one T(assay::document const&) per created suite; cases get it by params::config<T>().
    template <std::constructible_from<const document&> T>
    suite& config() {
        record_->config_mark = &detail::type_mark<T>;
        record_->make_config = [](const document& d) -> std::shared_ptr<const void> {
            return std::make_shared<T const>(d);
        };
        return *this;
    }

    // Declares further families from the configuration, each time a suite is created:
    //   s.configured([](assay::suite& s, assay::document const& config) { ... });
    suite& configured(std::function<void(suite&, const document&)> declare) {
        record_->configured = std::move(declare);
        return *this;
    }

private:
    template <class C, std::int32_t Shape>
    family_builder add(std::string_view name) {
        for (const auto* list : {&record_->families, families_}) {
            for (const detail::family_record& other : *list) {
                if (other.name == name) {
                    detail::refuse("two families are named '" + std::string(name) + "'");
                }
            }
        }
        detail::family_record& family = families_->emplace_back();
        family.name = name;
        family.shape = Shape;
        family.has_verify = detail::has_verify<C>;
        family.bytes_per_iteration = per_iteration<C>();
        family.make = [](const detail::case_setup& setup) -> detail::case_base* {
            return new detail::case_object<C, Shape>(setup);
        };
        return family_builder(family);
    }

    template <class C>
    static constexpr std::uint64_t per_iteration() noexcept {
        std::uint64_t bytes = 0;
        if constexpr (detail::has_input<C>) {
            bytes += sizeof(typename C::input);
        }
        if constexpr (detail::has_output<C>) {
            bytes += sizeof(typename C::output);
        }
        return bytes;
    }

    detail::suite_record* record_;
    std::deque<detail::family_record>* families_;
};

namespace detail {

inline assay_status make_suite(suite_record& record,
                               const assay_host* host,
                               assay_scope* scope,
                               assay_str config_json,
                               assay_suite** out) noexcept {
    return guard(host, scope, [&] {
        auto object = std::make_unique<suite_object>();
        object->record = &record;
        object->host = host;
        object->scope = scope;
        object->config_json = text_of(config_json);
        document const config(host, object->config_json);
        if (record.make_config) {
            object->config = record.make_config(config);
            object->config_mark = record.config_mark;
        }
        if (record.configured) {
            suite more(record, object->own);
            record.configured(more, config);
            for (std::size_t i = 0; i < object->own.size(); ++i) {
                object->own[i].freeze(record.families.size() + i);
            }
        }
        *out = reinterpret_cast<assay_suite*>(object.release());
    });
}

// One instance per define function: create() must know its suite without being told.
template <void (*Define)(assay::suite&)>
struct suite_entry {
    static suite_record& record() {
        static auto* const made =
            new suite_record; // never destroyed, as the library is never closed
        return *made;
    }

    static assay_status create(const assay_host* host,
                               assay_scope* scope,
                               assay_str config_json,
                               assay_suite** out) noexcept {
        return make_suite(record(), host, scope, config_json, out);
    }
};

inline void fill_interface(suite_record& record) {
    bool verifies = static_cast<bool>(record.configured);
    for (const family_record& family : record.families) {
        verifies = verifies || family.has_verify;
    }
    assay_suite_v1& iface = record.iface;
    iface.struct_size = sizeof iface;
    iface.config_schema = as_abi(record.schema);
    iface.destroy = suite_destroy;
    iface.case_at = suite_case_at;
    iface.open = suite_open;
    iface.verify = verifies ? suite_verify : nullptr;
    iface.lane_enter = suite_lane_enter;
    iface.prepare = suite_prepare;
    iface.run = suite_run;
    iface.finish = suite_finish;
    iface.lane_leave = suite_lane_leave;
    iface.close = suite_close;
}

} // namespace detail

template <void (*Define)(assay::suite&)>
library& library::suite(std::string_view name) {
    detail::suite_record& record = detail::suite_entry<Define>::record();
    for (const assay_provided& other : provided_) {
        if (other.iface == &record.iface) {
            detail::refuse("suites '" + record.name + "' and '" + std::string(name) +
                           "' share one define function");
        }
    }
    record = detail::suite_record{}; // an earlier entry may have been refused half-way
    record.name = name;
    assay::suite declared(record, record.families);
    Define(declared);
    for (std::size_t i = 0; i < record.families.size(); ++i) {
        record.families[i].freeze(i);
    }
    detail::fill_interface(record);
    record.iface.create = detail::suite_entry<Define>::create;
    return provide(ASSAY_KIND_SUITE, name, &record.iface);
}

} // namespace assay

// ASSAY_SUITE(id, name, version [, "more members of the manifest"]) { s. ... }
// A library with one suite: emits entry, manifest and loops. id: reverse DNS; name: [a-z0-9_]+.
#define ASSAY_SUITE(id, name, version, ...)                                                        \
    static void assay_define_suite(assay::suite& s);                                               \
    ASSAY_PLUGIN(id, version, ASSAY_PROVIDES_SUITE(name) __VA_OPT__(, ) __VA_ARGS__) {             \
        p.suite<assay_define_suite>(name);                                                         \
    }                                                                                              \
    static void assay_define_suite([[maybe_unused]] assay::suite& s)
