// Where the functions of a source file are and how long, found by counting brackets: enough to hold
// a limit on length, and not a parser.
//
//   for (const Function& f : functions_of(text, Language::cpp)) print(f.line, f.name, f.lines);
//
// Pure; callable from any thread.
#pragma once

#include "code_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::guards {

struct Function {
    std::string name;
    std::size_t line = 0;  // of its first token, 1-based
    std::size_t lines = 0; // to its closing brace, both included
};

// Outermost functions, tests and named lambdas at namespace or class scope. A function inside
// another one counts for the outer one.
std::vector<Function> functions_of(std::string_view text, Language language);

} // namespace assay::guards
