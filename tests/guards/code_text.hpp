// Source text with everything blanked that is not code: comments, literals and preprocessor lines,
// and all but the first branch of an #if. Line numbers stay, so brackets can be counted.
//
//   std::string code = code_only(text, Language::cpp);   // "int f() {  }" for "int f() { /* } */
//   }"
//
// Pure; callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay::guards {

enum class Language { cpp, rust }; // cpp: C and C++

[[nodiscard]] bool is_word(char c); // may be part of a name

std::string code_only(std::string_view text, Language language);

} // namespace assay::guards
