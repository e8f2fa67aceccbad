// A folder of a test's own, removed with everything in it when the object ends.
//
//   const TemporaryFolder folder;
//   const auto plugin = folder.write("plugins/a.assay.so", "no library");
//   CHECK(folder.entries() == std::vector<std::string>{"plugins", "plugins/a.assay.so"});
//
// What cannot be made, written or read is thrown as std::runtime_error: a test ends there, and code
// that knows nothing of doctest can use it too. One owner.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace assay::test {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "assay-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot make a temporary folder like " + name);
        }
        // What is under test answers with resolved paths, which have to compare equal.
        path_ = std::filesystem::canonical(name);
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    // Where a file of that name is or would be, as most of the host takes it.
    [[nodiscard]] std::string file(const std::filesystem::path& relative) const {
        return (path_ / relative).string();
    }

    // Makes a folder below, and those above it.
    std::filesystem::path folder(const std::filesystem::path& relative) const {
        std::filesystem::create_directories(path_ / relative);
        return path_ / relative;
    }

    // Writes a file below, and makes its folders. It is a new file even where one was before, so
    // that whoever remembers files by inode sees the change, and whatever the umask is nobody else
    // can write to it, so that it can be trusted.
    std::filesystem::path write(const std::filesystem::path& relative,
                                std::string_view text) const {
        const std::filesystem::path target = path_ / relative;
        std::filesystem::create_directories(target.parent_path());
        const std::filesystem::path fresh = target.string() + ".new";
        std::ofstream stream(fresh, std::ios::binary);
        stream << text;
        stream.close();
        if (!stream) {
            throw std::runtime_error("cannot write " + target.string());
        }
        using std::filesystem::perms;
        std::filesystem::permissions(
            fresh, perms::owner_read | perms::owner_write | perms::group_read | perms::others_read);
        std::filesystem::rename(fresh, target);
        return target;
    }

    [[nodiscard]] std::string read(const std::filesystem::path& relative) const {
        std::ifstream stream(path_ / relative, std::ios::binary);
        if (!stream) {
            throw std::runtime_error("cannot read " + file(relative));
        }
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }

    // Everything below it, relative, sorted; hidden ones too.
    [[nodiscard]] std::vector<std::string> entries() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
            names.push_back(entry.path().lexically_relative(path_).string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }

private:
    std::filesystem::path path_;
};

} // namespace assay::test
