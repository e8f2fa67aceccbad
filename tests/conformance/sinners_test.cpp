// Every bad plugin that has a check of its own is found by that check, with what it did.
#include "checked.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fstream>

namespace conformance::sinners_test {

namespace {

struct Sin {
    const char* name;
    const char* id;
    const char* word;
    const char* says; // part of the finding
    int exit_code = 3;
};

void check_found(const Sin& sin) {
    CAPTURE(sin.name);
    const Checked checked = check(sinner(sin.name), {sin.id});
    CHECK_MESSAGE(checked.word_of(sin.id) == sin.word,
                  sin.id,
                  ": ",
                  checked.word_of(sin.id),
                  ", ",
                  checked.text_of(sin.id),
                  checked.err);
    CHECK_MESSAGE(checked.text_of(sin.id).find(sin.says) != std::string::npos,
                  checked.text_of(sin.id));
    CHECK(checked.exit_code == sin.exit_code);
}

} // namespace

TEST_CASE("the plugin without a sin breaks nothing") {
    const Checked checked = check(sinner("innocent"));
    CHECK_MESSAGE(checked.exit_code == 0, checked.complaints());
}

TEST_CASE("sins of loading are found") {
    check_found({"entry_missing", "S3", "failed", "assay_plugin_entry_v1"});
    check_found({"entry_missing", "L1", "failed", "assay_plugin_entry_v1"});
    check_found({"entry_null", "L1", "failed", "the licence file of the vendor is missing"});
    check_found({"entry_throws", "L1", "crashed", "SIGABRT"});
    check_found({"constructor_crashes", "L1", "crashed", "SIGSEGV"});
    check_found({"constructor_exits", "L1", "crashed", "exit code 0"});
    check_found({"constructor_prints", "L2", "warning", "a constructor was here", 0});
    check_found({"constructor_starts_thread", "L2", "warning", "threads run", 0});
    check_found({"struct_size_zero", "L5", "failed", "struct_size is 0"});
    check_found({"struct_size_three", "L5", "failed", "struct_size is 3"});
    check_found({"struct_size_huge", "L5", "failed", "struct_size is 4294967295"});
    check_found({"provided_beyond_array", "L5", "failed", "n_provided"});
    check_found({"min_host_minor_99", "L5", "failed", "1.99"});
}

TEST_CASE("a plugin that cannot be loaded is not tried again and again") {
    const Checked checked = check(sinner("constructor_exits"));
    CHECK(checked.word_of("L1") == "crashed");
    CHECK(checked.word_of("C7") == "skipped");
    CHECK(checked.text_of("C7").find("L1") != std::string::npos);
    CHECK(checked.exit_code == 3);
}

TEST_CASE("sins of describing are found") {
    check_found({"shape_zero", "C3", "failed", "shape"});
    check_found({"bad_axis_type", "C3", "failed", "type"});
    check_found({"duplicate_names", "C3", "failed", "fine"});
    check_found({"endless_families", "C3", "failed", "100000"});
    check_found({"provenance_zero", "C4", "failed", "provenance"});
}

TEST_CASE("sins between open and close are found") {
    check_found({"open_leaks", "C5", "failed", "a descriptor"});
    check_found({"open_null", "C5", "failed", "without an object"});
    check_found({"verify_fails", "C6", "failed", "2 + 2 came out as 5"});
    check_found({"verify_crashes", "C6", "crashed", "SIGABRT"});
    check_found({"double_close", "C16", "crashed", "SIGABRT"});
}

TEST_CASE("lies of batches are found") {
    check_found({"changing_checksum", "C7", "failed", "checksum"});
    check_found({"ignores_iterations", "C8", "failed", "bad_ignores_iterations/sin"});
    check_found({"optimised_away", "C8", "failed", "optimised"});
    check_found({"lies_about_done", "C8", "failed", "done"});
    check_found({"writes_behind_batch", "C9", "failed", "behind the batch"});
    check_found({"writes_behind_batch", "L8", "crashed", "SIGSEGV"});
    check_found({"absurd_manual_ns", "C10", "failed", "manual_ns"});
}

TEST_CASE("bad manners are found") {
    check_found({"host_call_in_run", "C19", "failed", "metric"});
    check_found({"metric_index_1000", "C15", "warning", "1000", 0});
    check_found({"metric_nan", "C15", "warning", "NaN", 0});
    check_found({"floods_stdout", "C18", "failed", "it printed"});
    check_found({"forks_and_exits", "C18", "crashed", "exit"});
}

TEST_CASE("crashes in run cost the check they happen in and name the signal and the case") {
    check_found({"null_write", "C9", "crashed", "SIGSEGV at 0x0 in bad_null_write/sin"});
    check_found({"kills_itself", "C9", "crashed", "SIGKILL"});
}

TEST_CASE("an endless batch that honours cancel is no fault and one that does not is found") {
    const Checked polite = check(sinner("endless_polite"), {"C11"});
    CHECK_MESSAGE(polite.word_of("C11") == "success", polite.text_of("C11"));
    check_found({"endless_deaf", "C11", "warning", "did not stop", 0});
}

} // namespace conformance::sinners_test
