// What the dynamic linker will do with a library: what it needs, where it looks, what it exports.
#include "catalog/elf.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <elf.h>

namespace assay::catalog {
namespace {

// Hostile tables let every entry point at one long text, so each kind of text has a limit, and so
// has the number of entries: together they bound the memory to some 64 MiB each.
constexpr std::size_t kPathBytesMax = 16 * 1024; // a RUNPATH is a list of paths
constexpr std::size_t kNeededMax = 1'024;
constexpr std::size_t kVersionBytesMax = 1'024;
constexpr std::size_t kVersionsMax = 16'384;
constexpr std::uint64_t kSymbolNamesBytesMax = std::uint64_t{64} << 20; // all of them
constexpr std::uint64_t kTableBytesMax = std::uint64_t{64} << 20;
constexpr std::uint64_t kDynamicBytesMax = std::uint64_t{1} << 20;

template <class T>
T object_at(const std::string& bytes, std::size_t offset) {
    T object{};
    std::memcpy(&object, bytes.data() + offset, sizeof object);
    return object;
}

std::optional<std::string>
text_in(const std::string& table, std::uint64_t start, std::size_t bytes_max) {
    const std::size_t end = start < table.size() ? table.find('\0', start) : std::string::npos;
    if (end == std::string::npos || end - start > bytes_max) {
        return std::nullopt;
    }
    return table.substr(start, end - start);
}

// Appends the version needs of one library, `entry` at `offset`; false where the table is damaged.
bool append_versions(const std::string& table,
                     const std::string& names,
                     const Elf64_Verneed& entry,
                     std::uint64_t offset,
                     std::vector<ElfVersionNeed>& needs) {
    const auto library = text_in(names, entry.vn_file, kVersionBytesMax);
    std::uint64_t place = offset + entry.vn_aux;
    for (unsigned i = 0; i < entry.vn_cnt; ++i) {
        if (!library || place > table.size() || table.size() - place < sizeof(Elf64_Vernaux) ||
            needs.size() >= kVersionsMax) {
            return false;
        }
        const auto need = object_at<Elf64_Vernaux>(table, place);
        const auto version = text_in(names, need.vna_name, kVersionBytesMax);
        if (!version) {
            return false;
        }
        needs.push_back({*library, *version});
        place += need.vna_next;
    }
    return true;
}

} // namespace

std::optional<std::uint64_t> ElfImage::offset_of(std::uint64_t address) const noexcept {
    for (const Segment& segment : segments_) {
        if (segment.type == PT_LOAD && address >= segment.address &&
            address - segment.address < segment.bytes_in_file && segment.offset <= bytes_->size()) {
            return segment.offset + (address - segment.address);
        }
    }
    return std::nullopt;
}

// The NUL-terminated text at that offset of the file.
std::optional<std::string> ElfImage::text_at(std::uint64_t offset) const {
    std::string text;
    std::array<char, 256> piece{};
    while (text.size() <= kPathBytesMax && offset < bytes_->size()) {
        const auto length = static_cast<std::size_t>(
            std::min<std::uint64_t>(piece.size(), bytes_->size() - offset));
        if (!bytes_->read(offset, {piece.data(), length})) {
            return std::nullopt;
        }
        const char* const end = std::find(piece.data(), piece.data() + length, '\0');
        text.append(piece.data(), static_cast<std::size_t>(end - piece.data()));
        if (end != piece.data() + length) {
            return text;
        }
        offset += length;
    }
    return std::nullopt;
}

Result<std::vector<ElfImage::DynamicEntry>> ElfImage::dynamic_entries() const {
    const auto table = std::ranges::find(segments_, std::uint32_t{PT_DYNAMIC}, &Segment::type);
    if (table == segments_.end()) {
        return elf_refused("has no dynamic section");
    }
    const auto start = offset_of(table->address);
    if (!start || table->bytes_in_file > kDynamicBytesMax) {
        return elf_refused("has its dynamic section outside what is loaded: it is damaged");
    }
    std::string bytes(table->bytes_in_file, '\0');
    if (!bytes_->read(*start, bytes)) {
        return elf_refused("has its dynamic section outside the file: it is truncated or damaged");
    }
    std::vector<DynamicEntry> entries;
    for (std::size_t at = 0; at + sizeof(Elf64_Dyn) <= bytes.size(); at += sizeof(Elf64_Dyn)) {
        const auto entry = object_at<Elf64_Dyn>(bytes, at);
        if (entry.d_tag == DT_NULL) {
            break;
        }
        entries.push_back({entry.d_tag, entry.d_un.d_val});
    }
    return entries;
}

Result<ElfDynamic> ElfImage::dynamic() const {
    const auto entries = dynamic_entries();
    if (!entries) {
        return entries.error();
    }
    const auto names = std::ranges::find(*entries, DT_STRTAB, &DynamicEntry::tag);
    const auto names_start = names == entries->end() ? std::nullopt : offset_of(names->value);
    ElfDynamic dynamic;
    for (const DynamicEntry& entry : *entries) {
        const bool flagged = entry.tag == DT_FLAGS && (entry.value & DF_TEXTREL) != 0;
        dynamic.text_relocations |= flagged || entry.tag == DT_TEXTREL;
        // Filters are loaded with the library as what it needs is.
        const bool needed =
            entry.tag == DT_NEEDED || entry.tag == DT_FILTER || entry.tag == DT_AUXILIARY;
        const bool path = entry.tag == DT_RUNPATH || entry.tag == DT_RPATH;
        if (!needed && !path && entry.tag != DT_SONAME) {
            continue;
        }
        const auto text = names_start && entry.value <= kTableBytesMax
                              ? text_at(*names_start + entry.value)
                              : std::nullopt;
        if (!text || dynamic.needed.size() >= kNeededMax) {
            return elf_refused("has a name of its dynamic section outside the file: it is damaged");
        }
        if (needed) {
            dynamic.needed.push_back(*text);
        } else if (path) { // the last one counts, as in ld.so
            (entry.tag == DT_RUNPATH ? dynamic.runpath : dynamic.rpath) = split(*text, ':');
        } else {
            dynamic.soname = *text;
        }
    }
    return dynamic;
}

Result<std::vector<ElfSymbol>> ElfImage::exported_symbols() const {
    std::vector<ElfSymbol> symbols;
    const auto table = std::ranges::find(sections_, std::uint32_t{SHT_DYNSYM}, &ElfSection::type);
    if (table == sections_.end()) {
        return symbols;
    }
    if (table->link >= sections_.size()) {
        return elf_refused("has a dynamic symbol table without names: it is damaged");
    }
    const auto bytes = bytes_of(*table, kTableBytesMax);
    const auto names = bytes_of(sections_[table->link], kTableBytesMax);
    if (!bytes || !names) {
        return bytes ? names.error() : bytes.error();
    }
    std::uint64_t names_bytes = 0;
    for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= bytes->size(); at += sizeof(Elf64_Sym)) {
        const auto symbol = object_at<Elf64_Sym>(*bytes, at);
        const unsigned binding = ELF64_ST_BIND(symbol.st_info);
        const unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
        if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL ||
            (visibility != STV_DEFAULT && visibility != STV_PROTECTED)) {
            continue;
        }
        auto name = text_in(*names, symbol.st_name, kTableBytesMax);
        names_bytes += name ? name->size() : 0;
        if (!name || names_bytes > kSymbolNamesBytesMax) {
            return elf_refused("has a symbol's name outside the name table: it is damaged");
        }
        symbols.push_back({std::move(*name),
                           binding == STB_WEAK         ? ElfBinding::weak
                           : binding == STB_GNU_UNIQUE ? ElfBinding::unique
                                                       : ElfBinding::global,
                           ELF64_ST_TYPE(symbol.st_info) == STT_FUNC});
    }
    return symbols;
}

