#include "workers/death.hpp"

#include <doctest/doctest.h>

#include <csignal>

namespace assay::workers {

namespace {

Ending killed_by(int signal) {
    Ending ending;
    ending.reaped = true;
    ending.killed = true;
    ending.signal = signal;
    return ending;
}

} // namespace

TEST_CASE("a death tells signal, address, case, phase and slice") {
    measure::SharedPage page;
    LastWords words;
    words.case_id = "demo/dot[n=64]";
    words.dying = {{"address", "0x10"}, {"phase", "measure"}, {"slice", 4}};
    const Death death = tell_death(killed_by(SIGSEGV), page, words);
    CHECK(death.killed);
    CHECK(death.signal == SIGSEGV);
    CHECK(death.phase == "measure");
    CHECK(death.detail == "SIGSEGV at 0x10 in demo/dot[n=64], phase measure, slice 4");
}

TEST_CASE("without last words the shared page says where it was") {
    measure::SharedPage page;
    page.phase.store(static_cast<std::uint32_t>(measure::LaunchPhase::open));
    CHECK(tell_death(killed_by(SIGABRT), page, {}).detail == "SIGABRT in phase open");
}

TEST_CASE("a SIGKILL from elsewhere is taken for the end of memory") {
    measure::SharedPage page;
    page.rss_bytes.store(7'900'000'000);
    const Death death = tell_death(killed_by(SIGKILL), page, {});
    CHECK(death.detail.find("probably out of memory (RSS 7.9 GB)") != std::string::npos);
    Ending by_host = killed_by(SIGKILL);
    by_host.killed_by_host = true;
    CHECK(tell_death(by_host, page, {}).detail.find("memory") == std::string::npos);
}

TEST_CASE("a scribbled page gives an unknown phase") {
    measure::SharedPage page;
    page.phase.store(0xdeadbeef);
    CHECK(tell_death(killed_by(SIGSEGV), page, {}).phase == "unknown");
}

TEST_CASE("ending without a goodbye is told as such") {
    measure::SharedPage page;
    Ending ending;
    ending.reaped = true;
    CHECK(tell_death(ending, page, {}).detail ==
          "the process ended by itself (exit code 0) in phase load");
    LastWords words;
    words.said_bye = true;
    CHECK(tell_death(ending, page, words).detail == "ended with exit code 0");
}

} // namespace assay::workers
