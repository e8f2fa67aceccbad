// A worker that follows a script instead of measuring: it says what no real worker would, so that
// the host's side of the protocol can be tested to its edges. The script is the base name of
// --plugin.
#include "measure/protocol.hpp"
#include "support/frame.hpp"

#include <csignal>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <unistd.h>

namespace {

using assay::measure::FrameType;

struct Talk {
    assay::FrameWriter out{assay::measure::kFramesOutFd};
    assay::FrameReader in;

    void say(FrameType type, std::string_view payload = "{}") {
        say(static_cast<std::uint16_t>(type), payload);
    }

    void say(std::uint16_t type, std::string_view payload) {
        if (!out.write(type, assay::measure::kProtocolVersion, payload)) {
            ::_exit(70);
        }
    }

    // The next command; the program ends with its host.
    FrameType hear() {
        auto frame = assay::read_frame(assay::measure::kCommandsInFd, in);
        if (!frame || !frame->has_value()) {
            ::_exit(71);
        }
        return static_cast<FrameType>((*frame)->type);
    }

    void record(assay::measure::CaseStatus status = assay::measure::CaseStatus::passed) {
        assay::measure::LaunchRecord record;
        record.status = status;
        say(FrameType::record, assay::write_json(assay::measure::to_json(record)));
    }

    void slices(std::size_t count) {
        const std::vector<assay::measure::SliceRecord> records(count);
        say(FrameType::slices, assay::measure::pack(records));
    }

    void wait_for_ever() {
        for (;;) {
            hear();
        }
    }
};

void raw(std::string_view bytes) {
    [[maybe_unused]] const auto written = ::write(3, bytes.data(), bytes.size());
}

void print(std::string_view text) {
    [[maybe_unused]] const auto written = ::write(1, text.data(), text.size());
}

std::string two_latencies() {
    assay::LatencyHistogram histogram;
    histogram.record(1);
    histogram.record(2);
    return histogram.encode();
}

void full_launch(Talk& talk) {
    talk.say(FrameType::phase, R"({"phase":"open","slice":0})");
    talk.say(FrameType::log, R"({"level":1,"text":"hello from the case"})");
    talk.say(FrameType::progress, R"({"done":0.5,"what":"half"})");
    talk.say(FrameType::ready);
    if (talk.hear() != FrameType::turn) {
        ::_exit(72);
    }
    talk.say(FrameType::phase, R"({"phase":"measure","slice":1})");
    talk.slices(3);
    talk.say(FrameType::latency, two_latencies());
    talk.say(FrameType::turn_over);
    talk.record();
}

const std::map<std::string, std::function<void(Talk&)>> kLaunches = {
    {"full", full_launch},
    {"unknown_types",
     [](Talk& talk) {
         talk.say(std::uint16_t{40}, "not even JSON");
         full_launch(talk);
     }},
    {"ready_twice",
     [](Talk& talk) {
         talk.say(FrameType::ready);
         talk.hear();
         talk.say(FrameType::ready);
         talk.wait_for_ever();
     }},
    {"dies_with_turn",
     [](Talk& talk) {
         talk.say(FrameType::ready);
         talk.hear();
         ::signal(SIGBUS, SIG_DFL); // the sanitizers have handlers of their own
         ::raise(SIGBUS);
     }},
    {"broken_length", [](Talk& talk) { raw(std::string(64, '\xff')), talk.wait_for_ever(); }},
    {"gap",
     [](Talk& talk) {
         raw(assay::encode_frame(9, 1, 77, "{}"));
         talk.wait_for_ever();
     }},
    {"broken_json",
     [](Talk& talk) {
         talk.say(FrameType::log, "{\"text\":");
         talk.wait_for_ever();
     }},
    {"broken_slices",
     [](Talk& talk) {
         talk.say(FrameType::slices, "seven b");
         talk.wait_for_ever();
     }},
    {"broken_latencies",
     [](Talk& talk) {
         talk.say(FrameType::latency, two_latencies().substr(8));
         talk.wait_for_ever();
     }},
    {"latencies_twice",
     [](Talk& talk) {
         talk.say(FrameType::latency, two_latencies());
         talk.say(FrameType::latency, two_latencies());
         talk.wait_for_ever();
     }},
    {"bye_in_launch",
     [](Talk& talk) {
         talk.say(FrameType::bye);
         talk.wait_for_ever();
     }},
    {"torn_frame",
     [](Talk&) {
         raw(assay::encode_frame(8, 1, 1, "{\"status\":\"passed\"}").substr(0, 20));
         ::_exit(0);
     }},
    {"closes_frames",
     [](Talk& talk) {
         ::close(3);
         talk.wait_for_ever();
     }},
    {"loses_channel",
     [](Talk&) { ::_exit(assay::measure::kExitChannelLost); }}, // before the host sees the close
    {"log_flood",
     [](Talk& talk) {
         const std::string text(1000, 'x');
         for (int i = 0; i < 3000; ++i) {
             talk.say(FrameType::log, R"({"level":1,"text":")" + text + "\"}");
         }
         talk.record();
     }},
    {"endless_logs",
     [](Talk& talk) {
         for (;;) {
             talk.say(FrameType::log, R"({"level":1,"text":"again"})");
         }
     }},
    {"slice_flood",
     [](Talk& talk) {
         for (;;) {
             talk.slices(10000);
         }
     }},
    {"stdout_flood",
     [](Talk& talk) {
         const std::string block(std::size_t{1} << 16, 'y');
         for (int i = 0; i < 64; ++i) {
             print(block);
         }
         talk.record();
     }},
    {"says_dying",
     [](Talk& talk) {
         talk.say(FrameType::dying,
                  R"({"signal":11,"address":"0x10","phase":"measure","slice":4})");
         ::signal(SIGSEGV, SIG_DFL);
         ::raise(SIGSEGV);
     }},
    {"hangs", [](Talk& talk) { talk.wait_for_ever(); }},
    {"deaf_to_quit_signal",
     [](Talk& talk) {
         ::signal(SIGQUIT, SIG_IGN);
         talk.wait_for_ever();
     }},
    {"ready_then_hangs",
     [](Talk& talk) {
         talk.say(FrameType::ready);
         talk.wait_for_ever();
     }},
};

