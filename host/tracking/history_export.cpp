#include "tracking/history_export.hpp"

#include "tracking/document_values.hpp"
#include "tracking/figure_rows.hpp"
#include "tracking/run_document.hpp"

namespace assay::tracking {
namespace {

// Everything of the document but its runs, and the place where they go.
std::string json_begin(const std::string& where) {
    std::string head = write_json(history_head("export", where));
    head.pop_back(); // the brace
    return head + ",\"runs\":[";
}

} // namespace

Result<std::size_t> export_history(history::Store& store,
                                   const history::RunQuery& query,
                                   ExportFormat format,
                                   const TextSink& sink) {
    const bool is_json = format == ExportFormat::json;
    if (Status begun = sink(is_json ? json_begin(store.where()) : figure_row_heads()); !begun) {
        return begun.error();
    }
    std::size_t runs = 0;
    const Status all = store.each_run(query, [&](history::Run&& run) -> Status {
        const std::string text =
            is_json ? (runs == 0 ? "\n" : ",\n") + write_json(run_value(run)) : figure_rows(run);
        ++runs;
        return sink(text);
    });
    if (!all) {
        return all.error();
    }
    if (Status ended = is_json ? sink("\n]}\n") : Status{}; !ended) {
        return ended.error();
    }
    return runs;
}

} // namespace assay::tracking
