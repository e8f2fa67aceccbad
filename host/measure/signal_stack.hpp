// A second stack for signal handlers of the thread that owns it, so that a stack overflow can still
// be reported. Held for as long as the thread runs plugin code.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <signal.h>

namespace assay::measure {

class SignalStack {
public:
    SignalStack() noexcept {
        memory_ = std::unique_ptr<Memory>(new (std::nothrow) Memory);
        if (memory_ != nullptr) {
            stack_t stack{};
            stack.ss_sp = memory_->data();
            stack.ss_size = memory_->size();
            ::sigaltstack(&stack, &before_);
        }
    }

    SignalStack(const SignalStack&) = delete;
    SignalStack& operator=(const SignalStack&) = delete;

    ~SignalStack() {
        if (memory_ != nullptr) {
            ::sigaltstack(&before_, nullptr);
        }
    }

private:
    // Enough for backtrace_symbols_fd on top of a saved AVX-512 state.
    using Memory = std::array<std::byte, std::size_t{128} << 10>;
    std::unique_ptr<Memory> memory_;
    stack_t before_{};
};

} // namespace assay::measure
