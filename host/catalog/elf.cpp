// Header, sections and segments (System V ABI, chapters 4 and 5).
#include "catalog/elf.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <elf.h>

namespace assay::catalog {

Error elf_refused(std::string reason) {
    return Error{ErrorKind::plugin, std::move(reason), {}};
}

namespace {

static_assert(std::endian::native == std::endian::little, "tables are read without swapping");

#if defined(__x86_64__)
constexpr std::uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t kMachine = EM_AARCH64;
#else
#error "name this machine's ELF number here"
#endif

// Linked libraries have some dozens; 65 535 is what a header can count without an extension.
constexpr std::uint64_t kSectionsMax = 65'536;
constexpr std::uint64_t kSegmentsMax = 1'024;
constexpr std::uint64_t kSectionNamesBytesMax = std::uint64_t{4} << 20;
// Every section may point into one long text: what is longer is cut, or a file of 4 MB would make
// 65 536 names of 4 MB each.
constexpr std::size_t kSectionNameBytesMax = 255;

std::string machine_name(std::uint16_t machine) {
    switch (machine) {
    case EM_X86_64:
        return "x86-64";
    case EM_AARCH64:
        return "arm64";
    case EM_386:
        return "i386";
    case EM_ARM:
        return "arm";
    case EM_RISCV:
        return "riscv";
    case EM_PPC64:
        return "ppc64";
    case EM_S390:
        return "s390";
    default:
        return "machine " + std::to_string(machine);
    }
}

template <class T>
bool read_object(const ByteSource& bytes, std::uint64_t offset, T& object) {
    std::array<char, sizeof(T)> raw{};
    if (!bytes.read(offset, raw)) {
        return false;
    }
    std::memcpy(&object, raw.data(), sizeof(T));
    return true;
}

// Whether `count` entries of `entry_bytes` from `offset` lie inside `size` bytes, without overflow.
bool lies_inside(std::uint64_t size,
                 std::uint64_t offset,
                 std::uint64_t count,
                 std::uint64_t entry_bytes) noexcept {
    return offset <= size && count <= (size - offset) / entry_bytes;
}

Status check_header(const Elf64_Ehdr& header) {
    if (header.e_ident[EI_CLASS] != ELFCLASS64) {
        return elf_refused("is a 32-bit library; this host loads 64-bit ones: rebuild it for " +
                           machine_name(kMachine));
    }
    if (header.e_ident[EI_DATA] != ELFDATA2LSB) {
        return elf_refused("is a big-endian library; this host is little-endian: rebuild it for " +
                           machine_name(kMachine));
    }
    if (header.e_machine != kMachine) {
        return elf_refused("is built for " + machine_name(header.e_machine) + "; this host is " +
                           machine_name(kMachine) + ": get or build it for this machine");
    }
    if (header.e_ident[EI_VERSION] != EV_CURRENT || header.e_version != EV_CURRENT) {
        return elf_refused("has ELF version " + std::to_string(header.e_version) + ", expected 1");
    }
    if (header.e_type != ET_DYN) {
        return elf_refused("is not a shared library (ELF type " + std::to_string(header.e_type) +
                           ", expected " + std::to_string(ET_DYN) + ": link it with -shared)");
    }
    if (header.e_shoff == 0) {
        return elf_refused(
            "has no section table, so no manifest can be found: do not strip sections");
    }
    if (header.e_shentsize != sizeof(Elf64_Shdr)) {
        return elf_refused("has section headers of " + std::to_string(header.e_shentsize) +
                           " bytes, expected " + std::to_string(sizeof(Elf64_Shdr)));
    }
    if (header.e_phnum != 0 && header.e_phentsize != sizeof(Elf64_Phdr)) {
        return elf_refused("has program headers of " + std::to_string(header.e_phentsize) +
                           " bytes, expected " + std::to_string(sizeof(Elf64_Phdr)));
    }
    return {};
}

} // namespace

Result<ElfImage> ElfImage::open(const std::string& path) {
    auto bytes = FileBytes::open(path);
    if (!bytes) {
        return bytes.error();
    }
    return read(std::move(*bytes));
}

Result<ElfImage> ElfImage::from_bytes(std::string_view bytes) {
    return read(std::make_unique<MemoryBytes>(bytes));
}

Result<ElfImage> ElfImage::read(std::unique_ptr<ByteSource> bytes) {
    std::array<char, SELFMAG> magic{};
    if (!bytes->read(0, magic) || std::memcmp(magic.data(), ELFMAG, SELFMAG) != 0) {
        return elf_refused("is not an ELF file");
    }
    Elf64_Ehdr header{};
    if (!read_object(*bytes, 0, header)) {
        return elf_refused("is cut off inside the ELF header");
    }
    if (Status fine = check_header(header); !fine) {
        return fine.error();
    }
    std::uint64_t count = header.e_shnum;
    std::uint32_t names_index = header.e_shstrndx;
    if (count == 0 || names_index == SHN_XINDEX) { // the real figures stand in the first entry
        Elf64_Shdr first{};
        if (!read_object(*bytes, header.e_shoff, first)) {
            return elf_refused("has its section table outside the file");
        }
        count = count == 0 ? first.sh_size : count;
        names_index = names_index == SHN_XINDEX ? first.sh_link : names_index;
    }
    ElfImage image(std::move(bytes));
    if (Status segments = image.read_segments(header.e_phoff, header.e_phnum); !segments) {
        return segments.error();
    }
    if (Status sections = image.read_sections(header.e_shoff, count, names_index); !sections) {
        return sections.error();
    }
    return image;
}

Status ElfImage::read_segments(std::uint64_t offset, std::uint64_t count) {
    if (count > kSegmentsMax || !lies_inside(bytes_->size(), offset, count, sizeof(Elf64_Phdr))) {
        return elf_refused("has its " + std::to_string(count) +
                           " program headers outside the file");
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        Elf64_Phdr entry{};
        if (!read_object(*bytes_, offset + i * sizeof entry, entry)) {
            return elf_refused("changed while its program headers were read");
        }
        segments_.push_back(
            {entry.p_type, entry.p_flags, entry.p_offset, entry.p_vaddr, entry.p_filesz});
    }
    return {};
}

Status
ElfImage::read_sections(std::uint64_t offset, std::uint64_t count, std::uint32_t names_index) {
    if (!lies_inside(bytes_->size(), offset, count, sizeof(Elf64_Shdr))) {
        return elf_refused("has its section table of " + std::to_string(count) +
                           " entries outside the file: it is truncated or damaged");
    }
    if (count == 0 || count > kSectionsMax || names_index >= count) {
        return elf_refused("has a section table of " + std::to_string(count) +
                           " entries with the names in number " + std::to_string(names_index) +
                           ": it is damaged");
    }
    std::vector<Elf64_Shdr> table(count);
    if (!bytes_->read(offset, {reinterpret_cast<char*>(table.data()), count * sizeof table[0]})) {
        return elf_refused("changed while its section table was read");
    }
    sections_.reserve(count);
    for (const Elf64_Shdr& entry : table) {
        if (entry.sh_type != SHT_NOBITS && entry.sh_type != SHT_NULL &&
            !lies_inside(bytes_->size(), entry.sh_offset, entry.sh_size, 1)) {
            return elf_refused("has section " + std::to_string(sections_.size()) +
                               " outside the file: it is truncated or damaged");
        }
        sections_.push_back({{},
                             entry.sh_type,
                             entry.sh_link,
                             entry.sh_info,
                             entry.sh_flags,
                             entry.sh_offset,
                             entry.sh_size});
    }
    const auto names = bytes_of(sections_[names_index], kSectionNamesBytesMax);
    if (!names) {
        return elf_refused("has unreadable section names: " + names.error().message);
    }
    for (std::size_t i = 0; i < table.size(); ++i) {
        const std::uint64_t start = table[i].sh_name;
        const std::size_t end =
            start < names->size() ? names->find('\0', start) : std::string::npos;
        if (end == std::string::npos) {
            return elf_refused("has the name of section " + std::to_string(i) +
                               " outside the name table: it is damaged");
        }
        sections_[i].name = names->substr(start, std::min(end - start, kSectionNameBytesMax));
    }
    return {};
}

Result<std::string> ElfImage::bytes_of(const ElfSection& section, std::uint64_t bytes_max) const {
    if (section.type == SHT_NOBITS || section.type == SHT_NULL) {
        return elf_refused("section '" + section.name + "' has no bytes in the file");
    }
    if ((section.flags & SHF_COMPRESSED) != 0) {
        return elf_refused("section '" + section.name + "' is compressed");
    }
    if (section.size > bytes_max) {
        return elf_refused("section '" + section.name + "' has " + std::to_string(section.size) +
                           " bytes, more than the limit of " + std::to_string(bytes_max));
    }
    std::string bytes(section.size, '\0');
    if (!bytes_->read(section.offset, bytes)) {
        return elf_refused("section '" + section.name + "' cannot be read");
    }
    return bytes;
}

Result<std::string> ElfImage::section_once(std::string_view name, std::uint64_t bytes_max) const {
    const auto found = std::ranges::find(sections_, name, &ElfSection::name);
    if (found == sections_.end()) {
        return elf_refused("has no section '" + std::string(name) + "'");
    }
    if (std::ranges::count(sections_, name, &ElfSection::name) != 1) {
        return elf_refused("has " +
                           std::to_string(std::ranges::count(sections_, name, &ElfSection::name)) +
                           " sections '" + std::string(name) + "', expected one");
    }
    return bytes_of(*found, bytes_max);
}

} // namespace assay::catalog
