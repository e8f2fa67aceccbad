#include "app/exit_code.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace assay;
using namespace assay::app;

TEST_CASE("of several exit codes the first of 130, 2, 6, 3, 1, 4, 5, 0 is returned") {
    const std::vector<ExitCode> order = {ExitCode::interrupted,
                                         ExitCode::usage,
                                         ExitCode::untrusted,
                                         ExitCode::failed,
                                         ExitCode::regression,
                                         ExitCode::nothing,
                                         ExitCode::undecided,
                                         ExitCode::pass};
    for (std::size_t graver_one = 0; graver_one < order.size(); ++graver_one) {
        for (std::size_t other = graver_one; other < order.size(); ++other) {
            CHECK(graver(order[graver_one], order[other]) == order[graver_one]);
            CHECK(graver(order[other], order[graver_one]) == order[graver_one]);
        }
    }
}

TEST_CASE("every kind of error has the exit code of the contract") {
    CHECK(exit_code_of(ErrorKind::usage) == ExitCode::usage);
    CHECK(exit_code_of(ErrorKind::config) == ExitCode::usage);
    CHECK(exit_code_of(ErrorKind::plugin) == ExitCode::failed);
    CHECK(exit_code_of(ErrorKind::protocol) == ExitCode::failed);
    CHECK(exit_code_of(ErrorKind::io) == ExitCode::failed);
    CHECK(exit_code_of(ErrorKind::unavailable) == ExitCode::failed);
    CHECK(exit_code_of(ErrorKind::untrusted) == ExitCode::untrusted);
    CHECK(exit_code_of(ErrorKind::cancelled) == ExitCode::interrupted);
}

TEST_CASE("the numbers of the exit codes never change") {
    std::vector<int> numbers;
    for (const ExitCodeText& text : exit_code_texts()) {
        numbers.push_back(static_cast<int>(text.code));
        CHECK_FALSE(text.meaning.empty());
    }
    CHECK(numbers == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 130});
}
