// The importer "asv": a folder of airspeed velocity's results, one file of it, or its log.
#include "asv.hpp"

#include "import_formats/tar_image.hpp"

#include <algorithm>
#include <optional>

namespace asv {
namespace {

namespace formats = assay::import_formats;
using formats::JsonTree;
using formats::TarEntry;

bool is_definitions(const TarEntry& entry) {
    return entry.name == "benchmarks.json" || entry.name.ends_with("/benchmarks.json");
}

bool may_be_results(const TarEntry& entry) {
    return entry.name.ends_with(".json") && !entry.name.ends_with("machine.json") &&
           !is_definitions(entry);
}

Definitions definitions_of(const std::vector<TarEntry>& entries) {
    const auto found = std::ranges::find_if(entries, is_definitions);
    return found == entries.end() ? Definitions{}
                                  : read_definitions(JsonTree::read(found->bytes).root());
}

void parse_tree(std::string_view image, assay::import_output& out) {
    const std::vector<TarEntry> entries = formats::read_tar(image);
    const Definitions known = definitions_of(entries);
    std::string damage;
    for (const TarEntry& entry : entries) {
        if (!may_be_results(entry)) {
            if (!is_definitions(entry) && !entry.name.ends_with("machine.json")) {
                out.unread(entry.name);
            }
            continue;
        }
        const JsonTree document = JsonTree::read(entry.bytes);
        if (is_results(document.root())) {
            add_results(document.root(), known, out);
        } else if (!document.is_damaged()) {
            out.unread(entry.name);
        }
        if (document.is_damaged() && damage.empty()) {
            damage = entry.name + ", " + assay::place_in(entry.bytes, document.end()) + ": " +
                     document.damage();
        }
    }
    if (!damage.empty()) {
        throw assay::damaged(damage);
    }
}

int probe_tree(std::string_view head) {
    int sure = 0;
    for (const TarEntry& entry : formats::read_tar_head(head)) {
        const bool results =
            may_be_results(entry) && is_results(JsonTree::read(entry.bytes).root());
        const bool defined =
            is_definitions(entry) && entry.bytes.find("\"param_names\"") != std::string_view::npos;
        sure = std::max(sure, results ? 95 : defined ? 90 : 0);
    }
    return sure;
}

class AsvImporter {
public:
    static constexpr std::string_view extensions = ".json,.txt";
    static constexpr bool reads_folders = true;

    static int probe(const assay::probed_file& file) {
        if (file.is_tree()) {
            return probe_tree(file.head);
        }
        return is_results(JsonTree::read(file.head).root()) ? 95 : probe_log(file.head);
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        if (file.is_tree()) {
            parse_tree(file.bytes, out);
            return;
        }
        const JsonTree document = JsonTree::read(file.bytes);
        if (!document.root().is(formats::JsonKind::object)) {
            parse_log(file.bytes, out);
            return;
        }
        if (is_results(document.root())) {
            add_results(document.root(), {}, out);
        }
        document.check(file.bytes);
    }
};

} // namespace
} // namespace asv

ASSAY_IMPORTER("org.assay.import.asv",
               "asv",
               "0.1.0",
               asv::AsvImporter,
               R"("description":"results and logs of airspeed velocity","license":"Apache-2.0")")
