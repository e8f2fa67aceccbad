#include "app/message.hpp"
#include "environment_of.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fcntl.h>
#include <unistd.h>

using namespace assay;
using namespace assay::app;

namespace {

// A pipe whose far end can be read once its near end is closed.
class Pipe {
public:
    Pipe() { REQUIRE(::pipe2(ends_.data(), O_CLOEXEC) == 0); }

    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    ~Pipe() {
        ::close(ends_[0]);
        if (ends_[1] >= 0) {
            ::close(ends_[1]);
        }
    }

    [[nodiscard]] int writer() const { return ends_[1]; }

    std::string drain() {
        ::close(std::exchange(ends_[1], -1));
        std::string text(4096, '\0');
        const ssize_t count = ::read(ends_[0], text.data(), text.size());
        text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return text;
    }

private:
    std::array<int, 2> ends_{-1, -1};
};

} // namespace

TEST_CASE("an error is one line with its hint below") {
    Pipe pipe;
    const Messages say(pipe.writer(), Terminal{}, Loudness::quiet);
    const int code = report(
        say, Error{.kind = ErrorKind::config, .message = "no such key", .hint = "remove it"});
    CHECK(code == 2);
    CHECK(pipe.drain() == "assay: error: no such key\n  hint: remove it\n");
}

TEST_CASE("colour is written only where it was found fit") {
    Pipe pipe;
    const Messages say(pipe.writer(), Terminal{.color = true}, Loudness::usual);
    say.warning("careful");
    CHECK(pipe.drain() == "assay: \x1b[1;33mwarning:\x1b[0m careful\n");
}

TEST_CASE("quiet keeps warnings and drops notes, verbose adds details") {
    const auto said = [](Loudness loudness) {
        Pipe pipe;
        const Messages say(pipe.writer(), Terminal{}, loudness);
        say.warning("w");
        say.note("n");
        say.detail("d");
        return pipe.drain();
    };
    CHECK(said(Loudness::quiet) == "assay: warning: w\n");
    CHECK(said(Loudness::usual) == "assay: warning: w\nassay: n\n");
    CHECK(said(Loudness::verbose) == "assay: warning: w\nassay: n\nassay: d\n");
}

TEST_CASE("text from elsewhere cannot drive the terminal") {
    CHECK(printable("a\x1b[2Jb\r\x7f") == "a?[2Jb??");
    CHECK(printable("two\nlines\tand \xc3\xa9") == "two\nlines\tand \xc3\xa9");
    CHECK(printable("\xc2\x9b"
                    "31m") == "??31m");
    // Overrides of direction, marks and what nobody sees; letters, accents and joiners stay.
    CHECK(printable("main\u202egnp.exe") == "main???gnp.exe");
    CHECK(printable("a\u2066b\u200bc\ufeffd\u2028") == "a???b???c???d???");
    CHECK(printable("\u05d0\u0301 \u200d \U0001f600 µs") == "\u05d0\u0301 \u200d \U0001f600 µs");
    CHECK(printable("\xff\xe2\x80") == "???");
}

TEST_CASE("a pipe is no terminal, and has no colour unless it is asked for") {
    Pipe pipe;
    const Environment environment = environment_of({{"TERM", "xterm"}, {"LANG", "C.UTF-8"}});
    const Terminal usual = detect_terminal(pipe.writer(), ColorChoice::automatic, environment);
    CHECK_FALSE(usual.interactive);
    CHECK_FALSE(usual.color);
    CHECK(usual.unicode);
    CHECK(usual.columns == 80);
    CHECK(detect_terminal(pipe.writer(), ColorChoice::always, environment).color);
}

TEST_CASE("a terminal has colour but for NO_COLOR, TERM=dumb and --color=never") {
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    REQUIRE(terminal >= 0);
    const auto colored = [terminal](const std::map<std::string, std::string>& variables,
                                    ColorChoice choice = ColorChoice::automatic) {
        return detect_terminal(terminal, choice, environment_of(variables)).color;
    };
    CHECK(colored({{"TERM", "xterm"}}));
    CHECK(colored({{"TERM", "xterm"}, {"NO_COLOR", ""}}));
    CHECK_FALSE(colored({{"TERM", "xterm"}, {"NO_COLOR", "1"}}));
    CHECK_FALSE(colored({{"TERM", "dumb"}}));
    CHECK_FALSE(colored({{"TERM", "xterm"}}, ColorChoice::never));
    CHECK(colored({{"NO_COLOR", "1"}}, ColorChoice::always));
    CHECK_FALSE(
        detect_terminal(terminal, ColorChoice::automatic, environment_of({{"TERM", "dumb"}}))
            .interactive);
    ::close(terminal);
}

TEST_CASE("the first variable of the locale that is set decides about UTF-8") {
    const auto unicode = [](const std::map<std::string, std::string>& variables) {
        return detect_terminal(STDERR_FILENO, ColorChoice::never, environment_of(variables))
            .unicode;
    };
    CHECK_FALSE(unicode({}));
    CHECK(unicode({{"LANG", "de_DE.utf8"}}));
    CHECK_FALSE(unicode({{"LANG", "de_DE.UTF-8"}, {"LC_ALL", "C"}}));
    CHECK(unicode({{"LANG", "C"}, {"LC_CTYPE", "C.UTF-8"}}));
}
