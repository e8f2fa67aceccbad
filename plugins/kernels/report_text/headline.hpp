// The one sentence that a report begins with, the deciding figure first.
//
//   Headline head = headline_of(run);
//   std::string title = plain_text(head);   // "+5.25 % [+4.10, +6.40]: router/slower is slower"
//
// Pure functions.
#pragma once

#include "report_text/outcome.hpp"

#include <string>

namespace report_text {

struct Headline {
    Gravity gravity = Gravity::plain; // better and plain: nothing has to be done
    std::string figure;               // "+5.25 % [+4.10, +6.40]", "4 of 4 cases passed"
    std::string subject;              // a case id, or empty
    std::string statement;            // "is slower", or empty
    std::string counts;               // "8 cases: 1 slower, 7 same", or empty
};

// Of the gate where there was one, else of the comparison, else of the run.
[[nodiscard]] Headline headline_of(const ToldRun& run);

[[nodiscard]] std::string plain_text(const Headline& headline);

} // namespace report_text
