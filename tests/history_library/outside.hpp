// The program outside the project that asks the installed library, and what it answered.
//
//   const Answer answer = ask(project, {"trend", kCase});
//   CHECK(answer.rows.front().at(4) == told_uuid(1));
//
// Each call runs a process; nothing is shared.
#pragma once

#include "told_project.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace assay::test {

struct Answer {
    int exit_code = 0;
    std::string text;
    std::vector<std::vector<std::string>> rows; // cells; "-" where there is nothing
};

// Of the project's history, with its baselines file where it has one.
Answer ask(const ToldProject& project, std::vector<std::string> words);
Answer ask_of(const std::string& place,
              const std::string& baselines_file,
              const std::vector<std::string>& words);

std::filesystem::path installed_library();

} // namespace assay::test
