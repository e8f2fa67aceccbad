#include "app/conformance/static_checks.hpp"

#include "app/conformance/needed_libraries.hpp"
#include "catalog/manifest.hpp"
#include "support/text.hpp"

#include <assay/plugin.h>

#include <algorithm>

namespace assay::app {

namespace {

using catalog::ElfBinding;
using catalog::ElfSymbol;
using measure::CheckReport;

constexpr std::string_view kEntryStem = "assay_plugin_entry_v";
// What the host itself uses: a second copy of another version in one process would be loaded
// beside it by reporters.
constexpr std::string_view kHostTbb = "libtbb.so.12";
constexpr std::size_t kNamesShown = 5;

bool is_entry(const ElfSymbol& symbol) {
    return symbol.name.starts_with(kEntryStem);
}

std::string some_of(const std::vector<std::string>& names) {
    const std::size_t shown = std::min(names.size(), kNamesShown);
    std::string text = join(std::span(names).first(shown), ", ");
    if (names.size() > shown) {
        text += " and " + std::to_string(names.size() - shown) + " more";
    }
    return text;
}

} // namespace

StaticChecks::StaticChecks(std::string path)
    : path_(std::move(path))
    , image_(catalog::ElfImage::open(path_)) {
    if (!image_) {
        unreadable_ = image_.error().message;
        return;
    }
    if (const auto manifest = catalog::manifest_text(*image_)) {
        manifest_ = *manifest;
    }
    Result<std::vector<ElfSymbol>> symbols = image_->exported_symbols();
    Result<catalog::ElfDynamic> dynamic = image_->dynamic();
    if (!symbols || !dynamic) {
        unreadable_ = (symbols ? dynamic.error() : symbols.error()).message;
        return;
    }
    symbols_ = std::move(*symbols);
    dynamic_ = std::move(*dynamic);
}

CheckReport StaticChecks::run(std::string_view id) const {
    CheckReport report;
    if (id == "S1") {
        if (!unreadable_.empty()) {
            report.error(unreadable_);
        }
    } else if (!unreadable_.empty()) {
        report.skip("the file cannot be read as a library (S1)");
    } else if (id == "S2") {
        check_manifest(report);
    } else if (id == "S3") {
        check_entry(report);
    } else if (id == "S4") {
        check_other_symbols(report);
    } else if (id == "S5") {
        check_segments(report);
    } else if (id == "S6") {
        check_needed(report);
    } else if (id == "S7") {
        check_own_libraries(report);
    } else {
        tell_debug_info(report);
    }
    return report;
}

void StaticChecks::check_manifest(CheckReport& report) const {
    const Result<std::string> text = catalog::manifest_text(*image_);
    if (!text) {
        report.error(text.error().message);
        return;
    }
    const Result<catalog::Manifest> manifest = catalog::parse_manifest(*text);
    if (!manifest) {
        report.error(manifest.error().message);
        return;
    }
    if (const std::string conflict = catalog::version_conflict(*manifest); !conflict.empty()) {
        report.error(conflict);
    }
    if (manifest->provides.empty()) {
        report.warn("the manifest provides nothing");
    }
}

void StaticChecks::check_entry(CheckReport& report) const {
    const auto entries = std::ranges::count_if(symbols_, is_entry);
    const auto ours = std::ranges::find(symbols_, ASSAY_ENTRY_SYMBOL, &ElfSymbol::name);
    if (ours == symbols_.end()) {
        report.error(std::string("it exports no ") + ASSAY_ENTRY_SYMBOL +
                     (entries > 0 ? ", only an entry of another major" : ""));
    } else if (!ours->function) {
        report.error(std::string(ASSAY_ENTRY_SYMBOL) + " is no function");
    }
    if (entries > 1) {
        report.error(std::to_string(entries) + " entry functions are exported, expected one");
    }
}

void StaticChecks::check_other_symbols(CheckReport& report) const {
    std::vector<std::string> strong;
    std::vector<std::string> weak;
    for (const ElfSymbol& symbol : symbols_) {
        if (!is_entry(symbol)) {
            (symbol.binding == ElfBinding::weak ? weak : strong).push_back(symbol.name);
        }
    }
    const std::string remedy = "; link with a version script (assay_add_plugin does)";
    if (!strong.empty()) {
        report.warn("it also exports " + some_of(strong) + remedy);
    }
    if (!weak.empty()) {
        report.warn("it also exports the weak " + some_of(weak) + remedy);
    }
}

void StaticChecks::check_segments(CheckReport& report) const {
    if (dynamic_.text_relocations) {
        report.warn("it has text relocations (TEXTREL): compile with -fPIC");
    }
    if (image_->executable_stack()) {
        report.warn("it asks for an executable stack: link with -z noexecstack");
    }
    std::vector<std::string> unique;
    for (const ElfSymbol& symbol : symbols_) {
        if (symbol.binding == ElfBinding::unique) {
            unique.push_back(symbol.name);
        }
    }
    if (!unique.empty()) {
        report.note("unique symbols (STB_GNU_UNIQUE), shared with every library that has them: " +
                    some_of(unique));
    }
}

void StaticChecks::check_needed(CheckReport& report) const {
    const auto obeyed = dynamic_.runpath.empty() ? dynamic_.rpath : dynamic_.runpath;
    for (const std::string& entry : obeyed) {
        if (entry != "$ORIGIN" && !entry.starts_with("$ORIGIN/") && entry != "${ORIGIN}" &&
            !entry.starts_with("${ORIGIN}/")) {
            report.error("it looks for libraries in '" + entry +
                         "', expected $ORIGIN and what lies below or beside it");
        }
    }
    const std::vector<std::string> missing = unresolved(path_, dynamic_);
    for (const std::string& name : missing) {
        report.error("it needs " + name +
                     ", which is neither beside it nor where the system keeps libraries");
    }
    const Result<std::vector<catalog::ElfVersionNeed>> versions = image_->version_needs();
    if (!versions) {
        report.error(versions.error().message);
        return;
    }
    for (const std::string& text : versions_above_target(*versions)) {
        report.warn(text);
    }
}

void StaticChecks::check_own_libraries(CheckReport& report) const {
    for (const std::string& name : dynamic_.needed) {
        if (name.starts_with("libtbb") && name != kHostTbb) {
            report.warn("it links " + name + " itself, the host has " + std::string(kHostTbb) +
                        "; the service assay.parallel/1 needs neither");
        } else if (name.starts_with("libtbb")) {
            report.note("it links " + name +
                        " itself; the service assay.parallel/1 does not "
                        "need that");
        } else if (name.starts_with("libboost_")) {
            report.warn("it links " + name +
                        " itself: another Boost of the same name may be in the process");
        }
    }
}

void StaticChecks::tell_debug_info(CheckReport& report) const {
    const std::optional<std::string> build_id = image_->build_id();
    report.note(
        (build_id ? "build id " + *build_id : std::string("no build id")) +
        (image_->has_debug_info() ? ", with debug information" : ", without debug information"));
}

} // namespace assay::app
