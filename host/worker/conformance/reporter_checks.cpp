// R1 to R7: reporters and the streams of canned_events.hpp.
#include "measure/abi_field.hpp"
#include "support/schema.hpp"
#include "support/text.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/plugin_under_check.hpp"
#include "worker/conformance/process_state.hpp"
#include "worker/conformance/reporter_session.hpp"

#include <algorithm>
#include <functional>
#include <sys/stat.h>

namespace assay::worker::conformance {
namespace {

constexpr std::uint64_t kFailingWritesMax = 60;

struct NamedStream {
    const char* name;
    Stream (*make)();
};

constexpr NamedStream kStreams[] = {{"an empty run", empty_stream},
                                    {"one case of every status", every_status_stream},
                                    {"10 000 cases", large_stream},
                                    {"hostile texts", hostile_stream},
                                    {"odd figures", odd_figures_stream},
                                    {"unknown kinds and keys", unknown_stream}};

struct ReporterUnderCheck {
    std::string name;
    const assay_reporter_v1& iface;
    std::string options;      // the defaults
    std::string default_name; // "results.json"
};

// With another value of the first setting that has one to choose from.
std::string other_options(const ReporterUnderCheck& reporter) {
    const Result<json::value> options = parse_json(reporter.options);
    const std::string schema_text = measure::copy_text(reporter.iface.options_schema);
    const Result<json::value> schema = parse_json(schema_text);
    const json::value* const properties = schema ? json_at(*schema, "/properties") : nullptr;
    if (!options || properties == nullptr || !properties->is_object()) {
        return reporter.options;
    }
    for (const auto& property : properties->get_object()) {
        const json::value* const choices = json_at(property.value(), "/enum");
        const json::value* const type = json_at(property.value(), "/type");
        json::value changed = *options;
        if (choices != nullptr && choices->is_array() && !choices->get_array().empty()) {
            changed.get_object()[property.key()] = choices->get_array().back();
        } else if (type != nullptr && *type == "boolean") {
            changed.get_object()[property.key()] =
                !json_bool(options->get_object(), property.key(), false);
        }
        if (changed != *options) {
            return canonical_json(changed);
        }
    }
    return reporter.options;
}

void for_each_reporter(CheckContext& context,
                       const std::function<void(const ReporterUnderCheck& reporter)>& look) {
    for (const Interface& one : interfaces(context, ASSAY_KIND_REPORTER)) {
        const auto& iface = *static_cast<const assay_reporter_v1*>(one.iface);
        const std::string schema_text = measure::copy_text(iface.options_schema);
        json::value options = json::object{};
        if (!schema_text.empty()) {
            const Result<Schema> schema = Schema::compile(schema_text, SchemaLevel::plugin);
            if (!schema) {
                context.report.error("reporter '" + one.name +
                                     "': its options_schema: " + schema.error().message);
                continue;
            }
            schema->fill_defaults(options);
        }
        look({one.name, iface, canonical_json(options), measure::copy_text(iface.default_name)});
    }
}

// Everything that one stream makes of it.
std::map<std::string, std::string>
written_of(const ReporterUnderCheck& reporter, const Stream& stream, const std::string& options) {
    ReporterSession session(reporter.iface, {.options = options});
    session.send_all(stream);
    session.finish();
    return session.written();
}

std::string_view extension_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

// Fields of one CSV record from `at` on, quotes obeyed; moves `at` behind the record.
std::size_t fields_of_record(std::string_view text, std::size_t& at) {
    std::size_t fields = 1;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            ++fields;
        } else if (c == '\n' && !quoted) {
            ++at;
            break;
        }
    }
    return fields;
}

std::string csv_fault(std::string_view text) {
    std::size_t at = 0;
    const std::size_t columns = fields_of_record(text, at);
    for (std::size_t record = 2; at < text.size(); ++record) {
        const std::size_t fields = fields_of_record(text, at);
        if (fields != columns) {
            return "record " + std::to_string(record) + " has " + std::to_string(fields) +
                   " fields, the first has " + std::to_string(columns);
        }
    }
    return {};
}

// A picture is no text: it is whole where it has its first and its last bytes.
std::string png_fault(std::string_view bytes) {
    static constexpr std::string_view kFirst = "\x89PNG\r\n\x1a\n";
    static constexpr std::string_view kLast = "IEND\xae\x42\x60\x82";
    return bytes.starts_with(kFirst) && bytes.ends_with(kLast) ? "" : "is no whole PNG";
}

// What is wrong with a document of that kind, or nothing.
std::string document_fault(std::string_view extension, const std::string& text) {
    if (extension == ".json") {
        const Result<json::value> document = parse_json(text);
        return document ? "" : document.error().message;
    }
    if (extension == ".csv") {
        return csv_fault(text);
    }
    if (extension == ".png") {
        return png_fault(text);
    }
    const bool markup = extension == ".html" || extension == ".xml" || extension == ".svg";
    if (markup && text.find(kHostileMarkup) != std::string::npos) {
        return "texts are put into the markup without escaping";
    }
    if (!is_utf8(text)) {
        return "is not UTF-8";
    }
    return {};
}

