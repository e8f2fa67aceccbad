// A project with a history that a test tells run by run, and `assay` in it.
//
//   const ToldProject project;
//   project.record(told(1, 8.0));
//   const integration::Ended ended = project.assay({"history", "runs"});
//
// Each test case makes its own; nothing is shared.
#pragma once

#include "history/store.hpp"
#include "program.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

inline constexpr const char* kCase = "sums/add[n=64]";
inline constexpr const char* kLabel = "lab_8c_16GiB";

// Run `number`, a minute after the one before: `time` of kCase on a clean commit of main.
history::Run told(int number, double seconds);
history::Run told_elsewhere(int number, double seconds, const std::string& label);
std::string told_uuid(int number);

class ToldProject {
public:
    ToldProject();

    void record(const history::Run& run) const;
    // Runs 1, 2, ... of these figures.
    void record_all(const std::vector<double>& seconds, int first = 1) const;
    [[nodiscard]] std::unique_ptr<history::Store> store() const;

    [[nodiscard]] integration::Ended
    assay(std::vector<std::string> words,
          std::map<std::string, std::string> environment = {}) const;

    [[nodiscard]] const integration::Sandbox& box() const noexcept { return box_; }

    [[nodiscard]] std::filesystem::path file(const std::filesystem::path& relative) const {
        return box_.folder() / relative;
    }

private:
    integration::Sandbox box_;
};

// The text as JSON, held against a schema of schemas/; fails the test where it does not fit.
json::object document_of(const std::string& text, const std::string& schema);

[[nodiscard]] bool has(std::string_view text, std::string_view part);

} // namespace assay::test
