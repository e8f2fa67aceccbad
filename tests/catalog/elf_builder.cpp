#include "elf_builder.hpp"

#include <cstring>

namespace assay::test {
namespace {

#if defined(__aarch64__)
constexpr Elf64_Half kMachine = EM_AARCH64;
#else
constexpr Elf64_Half kMachine = EM_X86_64;
#endif

// A table of NUL-terminated texts; add() returns where a text stands in it.
class Texts {
public:
    std::uint32_t add(std::string_view text) {
        const auto place = static_cast<std::uint32_t>(bytes.size());
        bytes.append(text);
        bytes += '\0';
        return place;
    }

    std::string bytes = std::string(1, '\0');
};

class Builder {
public:
    explicit Builder(const ElfSpec& spec)
        : spec_(spec)
        , out_(sizeof(Elf64_Ehdr) + kSegments * sizeof(Elf64_Phdr), '\0') {
        add_section("", SHT_NULL, "", 0);
        section_offset_.back() = 0;
        for (const std::string& manifest : spec.manifests) {
            add_section(".assay.manifest", spec.manifest_type, manifest, 0);
        }
        add_section(".ballast", SHT_PROGBITS, spec.ballast, 0);
        add_dynamic();
    }

    std::string finish() {
        add_section(".shstrtab", SHT_STRTAB, "", 0);
        sections_.back().sh_offset = out_.size();
        sections_.back().sh_size = names_.bytes.size();
        out_ += names_.bytes;
        out_.resize((out_.size() + 7) / 8 * 8);
        write_header();
        write_segments();
        out_.append(reinterpret_cast<const char*>(sections_.data()),
                    sections_.size() * sizeof(Elf64_Shdr));
        return out_;
    }

private:
    static constexpr std::size_t kSegments = 3;

    void
    add_section(std::string_view name, Elf64_Word type, std::string_view bytes, Elf64_Word link) {
        out_.resize((out_.size() + 7) / 8 * 8);
        Elf64_Shdr section{};
        section.sh_name = name.empty() ? 0 : names_.add(name);
        section.sh_type = type;
        section.sh_offset = name.empty() ? 0 : out_.size();
        section.sh_size = bytes.size();
        section.sh_link = link;
        sections_.push_back(section);
        section_offset_.push_back(section.sh_offset);
        out_ += bytes;
    }

    void add_dynamic() {
        Texts texts;
        std::vector<Elf64_Dyn> entries;
        const auto add = [&](Elf64_Sxword tag, std::string_view text) {
            Elf64_Dyn entry{};
            entry.d_tag = tag;
            entry.d_un.d_val = texts.add(text);
            entries.push_back(entry);
        };
        for (const std::string& name : spec_.needed) {
            add(DT_NEEDED, name);
        }
        if (!spec_.runpath.empty()) {
            add(DT_RUNPATH, spec_.runpath);
        }
        if (!spec_.rpath.empty()) {
            add(DT_RPATH, spec_.rpath);
        }
        if (!spec_.soname.empty()) {
            add(DT_SONAME, spec_.soname);
        }
        add_section(".dynstr", SHT_STRTAB, texts.bytes, 0);
        Elf64_Dyn strings{};
        strings.d_tag = DT_STRTAB;
        strings.d_un.d_ptr = section_offset_.back(); // addresses are offsets here
        entries.push_back(strings);
        if (spec_.text_relocations) {
            Elf64_Dyn flag{};
            flag.d_tag = DT_TEXTREL;
            entries.push_back(flag);
        }
        entries.push_back(Elf64_Dyn{});
        add_section(
            ".dynamic",
            SHT_DYNAMIC,
            {reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof(Elf64_Dyn)},
            static_cast<Elf64_Word>(sections_.size() - 1));
        dynamic_ = sections_.back();
    }

    void write_header() {
        Elf64_Ehdr header{};
        std::memcpy(header.e_ident, ELFMAG, SELFMAG);
        header.e_ident[EI_CLASS] = ELFCLASS64;
        header.e_ident[EI_DATA] = ELFDATA2LSB;
        header.e_ident[EI_VERSION] = EV_CURRENT;
        header.e_type = ET_DYN;
        header.e_machine = kMachine;
        header.e_version = EV_CURRENT;
        header.e_phoff = sizeof header;
        header.e_shoff = out_.size();
        header.e_ehsize = sizeof header;
        header.e_phentsize = sizeof(Elf64_Phdr);
        header.e_phnum = kSegments;
        header.e_shentsize = sizeof(Elf64_Shdr);
        header.e_shnum = static_cast<Elf64_Half>(sections_.size());
        header.e_shstrndx = static_cast<Elf64_Half>(sections_.size() - 1);
        std::memcpy(out_.data(), &header, sizeof header);
    }

    void write_segments() {
        Elf64_Phdr segments[kSegments]{};
        segments[0].p_type = PT_LOAD;
        segments[0].p_filesz = segments[0].p_memsz = out_.size();
        segments[1].p_type = PT_DYNAMIC;
        segments[1].p_offset = segments[1].p_vaddr = dynamic_.sh_offset;
        segments[1].p_filesz = segments[1].p_memsz = dynamic_.sh_size;
        segments[2].p_type = PT_GNU_STACK;
        segments[2].p_flags = spec_.executable_stack ? PF_R | PF_W | PF_X : PF_R | PF_W;
        std::memcpy(out_.data() + sizeof(Elf64_Ehdr), segments, sizeof segments);
    }

    const ElfSpec& spec_;
    std::string out_;
    Texts names_;
    std::vector<Elf64_Shdr> sections_;
    std::vector<std::uint64_t> section_offset_;
    Elf64_Shdr dynamic_{};
};

} // namespace

std::string build_elf(const ElfSpec& spec) {
    return Builder(spec).finish();
}

std::string manifest_json(std::string_view id, std::string_view name) {
    return R"({"assay":1,"id":")" + std::string(id) +
           R"(","version":"1.0.0","provides":[{"kind":"assay.suite/1","name":")" +
           std::string(name) + R"("}]})";
}

std::string plugin_bytes(std::string_view id, std::string_view name) {
    ElfSpec spec;
    spec.manifests = {manifest_json(id, name)};
    return build_elf(spec);
}

} // namespace assay::test
