#include "app/baselines/approval.hpp"
#include "support/unique_fd.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <unistd.h>

namespace approval_test {

using namespace assay;
using namespace assay::app;

namespace {

struct Pipe {
    UniqueFd out, in;

    Pipe() {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        out.reset(ends[0]);
        in.reset(ends[1]);
    }
};

bool answer(const std::string& typed) {
    Pipe keyboard, screen;
    REQUIRE(write_all(keyboard.in.get(), typed).ok());
    keyboard.in.reset();
    return asks_yes(keyboard.out.get(), screen.in.get(), "Apply?");
}

Invocation with(const std::string& option) {
    Invocation invocation;
    if (!option.empty()) {
        invocation.options[option] = {""};
    }
    return invocation;
}

} // namespace

TEST_CASE("only the whole word yes is a yes") {
    CHECK(answer("yes\n"));
    CHECK(answer("  yes \n"));
    for (const char* const no : {"", "\n", "y\n", "Yes\n", "YES\n", "yes please\n", "no\n", "ye"}) {
        CAPTURE(no);
        CHECK_FALSE(answer(no));
    }
    CHECK_FALSE(answer(std::string(10'000, 'y')));
}

TEST_CASE("the question says what may be answered and an unreadable one is a no") {
    Pipe keyboard, screen;
    REQUIRE(write_all(keyboard.in.get(), "yes\n").ok());
    CHECK(asks_yes(keyboard.out.get(), screen.in.get(), "Apply these updates?"));
    std::array<char, 100> shown{};
    const ssize_t length = ::read(screen.out.get(), shown.data(), shown.size());
    REQUIRE(length > 0);
    CHECK(std::string(shown.data(), static_cast<std::size_t>(length)) ==
          "Apply these updates? (yes/no): ");
    REQUIRE(write_all(keyboard.in.get(), "yes\n").ok());
    CHECK_FALSE(asks_yes(keyboard.out.get(), -1, "Apply?"));
}

TEST_CASE("without a terminal somebody has to say beforehand what is to be done") {
    CHECK(*approval_from(with(""), true) == Approval::ask);
    const auto nobody = approval_from(with(""), false);
    REQUIRE_FALSE(nobody.ok());
    CHECK(nobody.error().kind == ErrorKind::usage);
    CHECK(nobody.error().hint.find("--dry-run") != std::string::npos);
    CHECK(*approval_from(with("--dry-run"), false) == Approval::denied);
    CHECK(*approval_from(with("--auto-approve-improvements"), false) == Approval::granted);
    Invocation both = with("--dry-run");
    both.options["--auto-approve-improvements"] = {""};
    CHECK(*approval_from(both, true) == Approval::denied);
}

} // namespace approval_test
