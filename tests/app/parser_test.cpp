#include "app/parser.hpp"
#include "environment_of.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace assay;
using namespace assay::app;

namespace {

Result<Invocation> parsed(const std::vector<std::string>& words,
                          const std::map<std::string, std::string>& variables = {}) {
    return parse(command_table(), words, environment_of(variables));
}

// The message of an error of kind usage; anything else fails the test.
std::string complaint(const std::vector<std::string>& words,
                      const std::map<std::string, std::string>& variables = {}) {
    const Result<Invocation> result = parsed(words, variables);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::usage);
    return result.error().message;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("options and words may stand in any order, in front of the command too") {
    const std::vector<std::vector<std::string>> spellings = {
        {"run", "router/", "--mode", "quick", "-j4", "-q"},
        {"-q", "run", "--mode=quick", "router/", "--lanes=4"},
        {"--mode", "quick", "--quiet", "run", "-j", "4", "router/"},
    };
    for (const auto& words : spellings) {
        const Result<Invocation> invocation = parsed(words);
        REQUIRE(invocation);
        CHECK(invocation->command == "run");
        CHECK(invocation->words == std::vector<std::string>{"router/"});
        CHECK(invocation->value("--mode") == "quick");
        CHECK(invocation->count("--lanes") == 4);
        CHECK(invocation->has("--quiet"));
        CHECK_FALSE(invocation->has("--verbose"));
        CHECK(invocation->argv == words);
    }
}

TEST_CASE("short flags may be written together") {
    const Result<Invocation> invocation = parsed({"run", "-qv"});
    REQUIRE(invocation);
    CHECK(invocation->has("--quiet"));
    CHECK(invocation->has("--verbose"));
}

TEST_CASE("a repeatable option keeps every value and leaves the words behind it alone") {
    const Result<Invocation> invocation =
        parsed({"run", "--param", "n=1,2", "first", "--param", "dtype=[f32]", "second"});
    REQUIRE(invocation);
    CHECK(invocation->values("--param") == std::vector<std::string>{"n=1,2", "dtype=[f32]"});
    CHECK(invocation->words == std::vector<std::string>{"first", "second"});
}

TEST_CASE("of an option given twice the last value counts") {
    const Result<Invocation> invocation = parsed({"run", "--mode", "quick", "--mode=standard"});
    REQUIRE(invocation);
    CHECK(invocation->value("--mode") == "standard");
}

TEST_CASE("words behind two dashes are never options") {
    const Result<Invocation> invocation = parsed({"run", "a", "--", "--mode", "-x", "--help"});
    REQUIRE(invocation);
    CHECK(invocation->words == std::vector<std::string>{"a", "--mode", "-x", "--help"});
    CHECK_FALSE(invocation->has("--mode"));
}

TEST_CASE("brackets, exclusions and a single dash reach a command as they were typed") {
    const Result<Invocation> invocation = parsed({"run", "[ab]", "!x", "suite/f[n=64]", "-"});
    REQUIRE(invocation);
    CHECK(invocation->words == std::vector<std::string>{"[ab]", "!x", "suite/f[n=64]", "-"});
}

TEST_CASE("a value that looks like an option is still the value") {
    const Result<Invocation> invocation = parsed({"run", "--wrap", "--args"});
    REQUIRE(invocation);
    CHECK(invocation->value("--wrap") == "--args");
}

TEST_CASE("an unknown word is refused with the nearest match") {
    CHECK(holds(complaint({"rnu"}), "unknown command 'rnu' (did you mean 'run'?)"));
    CHECK(holds(complaint({"run", "--mdoe", "quick"}), "'--mdoe' for 'assay run'"));
    CHECK(holds(complaint({"run", "--mdoe", "quick"}), "(did you mean '--mode'?)"));
    CHECK(holds(complaint({"run", "--mode", "quikc"}), "(did you mean 'quick'?)"));
    CHECK(holds(complaint({"run", "--mode", "quikc"}), "quick, standard, comprehensive"));
    CHECK(holds(complaint({"completion", "bsh"}), "(did you mean 'bash'?)"));
    CHECK(holds(complaint({"run", "-z"}), "unknown option '-z'"));
}

TEST_CASE("a command that is nothing alone says what may follow") {
    CHECK(holds(complaint({"new"}), "expected suite, reporter, importer, project"));
    CHECK(holds(complaint({"new", "siute"}), "(did you mean 'suite'?)"));
}

TEST_CASE("a group with a default does it when nothing follows") {
    const Result<Invocation> invocation = parsed({"trust", "-v"});
    REQUIRE(invocation);
    CHECK(invocation->command == "trust show");
    CHECK(holds(complaint({"trust", "ad"}), "(did you mean 'add'?)"));
}

TEST_CASE("missing and superfluous words are refused") {
    CHECK(holds(complaint({}), "no command given"));
    CHECK(holds(complaint({"completion"}), "needs SHELL"));
    CHECK(holds(complaint({"completion", "bash", "zsh"}), "has no use for 'zsh'"));
    CHECK(holds(complaint({"new", "suite"}), "needs NAME"));
}

TEST_CASE("an option without its value is refused, and a flag with one") {
    CHECK(holds(complaint({"run", "--mode"}), "'--mode' needs a value"));
    CHECK(holds(complaint({"run", "--mode", "--", "x"}), "'--mode' needs a value"));
    CHECK(holds(complaint({"run", "--strict=no"}), "'--strict' takes no value"));
}

TEST_CASE("values are checked by their kind") {
    CHECK(holds(complaint({"run", "--lanes", "-1"}), "expected a whole number"));
    CHECK(holds(complaint({"run", "--lanes=2.5"}), "expected a whole number"));
    CHECK(holds(complaint({"run", "--seed", "99999999999999999999"}), "expected a whole number"));
    CHECK(holds(complaint({"run", "--shard", "0/4"}), "expected I/N"));
    CHECK(holds(complaint({"run", "--shard", "5/4"}), "expected I/N"));
    CHECK(holds(complaint({"run", "--timeout", "soon"}), "expected a time"));
    CHECK(holds(complaint({"run", "--timeout", "0"}), "expected a time"));
    CHECK(holds(complaint({"run", "--config", ""}), "expected a path"));
    CHECK(holds(complaint({"run", "--param", ""}), "--param: '' will not do, expected NAME=V"));
    CHECK(holds(complaint({"import", "auto", "x", "--platform", ""}), "expected LABEL: the mach"));
}

TEST_CASE("the command line beats the environment") {
    const std::map<std::string, std::string> variables = {{"BENCHMARK_MODE", "quick"}};
    const Result<Invocation> from_environment = parsed({"run"}, variables);
    REQUIRE(from_environment);
    CHECK(from_environment->value("--mode") == "quick");
    CHECK(from_environment->has("--mode"));
    const Result<Invocation> from_both = parsed({"run", "--mode", "standard"}, variables);
    REQUIRE(from_both);
    CHECK(from_both->value("--mode") == "standard");
}

TEST_CASE("a bad value of a variable is refused by the variable's name") {
    CHECK(holds(complaint({"run"}, {{"BENCHMARK_MODE", "fast"}}), "BENCHMARK_MODE: unknown value"));
    CHECK(parsed({"run", "--mode", "quick"}, {{"BENCHMARK_MODE", "fast"}}).ok());
    CHECK(parsed({"completion", "bash"}, {{"BENCHMARK_MODE", "fast"}}).ok());
}

TEST_CASE("help is found wherever it is asked for") {
    const auto asked = [](const std::vector<std::string>& words) {
        const Result<Invocation> invocation = parsed(words);
        REQUIRE(invocation);
        CHECK(invocation->command == "help");
        return invocation->words;
    };
    CHECK(asked({"--help"}).empty());
    CHECK(asked({"-h"}).empty());
    CHECK(asked({"run", "--mode", "nonsense", "--help"}) == std::vector<std::string>{"run"});
    CHECK(asked({"--help", "run"}) == std::vector<std::string>{"run"});
    CHECK(asked({"new", "--help"}) == std::vector<std::string>{"new"});
    CHECK(asked({"new", "suite", "-h"}) == std::vector<std::string>{"new", "suite"});
    CHECK(asked({"help", "--help"}).empty());
    CHECK(holds(complaint({"rnu", "--help"}), "did you mean 'run'?"));
}

TEST_CASE("--version needs no command") {
    const Result<Invocation> invocation = parsed({"--version"});
    REQUIRE(invocation);
    CHECK(invocation->command.empty());
}
