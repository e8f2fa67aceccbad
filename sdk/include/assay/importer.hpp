// The C++20 layer for importers: a class that recognises the files of one tool and reads them.
//
//   #include <assay/importer.hpp>
//
//   class seconds {                                  // lines such as "sort 0.25"
//   public:
//       static constexpr std::string_view extensions = ".txt";
//
//       static int probe(assay::probed_file const& file) {      // 0: not mine ... 100: certainly
//           return file.head.starts_with("# seconds") ? 90 : 0;
//       }
//       void parse(assay::import_file const& file, assay::import_output& out) {
//           std::istringstream lines{std::string(file.bytes)};
//           std::string line;
//           for (std::getline(lines, line); std::getline(lines, line);) {
//               assay::imported_case row{.name = line.substr(0, line.find(' '))};
//               row.metrics.push_back({.samples = {std::stod(line.substr(line.find(' ')))}});
//               out.add(row);
//           }
//       }
//   };
//   ASSAY_IMPORTER("org.example.seconds", "seconds", "1.0.0", seconds)
//
// An importer of folders says so, `static constexpr bool reads_folders = true`; to others none is
// handed over.
//
// One object per file, made by a constructor (assay::document const& options) or without
// arguments; `options_schema` as for reporters. The bytes are foreign and the process they are read
// in is a worker: throw assay::damaged where they make no sense, with the place. Results given
// before that stay, as a partial import. Other exceptions become statuses (errors.hpp) and discard
// the file. One thread; equal bytes give equal events.
#pragma once

#include "document.hpp"
#include "errors.hpp"
#include "import_output.hpp"
#include "library.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

// What probe() is shown: the name, and at most the first 64 KiB of total_size bytes.
struct probed_file {
    std::string_view name, head;
    std::uint64_t total_size = 0;

    // A folder as one POSIX ustar image, its regular files in the order of their names.
    [[nodiscard]] bool is_tree() const noexcept { return name.ends_with('/'); }

    [[nodiscard]] bool is_whole() const noexcept { return head.size() == total_size; }
};

struct import_file {
    std::string_view name, bytes;

    [[nodiscard]] bool is_tree() const noexcept { return name.ends_with('/'); }
};

// The file is cut off or broken there.
class damaged : public failure {
public:
    explicit damaged(const std::string& where_and_what)
        : failure(ASSAY_E_IO, where_and_what) {}
};

// "line 3, column 14" of a position in a text; lines end with \n.
inline std::string place_in(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return "line " + std::to_string(lines + 1) + ", column " +
           std::to_string(before.size() - start + 1);
}

namespace detail {

template <class I>
constexpr bool reads_folders() noexcept {
    if constexpr (requires { I::reads_folders; }) {
        return I::reads_folders;
    } else {
        return false;
    }
}

template <class I>
struct importer_entry {
    static std::int32_t probe(assay_str name, assay_str head, std::uint64_t total_size) noexcept {
        try {
            const probed_file file{text_of(name), text_of(head), total_size};
            return file.is_tree() && !reads_folders<I>() ? 0 : std::clamp(I::probe(file), 0, 100);
        } catch (...) { // what cannot even be looked at is not its own
            return 0;
        }
    }

    static I make(const document& options) {
        if constexpr (std::constructible_from<I, const document&>) {
            return I(options);
        } else {
            static_assert(std::default_initializable<I>,
                          "an importer needs a constructor (assay::document const&) or none");
            return I();
        }
    }

    static assay_status parse(const assay_host* host,
                              assay_scope* scope,
                              assay_str options,
                              assay_str name,
                              assay_str bytes,
                              const assay_emit* to) noexcept {
        return guard(host, scope, [&] {
            const import_file file{text_of(name), text_of(bytes)};
            if (file.is_tree() && !reads_folders<I>()) {
                throw failure(ASSAY_E_UNSUPPORTED,
                              "it is a folder, and the importer reads files: name those in it");
            }
            I importer = make(document(host, text_of(options)));
            import_output out(host, scope, to);
            try {
                importer.parse(file, out);
            } catch (const damaged& damage) {
                if (out.rows() == 0) {
                    throw;
                }
                out.partial(damage.what());
            }
            out.finish();
        });
    }

    static const assay_importer_v1& interface() noexcept {
        static const assay_importer_v1 made = [] {
            assay_importer_v1 iface{};
            iface.struct_size = sizeof iface;
            if constexpr (requires { I::options_schema; }) {
                iface.options_schema = as_abi(I::options_schema);
            }
            if constexpr (requires { I::extensions; }) {
                iface.extensions = as_abi(I::extensions);
            }
            iface.probe = probe;
            iface.parse = parse;
            return iface;
        }();
        return made;
    }
};

} // namespace detail

template <class Importer>
library& library::importer(std::string_view name) {
    return provide(ASSAY_KIND_IMPORTER, name, &detail::importer_entry<Importer>::interface());
}

} // namespace assay

// ASSAY_IMPORTER(id, name, version, Type [, "more members of the manifest"])
// A library with one importer. id: reverse DNS; name: [a-z0-9_]+, what `assay import NAME` takes.
#define ASSAY_IMPORTER(id, name, version, type, ...)                                               \
    ASSAY_PLUGIN(id, version, ASSAY_PROVIDES_IMPORTER(name) __VA_OPT__(, ) __VA_ARGS__) {          \
        p.importer<type>(name);                                                                    \
    }