std::uint64_t writes_of(const ReporterUnderCheck& reporter, const Stream& stream) {
    ReporterSession session(reporter.iface, {.options = reporter.options});
    session.send_all(stream);
    session.finish();
    return session.writes();
}

// Files that were opened for writing and are still open.
std::vector<std::string> files_open_for_writing() {
    std::vector<std::string> files;
    for (const auto& [fd, target] : open_descriptors()) {
        struct stat info {};

        if (target.starts_with('/') && ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
            files.push_back(target);
        }
    }
    return files;
}

} // namespace

void check_streams(CheckContext& context) {
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        for (const NamedStream& stream : kStreams) {
            for (const bool terminal : {false, true}) {
                ReporterSession session(reporter.iface,
                                        {.options = reporter.options, .terminal = terminal});
                session.send_all(stream.make());
                session.finish();
                if (!session.failure().empty()) {
                    context.report.error(reporter.name + ", " + stream.name + ": " +
                                         session.failure());
                    break;
                }
            }
        }
    });
}

void check_readable(CheckContext& context) {
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        for (const NamedStream& stream : kStreams) {
            const auto written = written_of(reporter, stream.make(), reporter.options);
            for (const auto& [name, text] : written) {
                const std::string& file = name.empty() ? reporter.default_name : name;
                const std::string fault = document_fault(extension_of(file), text);
                if (!fault.empty()) {
                    context.report.error(reporter.name + ", " + stream.name + ": " +
                                         (file.empty() ? "what it wrote" : file) + ": " + fault);
                }
            }
        }
    });
}

void check_broken_sink(CheckContext& context) {
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        const Stream stream = every_status_stream();
        const std::uint64_t writes = writes_of(reporter, stream);
        const std::uint64_t step = writes / kFailingWritesMax + 1;
        for (std::uint64_t failing = 1; failing <= writes; failing += step) {
            ReporterSession session(reporter.iface,
                                    {.options = reporter.options, .failing_write = failing});
            session.send_all(stream);
            session.finish();
            if (session.failure().empty()) {
                context.report.error(reporter.name + ": write " + std::to_string(failing) + " of " +
                                     std::to_string(writes) +
                                     " failed and every call returned success");
                break;
            }
        }
        if (writes == 0) {
            context.report.note(reporter.name + ": wrote nothing");
        }
    });
}

void check_broken_stream(CheckContext& context) {
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        for (const Stream& stream : {broken_off_stream(), Stream{}}) {
            ReporterSession session(reporter.iface, {.options = reporter.options});
            session.send_all(stream);
            session.finish();
            if (!session.failure().empty()) {
                context.report.error(reporter.name + ", " +
                                     (stream.empty() ? "no event at all"
                                                     : "a stream that broke "
                                                       "off") +
                                     ": " + session.failure());
            }
        }
        ReporterSession unfinished(reporter.iface, {.options = reporter.options});
        unfinished.send_all(broken_off_stream()); // destroyed without finish
    });
}

void check_two_at_once(CheckContext& context) {
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        const std::string others = other_options(reporter);
        const Stream stream = every_status_stream();
        const auto alone = written_of(reporter, stream, reporter.options);
        const auto other_alone = written_of(reporter, stream, others);
        ReporterSession one(reporter.iface, {.options = reporter.options});
        ReporterSession other(reporter.iface, {.options = others});
        for (const CannedEvent& event : stream) {
            one.send(event);
            other.send(event);
        }
        one.finish();
        other.finish();
        if (one.written() != alone || other.written() != other_alone) {
            context.report.error(reporter.name +
                                 ": two instances at once write other bytes than each alone");
        }
        if (others == reporter.options) {
            context.report.note(reporter.name + ": no setting to vary, both had the same options");
        }
    });
}

void check_equal_bytes(CheckContext& context) {
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        const Stream stream = every_status_stream();
        const auto first = written_of(reporter, stream, reporter.options);
        if (written_of(reporter, stream, reporter.options) != first) {
            context.report.error(reporter.name + ": the same events gave other bytes");
        }
        std::size_t digest = 0;
        for (const auto& [name, text] : first) {
            digest = digest * 31 + std::hash<std::string>{}(name + '\n' + text);
        }
        context.report.facts["what " + reporter.name + " wrote, as a digest"] =
            std::to_string(digest);
    });
}

void check_only_sink(CheckContext& context) {
    const OutputCapture capture(OutputCapture::Streams::both);
    for_each_reporter(context, [&](const ReporterUnderCheck& reporter) {
        const auto before = files_open_for_writing();
        ReporterSession session(reporter.iface, {.options = reporter.options});
        for (const CannedEvent& event : every_status_stream()) {
            session.send(event);
            if (files_open_for_writing() != before) {
                context.report.error(reporter.name + ": holds a file of its own open");
                break;
            }
        }
        session.finish();
    });
    if (capture.bytes() > 0) {
        context.report.error("it printed '" + capture.text() + "'");
    }
}

} // namespace assay::worker::conformance
