// The exit codes: a contract with every script that calls assay.
//
//   ExitCode code = ExitCode::pass;
//   code = graver(code, ExitCode::undecided);
//   return static_cast<int>(code);
//
// Pure; callable from any thread.
#pragma once

#include "support/result.hpp"

#include <span>
#include <string_view>

namespace assay::app {

enum class ExitCode : int {
    pass = 0,
    regression = 1, // or a gate failed
    usage = 2,      // or configuration
    failed = 3,     // measurement or plugin
    nothing = 4,    // nothing compared, baseline missing, nothing measured
    undecided = 5,
    untrusted = 6,
    interrupted = 130,
};

// Of two that apply, the one that is reported: 130, then 2, 6, 3, 1, 4, 5, 0.
ExitCode graver(ExitCode one, ExitCode other) noexcept;

ExitCode exit_code_of(ErrorKind kind) noexcept;

struct ExitCodeText {
    ExitCode code;
    std::string_view meaning; // "regression or gate failed"
};

// In the order of the numbers; help, man page and reference print it.
std::span<const ExitCodeText> exit_code_texts() noexcept;

} // namespace assay::app
