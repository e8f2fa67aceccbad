#include "fake_suite.hpp"
#include "measure/abi_field.hpp"
#include "measure/host_services.hpp"
#include "measure/json_service.hpp"

#include <doctest/doctest.h>

namespace services_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

const assay_json_v1& offered_json() {
    const void* const found = host_services().service(str(ASSAY_SERVICE_JSON));
    REQUIRE(found != nullptr);
    return *static_cast<const assay_json_v1*>(found);
}

assay_status get(const char* doc, const char* pointer, std::int32_t type, assay_value& out) {
    return offered_json().get(str(doc), str(pointer), type, &out);
}

std::string text(const assay_value& value) {
    return {value.u.str.data, value.u.str.len};
}

constexpr const char* kDocument =
    R"({"n":64,"x":0.5,"on":true,"name":"a/b","deep":{"list":[1,{"k":null}]},"a/b":7})";

} // namespace

TEST_CASE("values are read by pointer in the type that is asked for") {
    assay_value out{};
    CHECK(get(kDocument, "/n", ASSAY_T_I64, out) == ASSAY_OK);
    CHECK(out.u.i64 == 64);
    CHECK(get(kDocument, "/n", ASSAY_T_F64, out) == ASSAY_OK);
    CHECK(out.u.f64 == 64.0);
    CHECK(get(kDocument, "/x", ASSAY_T_F64, out) == ASSAY_OK);
    CHECK(out.u.f64 == 0.5);
    CHECK(get(kDocument, "/on", ASSAY_T_BOOL, out) == ASSAY_OK);
    CHECK(out.u.i64 == 1);
    CHECK(get(kDocument, "/name", ASSAY_T_STR, out) == ASSAY_OK);
    CHECK(text(out) == "a/b");
    CHECK(get(kDocument, "/a~1b", ASSAY_T_I64, out) == ASSAY_OK);
    CHECK(out.u.i64 == 7);
    CHECK(get(kDocument, "/deep/list/1", ASSAY_T_JSON, out) == ASSAY_OK);
    CHECK(text(out) == R"({"k":null})");
    CHECK(get(kDocument, "", ASSAY_T_JSON, out) == ASSAY_OK);
    CHECK(text(out) == kDocument);
}

TEST_CASE("what is not there, of another type or no JSON is told apart") {
    assay_value out{};
    CHECK(get(kDocument, "/missing", ASSAY_T_I64, out) == ASSAY_SKIP);
    CHECK(get(kDocument, "/x", ASSAY_T_I64, out) == ASSAY_E_CONFIG);
    CHECK(get(kDocument, "/n", ASSAY_T_STR, out) == ASSAY_E_CONFIG);
    CHECK(get(kDocument, "/n", ASSAY_T_BOOL, out) == ASSAY_E_CONFIG);
    CHECK(get(kDocument, "/n", 99, out) == ASSAY_E_UNSUPPORTED);
    CHECK(get("{\"n\":", "/n", ASSAY_T_I64, out) == ASSAY_E_CONFIG);
    out.u.i64 = 5;
    CHECK(get(kDocument, "/name", ASSAY_T_I64, out) == ASSAY_E_CONFIG);
    CHECK(out.u.i64 == 5);                                     // touched only on success
    CHECK(get(kDocument, "/n", ASSAY_T_I64, out) == ASSAY_OK); // after a broken one
    CHECK(offered_json().get(str(kDocument), str("/n"), ASSAY_T_I64, nullptr) == ASSAY_E_STATE);
}

TEST_CASE("unknown services are NULL and the host names itself") {
    CHECK(host_services().service(str("assay.future/9")) == nullptr);
    CHECK(host_services().service(assay_str{}) == nullptr);
    CHECK(host_services().struct_size == sizeof(assay_host));
    CHECK(host_services().now_ns() > 0);
}

TEST_CASE("host functions survive a scope that is NULL") {
    const assay_host& host = host_services();
    host.fail(nullptr, ASSAY_E_FAIL, str("said by a library"));
    CHECK(library_failure().find("said by a library") != std::string::npos);
    host.progress(nullptr, 0.5, str(""));
    host.metric(nullptr, 0, 1);
    CHECK(host.cancelled(nullptr) == 0);
    CHECK(host.attach(nullptr, str("a"), str("b"), str("c")) == ASSAY_E_STATE);
}

TEST_CASE("cancelled follows the cancel word") {
    RecordingObserver observer;
    CancelWord cancel{0};
    ServiceDesk desk(&observer, &cancel);
    CHECK(host_services().cancelled(desk.scope()) == 0);
    cancel.store(1);
    CHECK(host_services().cancelled(desk.scope()) == 1);
}

TEST_CASE("a plugin that logs without end costs only its own lines") {
    RecordingObserver observer;
    CancelWord cancel{0};
    ServiceDesk desk(&observer, &cancel);
    std::thread elsewhere([&] {
        for (int i = 0; i < 1500; ++i) {
            host_services().log(desk.scope(), ASSAY_LOG_INFO, str("line"));
        }
    });
    elsewhere.join();
    CHECK(observer.logs.empty()); // never from another thread
    desk.deliver();
    REQUIRE(observer.logs.size() == 1001);
    CHECK(observer.logs.back() == "500 further log lines were not kept");
}

TEST_CASE("attachments have a limit and do not trust a null pointer") {
    RecordingObserver observer;
    CancelWord cancel{0};
    ServiceDesk desk(&observer, &cancel);
    const assay_host& host = host_services();
    CHECK(host.attach(desk.scope(), str("a"), str("b"), assay_str{nullptr, 5}) == ASSAY_E_FAIL);
    const std::string large(std::size_t{17} << 20, 'x');
    CHECK(host.attach(desk.scope(), str("a"), str("b"), assay_str{large.data(), large.size()}) ==
          ASSAY_E_NOMEM);
    for (int i = 0; i < 64; ++i) {
        CHECK(host.attach(desk.scope(), str("a"), str("b"), str("c")) == ASSAY_OK);
    }
    CHECK(host.attach(desk.scope(), str("a"), str("b"), str("c")) == ASSAY_E_NOMEM);
    CHECK(desk.take_attachments().size() == 64);
    CHECK(desk.take_attachments().empty());
}

TEST_CASE("text of a plugin is cut at whole characters and always UTF-8") {
    CHECK(copy_text(assay_str{nullptr, 9}).empty());
    CHECK(copy_text(str("caf\u00e9")) == "caf\u00e9");
    CHECK(copy_text(str("a\xff")) == "a?");
    CHECK(copy_text(str("ab\u00e9"), 3) == "ab...");
    CHECK(copy_text(str("\u00e9\u00e9\u00e9"), 4) == "\u00e9...");
    CHECK(status_name(ASSAY_E_NOMEM) == "ASSAY_E_NOMEM");
    CHECK(status_name(-77) == "status -77");
}

} // namespace services_test
