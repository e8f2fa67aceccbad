#include "outside.hpp"

#include "support/text.hpp"

#include <doctest/doctest.h>

namespace assay::test {

Answer ask_of(const std::string& place,
              const std::string& baselines_file,
              const std::vector<std::string>& words) {
    std::vector<std::string> command{ASSAY_OUTSIDE_QUESTIONS, place, baselines_file};
    command.insert(command.end(), words.begin(), words.end());
    const integration::Ended ended = integration::run_program(command);
    CHECK(ended.err == "");
    Answer answer{.exit_code = ended.exit_code, .text = ended.out, .rows = {}};
    for (const std::string& line : split(ended.out, '\n')) {
        if (!line.empty()) {
            answer.rows.push_back(split(line, '\t'));
        }
    }
    return answer;
}

Answer ask(const ToldProject& project, std::vector<std::string> words) {
    const std::filesystem::path file = project.file(".assay/baselines.json");
    return ask_of(project.file(".assay/history.db").string(),
                  std::filesystem::exists(file) ? file.string() : "",
                  words);
}

std::filesystem::path installed_library() {
    return std::filesystem::path(ASSAY_OUTSIDE_PREFIX) / ASSAY_LIBDIR / "libassay-history.so";
}

} // namespace assay::test
