// Files and functions stay small, and say what they are: every tree without such a test has grown
// the one file that its own people regret.
#include "function_lengths.hpp"
#include "source_tree.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace code_shape_test {

using namespace assay;
using namespace assay::guards;

namespace {

constexpr std::size_t kFileLinesMax = 500;
constexpr std::size_t kFunctionLinesMax = 60;

const std::vector<std::string_view> kCode{".hpp", ".cpp", ".h", ".c", ".rs"};

constexpr std::array<std::string_view, 7> kNamesThatSayNothing{
    "utils", "util", "common", "misc", "core", "helper", "manager"};

std::size_t lines_of(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

Language language_of(const std::string& path) {
    return path.ends_with(".rs") ? Language::rust : Language::cpp;
}

// "cache_helpers.hpp" -> {"cache", "helpers", "hpp"}
std::vector<std::string> words_of(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return split(name, '_');
}

bool says_nothing(const std::string& path) {
    for (const std::string& part : split(path, '/')) {
        for (const std::string& word : words_of(part)) {
            for (const std::string_view banned : kNamesThatSayNothing) {
                if (word == banned || word == std::string(banned) + "s") {
                    return true;
                }
            }
        }
    }
    return false;
}

std::string repeated(std::string_view line, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += line;
    }
    return text;
}

std::vector<std::size_t> lengths(std::string_view text, Language language = Language::cpp) {
    std::vector<std::size_t> lengths;
    for (const Function& function : functions_of(text, language)) {
        lengths.push_back(function.lines);
    }
    return lengths;
}

using Lengths = std::vector<std::size_t>;

} // namespace

TEST_CASE("no file of code is longer than 500 lines") {
    std::vector<std::string> complaints;
    const auto files = files_under("", kCode);
    REQUIRE(files.size() > 20);
    for (const std::string& path : files) {
        if (const std::size_t lines = lines_of(read_source(path)); lines > kFileLinesMax) {
            complaints.push_back(path + ": " + std::to_string(lines) + " lines");
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("no function is longer than 60 lines") {
    std::vector<std::string> complaints;
    for (const std::string& path : files_under("", kCode)) {
        for (const Function& function : functions_of(read_source(path), language_of(path))) {
            if (function.lines > kFunctionLinesMax) {
                complaints.push_back(path + ":" + std::to_string(function.line) + " " +
                                     function.name + " " + std::to_string(function.lines) +
                                     " lines");
            }
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("no folder and no file has a name that says nothing") {
    std::vector<std::string> complaints;
    for (const std::string& path : source_files()) {
        if (says_nothing(path)) {
            complaints.push_back(path);
        }
    }
    CHECK(listed(complaints) == "");
    CHECK(says_nothing("host/utils/text.hpp"));
    CHECK(says_nothing("host/plan/plan_helpers.cpp"));
    CHECK_FALSE(says_nothing("host/plan/plan.cpp"));
}

TEST_CASE("a planted long function is found with its line, name and length") {
    const std::string text = "#include <vector>\n\nnamespace a {\n\nint small() { return 1; }\n\n"
                             "void Box::long_one(int x) const {\n" +
                             repeated("    if (x) { x = '}'; }\n", 70) + "}\n\n} // namespace a\n";
    const auto functions = functions_of(text, Language::cpp);
    REQUIRE(functions.size() == 2);
    CHECK(functions[0].name == "small");
    CHECK(functions[1].name == "Box::long_one");
    CHECK(functions[1].line == 7);
    CHECK(functions[1].lines == 72);
}

TEST_CASE("braces in comments, text and preprocessor lines do not count") {
    CHECK(lengths("int f() {\n// }\n/* } \n } */\nreturn '}' + \"}\\\"}\"[0];\n}\n") == Lengths{6});
    CHECK(lengths("int f() {\nauto s = R\"x(\n}}} )\" )x\";\nreturn 1'000'000;\n}\n") ==
          Lengths{5});
    CHECK(lengths("#define OPEN {\\\n{\nint f() {\n}\n") == Lengths{2});
    CHECK(lengths("#ifdef A\nint f() {\n#else\nint f(int) {\n#endif\n}\nint g() {\n}\n") ==
          Lengths{5, 2});
}

TEST_CASE("constructors, templates, operators and lambdas are functions and lists are not") {
    CHECK(lengths("Box::Box(int a)\n    : a_{a}\n    , b_(a) {\n}\n") == Lengths{4});
    CHECK(lengths("template <class T>\nrequires(sizeof(T) > 1)\nT f(T t) {\n}\n") == Lengths{4});
    CHECK(lengths("bool operator==(const A& a, const B& b) {\n}\n") == Lengths{2});
    CHECK(lengths("const auto f = [](int x) {\nreturn x;\n};\n") == Lengths{3});
    CHECK(lengths("void f(std::vector<int> v = {},\n       int x = 3) {\n}\n") == Lengths{3});
    CHECK(lengths("const int table[] = {\n1,\n2\n};\nint x{3};\n").empty());
    CHECK(lengths("enum class E {\na,\nb\n};\nstruct S {\nint f() {\n}\n};\n") == Lengths{2});
    CHECK(lengths("struct alignas(64) S {\nint x;\n};\nextern \"C\" {\nint f(void) {\n}\n}\n") ==
          Lengths{2});
    CHECK(lengths("template <class T = int, class F = A<T>>\nstd::function<void(T)> f() {\n}\n") ==
          Lengths{3});
    CHECK(lengths("const std::map<int, std::function<void(int)>> m = {\n{1, f},\n};\n").empty());
    CHECK(lengths("bool operator<(const A& a, const A& b) {\n}\n") == Lengths{2});
    CHECK(functions_of("std::function<void(int)> A::f() {\n}\n", Language::cpp).at(0).name ==
          "A::f");
    CHECK(lengths("struct point make(int x) {\nreturn (struct point){x};\n}\n") == Lengths{3});
    CHECK(lengths("class A {\npublic:\n    A() = default;\n    void f() {\n    }\n};\n") ==
          Lengths{2});
}

TEST_CASE("a class with an attribute is no function, and a function with one is") {
    CHECK(lengths(
              "class [[gnu::visibility(\"default\")]] A {\n    int a;\n    void f() {\n    }\n};\n",
              Language::cpp) == Lengths{2});
    CHECK(lengths("[[nodiscard]] int f() {\nreturn 1;\n}\n", Language::cpp) == Lengths{3});
}

TEST_CASE("functions of Rust are found beside lifetimes, raw text and nested comments") {
    const Language rust = Language::rust;
    CHECK(lengths("impl<'a> A<'a> {\n    fn f(&'a self) -> char {\n        '{'\n    }\n}\n",
                  rust) == Lengths{3});
    CHECK(lengths("fn f() {\nlet s = r#\"}\"}\"#;\n/* /* } */ } */\n}\n", rust) == Lengths{4});
    CHECK(lengths("static S: T = T {\na: 1,\n};\nunsafe extern \"C\" fn g() {\n}\n", rust) ==
          Lengths{2});
}

} // namespace code_shape_test
