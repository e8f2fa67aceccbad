#include "app/conformance/needed_libraries.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <filesystem>

namespace assay::app {

namespace {

namespace fs = std::filesystem;

struct Target {
    const char* prefix;
    std::vector<std::int64_t> most; // of Debian 12, the reference system
};

const Target kTargets[] = {{"GLIBC_", {2, 36}}, {"GLIBCXX_", {3, 4, 30}}, {"CXXABI_", {1, 3, 13}}};

std::string expanded(const std::string& entry, const fs::path& origin) {
    for (const std::string_view token : {"${ORIGIN}", "$ORIGIN"}) {
        if (entry.starts_with(token)) {
            return origin.string() + entry.substr(token.size());
        }
    }
    return entry;
}

void add_configured(std::vector<fs::path>& folders) {
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator("/etc/ld.so.conf.d", ignored)) {
        const Result<std::string> text = read_file(file.path().string(), std::size_t{64} << 10);
        if (!text) {
            continue;
        }
        for (const std::string& line : split(*text, '\n')) {
            if (const std::string_view folder = trim(line); folder.starts_with('/')) {
                folders.emplace_back(folder);
            }
        }
    }
}

std::vector<fs::path> system_folders() {
    std::vector<fs::path> folders{"/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"};
#if defined(__x86_64__)
    folders.insert(folders.end(), {"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu"});
#elif defined(__aarch64__)
    folders.insert(folders.end(), {"/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu"});
#endif
    add_configured(folders);
    return folders;
}

std::vector<std::int64_t> numbers_of(std::string_view version) {
    std::vector<std::int64_t> numbers;
    for (const std::string& part : split(version, '.')) {
        numbers.push_back(to_int64(part).value_or(0));
    }
    return numbers;
}

} // namespace

std::vector<std::string> unresolved(const std::string& path, const catalog::ElfDynamic& dynamic) {
    const fs::path origin = fs::absolute(path).parent_path();
    std::vector<fs::path> folders = system_folders();
    for (const std::string& entry : dynamic.runpath.empty() ? dynamic.rpath : dynamic.runpath) {
        folders.emplace_back(expanded(entry, origin));
    }
    std::vector<std::string> missing;
    for (const std::string& name : dynamic.needed) {
        const bool found = std::ranges::any_of(folders, [&](const fs::path& folder) {
            std::error_code ignored;
            return fs::exists(folder / name, ignored);
        });
        if (!found) {
            missing.push_back(name);
        }
    }
    return missing;
}

std::vector<std::string> versions_above_target(std::span<const catalog::ElfVersionNeed> needs) {
    std::vector<std::string> found;
    for (const catalog::ElfVersionNeed& need : needs) {
        for (const Target& target : kTargets) {
            const std::string_view version = need.version;
            if (version.starts_with(target.prefix) &&
                numbers_of(version.substr(std::string_view(target.prefix).size())) > target.most) {
                found.push_back("it needs " + need.version + " of " + need.library +
                                ", newer than what Debian 12 has: it will not load there");
            }
        }
    }
    return found;
}

} // namespace assay::app
