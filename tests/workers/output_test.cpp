#include "workers/output.hpp"

#include <doctest/doctest.h>

namespace assay::workers {

TEST_CASE("output beyond one mebibyte is counted and not kept") {
    CapturedOutput output;
    const std::string block(std::size_t{1} << 19, 'a');
    for (int i = 0; i < 5; ++i) {
        output.add_stdout(block);
    }
    const Printed printed = output.take();
    CHECK(printed.text.size() == kOutputBytesMax);
    CHECK(printed.bytes_dropped == 3 * block.size());
}

TEST_CASE("taking the output starts anew") {
    CapturedOutput output;
    output.add_stdout("one ");
    output.add_stderr("two");
    CHECK(output.take().text == "one two");
    const Printed second = output.take();
    CHECK(second.text.empty());
    CHECK(second.stderr_tail.empty());
}

TEST_CASE("a stack is found behind a flood of standard error") {
    const std::string stack = "stack of thread 7 at SIGSEGV:\n./lib.so(run+0x1f) [0x7f01]\n";
    CapturedOutput output;
    output.add_stderr(std::string(kOutputBytesMax + 100, 'x') + "\n" + stack);
    const Printed printed = output.take();
    CHECK(printed.text.size() == kOutputBytesMax);
    CHECK(printed.stderr_tail.size() == kStderrTailBytes);
    CHECK(stack_in(printed.stderr_tail) == stack);
}

TEST_CASE("the stacks of all threads are told, and nothing but stacks") {
    const std::string first = "stack of thread 7 at SIGQUIT:\n./x(f+0x1) [0x12]\n./x(g) [0x13]\n";
    const std::string second = "stack of thread 8 at SIGQUIT:\n./y(h+0x1)[0x14]\n";
    CHECK(stack_in("").empty());
    CHECK(stack_in("no stack here\n./x(f+0x1) [0x12]\n").empty());
    const std::string text = "before\n" + first + "between\n./z(i) [0x15]\n" + second + "after";
    CHECK(stack_in(text) == first + second);
    CHECK(without_stacks(text) == "before\nbetween\n./z(i) [0x15]\nafter");
}

} // namespace assay::workers
