#include "app/documents/document_reporter.hpp"

#include "app/environment.hpp"
#include "app/output.hpp"
#include "app/plugin_loading.hpp"
#include "app/settings.hpp"
#include "support/file.hpp"

#include <filesystem>
#include <utility>

namespace assay::app {

Result<std::unique_ptr<report::Receiver>> open_document_reporter(const Invocation& invocation,
                                                                 const Messages& say,
                                                                 const report::ReporterSpec& spec) {
    const auto settings =
        settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    const auto loaded = load_suites(*settings, {.store = true, .describe = false});
    if (!loaded) {
        return loaded.error();
    }
    const LoadedPlugin* const plugin = provider_of(*loaded, ASSAY_KIND_REPORTER, spec.name);
    if (plugin == nullptr || !plugin->stored) {
        return Error{.kind = ErrorKind::plugin,
                     .message = "there is no reporter '" + spec.name + "' that can be loaded",
                     .hint = "'assay list --plugins' says what is wrong with it; --format json "
                             "writes what it would draw"};
    }
    report::ReporterEnvironment environment;
    environment.log = [&say](const std::string&, std::int32_t level, std::string_view text) {
        if (level >= ASSAY_LOG_WARN) {
            say.warning(text);
        } else {
            say.detail(text);
        }
    };
    return report::open_reporter(spec, plugin->stored->path.string(), environment);
}

Status draw_document(report::Receiver& receiver, json::object document, std::int64_t now) {
    report::Event event;
    event.kind = report::EventKind::document;
    event.sequence = 1;
    event.unix_ns = static_cast<std::uint64_t>(now);
    event.fields["document"] = std::move(document);
    Status drawn = receiver.on_event(event);
    return drawn ? receiver.finish() : drawn;
}

int write_document(const Invocation& invocation,
                   const Messages& say,
                   const json::object& document) {
    const std::string text = write_json(document, JsonLayout::compact) + "\n";
    const std::string file = invocation.value("--output").value_or("-");
    if (file == "-") {
        return print_result(say, text);
    }
    if (const Status written = write_file_atomically(file, text); !written) {
        return report(say, written.error());
    }
    say.note_line("wrote " + file);
    return 0;
}

} // namespace assay::app
