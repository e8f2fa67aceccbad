#include "measure/json_service.hpp"

#include "support/json.hpp"

#include <cmath>
#include <string>
#include <string_view>

namespace assay::measure {
namespace {

// A suite reads a dozen values of one document in a row: the last one is kept parsed, per thread.
struct KeptDocument {
    bool valid = false;
    std::string text;
    json::value document;
    std::string answer; // backs the string of the last answer
};

assay_status write_number(const json::value& value, std::int32_t type, assay_value& out) {
    if (type == ASSAY_T_I64) {
        if (!value.is_int64()) {
            return ASSAY_E_CONFIG;
        }
        out.u.i64 = value.get_int64();
        return ASSAY_OK;
    }
    if (value.is_double()) {
        out.u.f64 = value.get_double();
    } else if (value.is_int64()) {
        out.u.f64 = static_cast<double>(value.get_int64());
    } else if (value.is_uint64()) {
        out.u.f64 = static_cast<double>(value.get_uint64());
    } else {
        return ASSAY_E_CONFIG;
    }
    return ASSAY_OK;
}

assay_status
write_answer(KeptDocument& kept, const json::value& value, std::int32_t type, assay_value& out) {
    switch (type) {
    case ASSAY_T_I64:
    case ASSAY_T_F64:
        return write_number(value, type, out);
    case ASSAY_T_BOOL:
        if (!value.is_bool()) {
            return ASSAY_E_CONFIG;
        }
        out.u.i64 = value.get_bool() ? 1 : 0;
        return ASSAY_OK;
    case ASSAY_T_STR:
        if (!value.is_string()) {
            return ASSAY_E_CONFIG;
        }
        kept.answer.assign(value.get_string().data(), value.get_string().size());
        break;
    case ASSAY_T_JSON:
        kept.answer = write_json(value);
        break;
    default:
        return ASSAY_E_UNSUPPORTED;
    }
    out.u.str = assay_str{kept.answer.data(), kept.answer.size()};
    return ASSAY_OK;
}

assay_status read_value(assay_str doc, assay_str pointer, std::int32_t type, assay_value& out) {
    thread_local KeptDocument kept;
    const std::string_view text =
        doc.data == nullptr ? std::string_view{} : std::string_view(doc.data, doc.len);
    if (!kept.valid || kept.text != text) {
        Result<json::value> document = parse_json(text);
        kept.valid = document.ok();
        if (!document) {
            return ASSAY_E_CONFIG;
        }
        kept.text = text;
        kept.document = *std::move(document);
    }
    const std::string_view where =
        pointer.data == nullptr ? std::string_view{} : std::string_view(pointer.data, pointer.len);
    const json::value* const value = json_at(kept.document, where);
    if (value == nullptr) {
        return ASSAY_SKIP;
    }
    assay_value answer{};
    answer.type = type;
    const assay_status status = write_answer(kept, *value, type, answer);
    if (status == ASSAY_OK) {
        out = answer;
    }
    return status;
}

assay_status
json_get(assay_str doc, assay_str pointer, std::int32_t want_type, assay_value* out) noexcept {
    if (out == nullptr) {
        return ASSAY_E_STATE;
    }
    try {
        return read_value(doc, pointer, want_type, *out);
    } catch (...) { // bad_alloc
        return ASSAY_E_NOMEM;
    }
}

} // namespace

const assay_json_v1& json_service() noexcept {
    static const assay_json_v1 service{sizeof(assay_json_v1), 0, json_get};
    return service;
}

} // namespace assay::measure
