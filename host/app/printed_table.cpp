#include "app/printed_table.hpp"

#include "app/output.hpp"

namespace assay::app {

std::string format_of(const Invocation& invocation) {
    return invocation.value("--format").value_or("text");
}

int print_document(const Messages& say, const json::object& document) {
    return print_result(say, write_json(document, JsonLayout::indented) + "\n");
}

int print_table(const Invocation& invocation,
                const Messages& say,
                const TextTable& table,
                const json::object& document) {
    return print_table(invocation, say, table, table, document);
}

int print_table(const Invocation& invocation,
                const Messages& say,
                const TextTable& table,
                const TextTable& rows,
                const json::object& document) {
    const std::string format = format_of(invocation);
    if (format == "json") {
        return print_document(say, document);
    }
    return print_result(say, format == "csv" ? rows.csv() : table.aligned());
}

} // namespace assay::app