Result<std::vector<ElfVersionNeed>> ElfImage::version_needs() const {
    std::vector<ElfVersionNeed> needs;
    const auto section =
        std::ranges::find(sections_, std::uint32_t{SHT_GNU_verneed}, &ElfSection::type);
    if (section == sections_.end()) {
        return needs;
    }
    const Error damaged = elf_refused("has a damaged table of needed versions");
    if (section->link >= sections_.size()) {
        return damaged;
    }
    const auto table = bytes_of(*section, kTableBytesMax);
    const auto names = bytes_of(sections_[section->link], kTableBytesMax);
    if (!table || !names) {
        return damaged;
    }
    std::uint64_t place = 0;
    for (std::uint32_t i = 0; i < section->info && i < kNeededMax; ++i) {
        if (place > table->size() || table->size() - place < sizeof(Elf64_Verneed)) {
            return damaged;
        }
        const auto entry = object_at<Elf64_Verneed>(*table, place);
        if (!append_versions(*table, *names, entry, place, needs)) {
            return damaged;
        }
        if (entry.vn_next == 0) {
            break;
        }
        place += entry.vn_next;
    }
    return needs;
}

bool ElfImage::executable_stack() const noexcept {
    const auto stack = std::ranges::find(segments_, std::uint32_t{PT_GNU_STACK}, &Segment::type);
    return stack == segments_.end() || (stack->flags & PF_X) != 0;
}

bool ElfImage::has_debug_info() const noexcept {
    return std::ranges::find(sections_, ".debug_info", &ElfSection::name) != sections_.end();
}

std::optional<std::string> ElfImage::build_id() const {
    const auto note = section_once(".note.gnu.build-id", 4096);
    if (!note || note->size() < sizeof(Elf64_Nhdr)) {
        return std::nullopt;
    }
    const auto header = object_at<Elf64_Nhdr>(*note, 0);
    const std::size_t start = sizeof header + 4; // after the name "GNU"
    if (header.n_type != NT_GNU_BUILD_ID || header.n_namesz != 4 || note->size() < start ||
        note->size() - start < header.n_descsz) {
        return std::nullopt;
    }
    return hex(std::string_view(*note).substr(start, header.n_descsz));
}

} // namespace assay::catalog
