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

TEST_CASE("the end of standard error survives a flood before it") {
    CapturedOutput output;
    output.add_stderr(std::string(kOutputBytesMax + 100, 'x'));
    output.add_stderr("./lib.so(run+0x1f) [0x7f01]\n");
    const Printed printed = output.take();
    CHECK(printed.stderr_tail.size() == kStderrTailBytes);
    CHECK(stack_in(printed.stderr_tail).empty()); // its first line is glued to the flood
    output.add_stderr(std::string(kOutputBytesMax + 100, 'x') + "\n./lib.so(run+0x1f) [0x7f01]\n");
    CHECK(stack_in(output.take().stderr_tail) == "./lib.so(run+0x1f) [0x7f01]\n");
}

TEST_CASE("the last stack in the text is the one that is told") {
    CHECK(stack_in("").empty());
    CHECK(stack_in("no stack here\n").empty());
    CHECK(stack_in("a\n./x(f+0x1) [0x12]\n./x(g+0x1) [0x13]\nb\n./y(h+0x1)[0x14]\n") ==
          "./y(h+0x1)[0x14]\n");
    CHECK(stack_in("./x(f+0x1) [0x12]") == "./x(f+0x1) [0x12]\n");
}

} // namespace assay::workers
