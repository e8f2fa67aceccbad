#include "case_parameters.hpp"

#include "process_memory.hpp"

#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace assay::allocator_suite {
namespace {

// "always [madvise] never"; it decides in what pieces memory becomes resident.
std::string huge_page_mode() {
    std::ifstream file("/sys/kernel/mm/transparent_hugepage/enabled");
    std::string line;
    std::getline(file, line);
    return line.empty() ? "unknown" : line;
}

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

} // namespace

std::size_t number_of(const assay::params& params, std::string_view axis, NumberRange range) {
    const std::int64_t value = params.i64(axis);
    if (value < static_cast<std::int64_t>(range.least) ||
        value > static_cast<std::int64_t>(range.most)) {
        throw assay::config_error(std::string(axis) + "=" + std::to_string(value) +
                                  ": expected a whole number from " + std::to_string(range.least) +
                                  " to " + std::to_string(range.most));
    }
    return static_cast<std::size_t>(value);
}

void require_room(const assay::params& params, std::size_t blocks, std::size_t mean_bytes) {
    if (mean_bytes > 0 && blocks > kBytesAtOnce / mean_bytes) {
        throw assay::config_error(params.case_id() + ": " + std::to_string(blocks) +
                                  " blocks of about " + std::to_string(mean_bytes) +
                                  " bytes at once, expected at most " +
                                  std::to_string(kBytesAtOnce) + " bytes");
    }
}

void add_impl_axis(assay::family_builder family) {
    family.axis("impl", {"assay", "glibc", "tbbmalloc"})
        .help("this project's arena of one thread, operator new over the C library's malloc, or "
              "oneTBB's scalable allocator")
        .variant("glibc");
}

std::string quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return quoted + "\"";
}

std::string config_text(const assay::params& params, const Heap& heap, const ConfigEntries& own) {
    std::string text = "{\"case\":" + quoted(params.case_id()) +
                       ",\"seed\":" + std::to_string(params.seed()) +
                       ",\"allocator\":" + quoted(description_of(heap)) +
                       ",\"page_bytes\":" + std::to_string(::sysconf(_SC_PAGESIZE)) +
                       ",\"transparent_huge_pages\":" + quoted(huge_page_mode()) +
                       ",\"glibc_tunables\":" + quoted(variable("GLIBC_TUNABLES")) +
                       ",\"sanitizer\":" + quoted(sanitizer_here());
    for (const auto& [key, value] : own) {
        text += "," + quoted(key) + ":" + value;
    }
    return text + "}";
}

} // namespace assay::allocator_suite
