// The layout of the ABI against the tables of its releases: name, offset, size and type of every
// field, value of every constant. The checks happen while this file compiles; the tests below make
// sure that the tables are complete.
#include <assay/plugin.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#define STRUCT(type, size)                                                                         \
    static_assert(sizeof(type) == (size));                                                         \
    static_assert(std::is_standard_layout_v<type> && std::is_trivially_copyable_v<type>);
#define FIELD(type, field, offset, size, ...)                                                      \
    static_assert(offsetof(type, field) == (offset) && sizeof(type::field) == (size));             \
    static_assert(std::is_same_v<decltype(type::field), __VA_ARGS__>);
#include "layout_1_0.inc"
#undef STRUCT
#undef FIELD

#define CONSTANT(name, value) static_assert(static_cast<long long>(name) == (value));
#define TEXT(name, value) static_assert(std::string_view(name) == (value));
#include "constants_1_0.inc"
#undef CONSTANT
#undef TEXT

static_assert(std::is_same_v<decltype(decltype(assay_value::u)::i64), std::int64_t>);
static_assert(std::is_same_v<decltype(decltype(assay_value::u)::f64), double>);
static_assert(std::is_same_v<decltype(decltype(assay_value::u)::str), assay_str>);
static_assert(std::is_same_v<assay_status, std::int32_t>);
static_assert(std::is_same_v<assay_entry_fn, const assay_plugin* (*)(const assay_host*) noexcept>);
static_assert(ASSAY_ABI_MAJOR == 1 && ASSAY_ABI_MINOR == 0,
              "a new minor needs a table of its own beside layout_1_0.inc");

namespace {

struct Field {
    std::string name;
    std::size_t offset, size;
};

struct Struct {
    std::size_t size = 0;
    std::vector<Field> fields;
};

std::map<std::string, Struct> table() {
    std::map<std::string, Struct> structs;
#define STRUCT(type, bytes) structs[#type].size = (bytes);
#define FIELD(type, field, offset, size, ...)                                                      \
    structs[#type].fields.push_back({#field, offset, size});
#include "layout_1_0.inc"
#undef STRUCT
#undef FIELD
    return structs;
}

// A struct as a peer would fill it whose version of the type has `size` bytes.
template <class T>
T with_size(std::size_t size) {
    T value{};
    value.struct_size = static_cast<std::uint32_t>(size);
    return value;
}

} // namespace

TEST_CASE("the table has every byte of every struct, so that no field is missing from it") {
    for (const auto& [name, type] : table()) {
        CAPTURE(name);
        std::size_t end = 0;
        for (const Field& field : type.fields) {
            CAPTURE(field.name);
            CHECK(field.offset == end);
            end = field.offset + field.size;
        }
        CHECK(end == type.size);
    }
    CHECK(table().size() == 20);
}

TEST_CASE("every struct that crosses by pointer begins with struct_size") {
    const std::vector<std::string> frozen{"assay_str", "assay_value", "assay_provided"};
    for (const auto& [name, type] : table()) {
        CAPTURE(name);
        const bool by_value = std::find(frozen.begin(), frozen.end(), name) != frozen.end();
        CHECK((type.fields.front().name == "struct_size") == !by_value);
    }
}

TEST_CASE("ASSAY_HAS is true exactly when the whole field lies inside struct_size") {
    const auto has_checksum = [](std::size_t size) {
        const auto batch = with_size<assay_batch>(size);
        return ASSAY_HAS(&batch, assay_batch, checksum);
    };
    CHECK(has_checksum(sizeof(assay_batch)));
    CHECK(has_checksum(sizeof(assay_batch) + 8));
    CHECK_FALSE(has_checksum(sizeof(assay_batch) - 1));
    CHECK_FALSE(has_checksum(0));
}