int converse(const std::string& script) {
    Talk talk;
    if (script == "silent") {
        talk.wait_for_ever();
    }
    if (script == "refuses") {
        talk.say(FrameType::refused, R"({"message":"shape 0 in family x","hint":"set it"})");
        return 1;
    }
    if (script == "cannot_start") {
        constexpr std::string_view text = "assay-worker: libmissing.so: cannot open\n";
        [[maybe_unused]] const auto written = ::write(2, text.data(), text.size());
        return 127;
    }
    talk.say(FrameType::hello,
             R"({"pid":)" + std::to_string(::getpid()) +
                 R"(,"abi":1,"plugin":"org.example.script","version":"1.2.3",)"
                 R"("provides":[{"kind":"assay.suite/1","name":"script"}],)"
                 R"("isolation":{"no_new_privs":true}})");
    for (;;) {
        switch (talk.hear()) {
        case FrameType::launch:
            kLaunches.at(script)(talk);
            break;
        case FrameType::describe:
            if (script == "hangs") {
                talk.wait_for_ever();
            }
            talk.say(FrameType::refused, R"({"message":"no suite"})");
            break;
        case FrameType::quit:
            if (script == "deaf_to_quit") {
                talk.wait_for_ever();
            }
            talk.say(FrameType::bye);
            return 0;
        default:
            return 73;
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--plugin") == 0) {
            const std::string path = argv[i + 1];
            return converse(path.substr(path.rfind('/') + 1));
        }
    }
    return 74;
}
