#include "app/exit_code.hpp"

#include <array>

namespace assay::app {

namespace {

constexpr std::array kTexts{
    ExitCodeText{ExitCode::pass, "pass"},
    ExitCodeText{ExitCode::regression, "regression or gate failed"},
    ExitCodeText{ExitCode::usage, "usage or configuration"},
    ExitCodeText{ExitCode::failed, "measurement or plugin failed"},
    ExitCodeText{ExitCode::nothing, "nothing compared or measured"},
    ExitCodeText{ExitCode::undecided, "undecided, too noisy"},
    ExitCodeText{ExitCode::untrusted, "untrusted project plugins"},
    ExitCodeText{ExitCode::interrupted, "interrupted"},
};

// Smaller is graver.
int rank(ExitCode code) noexcept {
    switch (code) {
    case ExitCode::interrupted:
        return 0;
    case ExitCode::usage:
        return 1;
    case ExitCode::untrusted:
        return 2;
    case ExitCode::failed:
        return 3;
    case ExitCode::regression:
        return 4;
    case ExitCode::nothing:
        return 5;
    case ExitCode::undecided:
        return 6;
    case ExitCode::pass:
        return 7;
    }
    return 3;
}

} // namespace

ExitCode graver(ExitCode one, ExitCode other) noexcept {
    return rank(one) <= rank(other) ? one : other;
}

ExitCode exit_code_of(ErrorKind kind) noexcept {
    switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::config:
        return ExitCode::usage;
    case ErrorKind::plugin:
    case ErrorKind::protocol:
    case ErrorKind::io:
    case ErrorKind::unavailable:
        return ExitCode::failed;
    case ErrorKind::missing:
        return ExitCode::nothing;
    case ErrorKind::untrusted:
        return ExitCode::untrusted;
    case ErrorKind::cancelled:
        return ExitCode::interrupted;
    }
    return ExitCode::failed;
}

std::span<const ExitCodeText> exit_code_texts() noexcept {
    return kTexts;
}

} // namespace assay::app
