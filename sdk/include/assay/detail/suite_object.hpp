// The functions behind assay_suite_v1 of a suite written with suite.hpp.
#pragma once

#include "case_object.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace assay {
class suite;
}

namespace assay::detail {

// Everything a suite declares; lives as long as the library.
struct suite_record {
    std::string name, schema;
    std::deque<family_record> families;
    // Makes the configuration object of suite::config<T>(), with its mark.
    std::function<std::shared_ptr<const void>(const document&)> make_config;
    const void* config_mark = nullptr;
    // Families that depend on the configuration.
    std::function<void(suite&, const document&)> configured;
    assay_suite_v1 iface{};
};

// One created suite: its configuration, and the families that came from it.
struct suite_object : suite_state {
    const suite_record* record = nullptr;
    std::deque<family_record> own;

    [[nodiscard]] const family_record* family(std::uint64_t index) const noexcept {
        std::size_t const fixed = record->families.size();
        if (index < fixed) {
            return &record->families[index];
        }
        return index - fixed < own.size() ? &own[index - fixed] : nullptr;
    }
};

inline suite_object& of(assay_suite* suite) noexcept {
    return *reinterpret_cast<suite_object*>(suite);
}

inline case_base& of(assay_case* c) noexcept {
    return *reinterpret_cast<case_base*>(c);
}

inline void suite_destroy(assay_suite* suite) noexcept {
    delete &of(suite);
}

inline const assay_case_def* suite_case_at(assay_suite* suite, std::uint32_t index) noexcept {
    const family_record* family = of(suite).family(index);
    return family == nullptr ? nullptr : &family->definition();
}

inline assay_status suite_open(assay_suite* suite,
                               assay_scope* scope,
                               const assay_open_args* args,
                               assay_case** out) noexcept {
    const suite_object& object = of(suite);
    return guard(object.host, scope, [&] {
        family_record const* family = object.family(args->def->user);
        if (family == nullptr) {
            throw failure(ASSAY_E_STATE, "open() names a family that this suite does not have");
        }
        context host(object.host, scope, family);
        *out = reinterpret_cast<assay_case*>(family->make(case_setup{object, *args, host}));
    });
}

// Calls one member of an open case with its exceptions turned into statuses.
template <class Body>
assay_status in_case(assay_case* c, Body&& body) noexcept {
    case_base& object = of(c);
    return guard(&object.host().host(), object.host().scope(), [&] { return body(object); });
}

inline assay_status suite_verify(assay_case* c, assay_scope*) noexcept {
    return in_case(c, [](case_base& object) { return object.verify(); });
}

inline assay_status suite_lane_enter(assay_case* c, std::uint32_t lane) noexcept {
    return in_case(c, [&](case_base& object) { object.lane_enter(lane); });
}

inline assay_status suite_prepare(assay_case* c, assay_batch* b) noexcept {
    return in_case(c, [&](case_base& object) { object.prepare(*b); });
}

inline assay_status suite_run(assay_case* c, assay_batch* b) noexcept {
    return in_case(c, [&](case_base& object) { object.run(*b); });
}

inline assay_status suite_finish(assay_case* c, assay_batch* b) noexcept {
    return in_case(c, [&](case_base& object) { object.finish(*b); });
}

inline void suite_lane_leave(assay_case* c, std::uint32_t lane) noexcept {
    (void)in_case(c, [&](case_base& object) { object.lane_leave(lane); });
}

inline void suite_close(assay_case* c) noexcept {
    (void)in_case(c, [](case_base& object) { object.close(); });
    delete &of(c);
}

} // namespace assay::detail
