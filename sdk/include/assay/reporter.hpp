// The C++20 layer for reporters: a class that is given events in order and writes to a sink.
//
//   #include <assay/reporter.hpp>
//
//   class lines {
//   public:
//       static constexpr std::string_view options_schema = R"({"type":"object","properties":
//           {"prefix":{"type":"string","default":"- "}},"additionalProperties":false})";
//       static constexpr std::string_view default_name = "lines.txt"; // without it: stdout
//
//       lines(assay::document const& options, assay::sink out)
//           : prefix_(options.str("/prefix", "- ")), out_(out) {}
//       void on(assay::event_view const& e) {
//           if (e.kind() == assay::event_kind::case_end) {
//               out_.write(prefix_ + std::string(e.case_id()) + "\n");
//           }
//       }
//       void finish() {}                                      // also after a cancelled run
//   private:
//       std::string prefix_;
//       assay::sink out_;
//   };
//   ASSAY_REPORTER("org.example.lines", "lines", "1.0.0", lines)
//
// The constructor may take a third argument, assay::context, to log and to ask for cancellation;
// the options document lives only during the constructor. Exceptions become statuses (errors.hpp):
// the host then ends this reporter, and only this one. One thread; unknown event kinds are to be
// ignored.
#pragma once

#include "context.hpp"
#include "document.hpp"
#include "errors.hpp"
#include "event_view.hpp"
#include "library.hpp"
#include "sink.hpp"

#include <concepts>
#include <memory>
#include <string_view>

namespace assay {
namespace detail {

template <class R>
struct reporter_object {
    const assay_host* host;
    assay_scope* scope;
    std::unique_ptr<R> body;
};

template <class R>
std::unique_ptr<R> make_reporter(const document& options, sink out, const context& host) {
    if constexpr (std::constructible_from<R, const document&, sink, context>) {
        return std::make_unique<R>(options, out, host);
    } else {
        static_assert(std::constructible_from<R, const document&, sink>,
                      "a reporter needs a constructor (assay::document const&, assay::sink)");
        return std::make_unique<R>(options, out);
    }
}

template <class R>
struct reporter_entry {
    using object = reporter_object<R>;

    static object& of(assay_reporter* reporter) noexcept {
        return *reinterpret_cast<object*>(reporter);
    }

    static assay_status create(const assay_host* host,
                               assay_scope* scope,
                               assay_str options,
                               const assay_sink* out,
                               assay_reporter** reporter) noexcept {
        return guard(host, scope, [&] {
            auto made = std::make_unique<object>(object{host, scope, nullptr});
            made->body = make_reporter<R>(
                document(host, text_of(options)), sink(*out), context(host, scope, nullptr));
            *reporter = reinterpret_cast<assay_reporter*>(made.release());
        });
    }

    static assay_status on_event(assay_reporter* reporter, const assay_event* event) noexcept {
        object& self = of(reporter);
        return guard(self.host, self.scope, [&] { self.body->on(event_view(self.host, *event)); });
    }

    static assay_status finish(assay_reporter* reporter) noexcept {
        object& self = of(reporter);
        return guard(self.host, self.scope, [&] {
            if constexpr (requires(R & r) { r.finish(); }) {
                self.body->finish();
            }
        });
    }

    static void destroy(assay_reporter* reporter) noexcept { delete &of(reporter); }

    static const assay_reporter_v1& interface() noexcept {
        static const assay_reporter_v1 made = [] {
            assay_reporter_v1 iface{};
            iface.struct_size = sizeof iface;
            if constexpr (requires { R::options_schema; }) {
                iface.options_schema = as_abi(R::options_schema);
            }
            if constexpr (requires { R::default_name; }) {
                iface.default_name = as_abi(R::default_name);
            }
            iface.create = create;
            iface.on_event = on_event;
            iface.finish = finish;
            iface.destroy = destroy;
            return iface;
        }();
        return made;
    }
};

} // namespace detail

template <class Reporter>
library& library::reporter(std::string_view name) {
    return provide(ASSAY_KIND_REPORTER, name, &detail::reporter_entry<Reporter>::interface());
}

} // namespace assay

// ASSAY_REPORTER(id, name, version, Type [, "more members of the manifest"])
// A library with one reporter. id: reverse DNS; name: [a-z0-9_]+.
#define ASSAY_REPORTER(id, name, version, type, ...)                                               \
    ASSAY_PLUGIN(id, version, ASSAY_PROVIDES_REPORTER(name) __VA_OPT__(, ) __VA_ARGS__) {          \
        p.reporter<type>(name);                                                                    \
    }
