// prove_measurement: see README.md. tools/prove-measurement builds it and what it compares.
#include "busy.hpp"
#include "driver.hpp"
#include "facts.hpp"
#include "options.hpp"
#include "proof_text.hpp"
#include "support/file.hpp"
#include "tally.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>

namespace {

namespace json = assay::json;
using namespace proof;

volatile std::sig_atomic_t interrupted = 0;

int complain(const assay::Error& error) {
    std::fprintf(stderr, "prove_measurement: %s\n", error.message.c_str());
    if (!error.hint.empty()) {
        std::fprintf(stderr, "  %s\n", error.hint.c_str());
    }
    return error.kind == assay::ErrorKind::usage ? 2 : 3;
}

// The sessions so far, this one last.
assay::Result<std::vector<Session>> sessions_with(const std::string& path, const Session& now) {
    std::vector<Session> sessions;
    if (std::FILE* file = std::fopen(path.c_str(), "r"); file != nullptr) {
        std::fclose(file);
        const auto document = assay::read_json_file(path);
        if (!document || !document->is_array()) {
            return assay::Error{assay::ErrorKind::config,
                                path + " cannot be read",
                                "remove it, or give another --out"};
        }
        for (const json::value& value : document->get_array()) {
            sessions.push_back(session_from(value.as_object()));
        }
    }
    sessions.push_back(now);
    return sessions;
}

assay::Status remember_sessions(const std::string& path, const std::vector<Session>& sessions) {
    json::array list;
    for (const Session& session : sessions) {
        list.push_back(session_object(session));
    }
    return assay::write_file_atomically(path, assay::write_json(list));
}

assay::Status write_proof(const Options& options, const Facts& facts, const Driver& driver) {
    const std::string text = proof_text(facts, driver.records());
    std::fputs(text.c_str(), stdout);
    if (const auto written = assay::write_file_atomically(options.out / "proof.txt", text);
        !written) {
        return written.error();
    }
    const json::object document = proof_document(facts, driver.records());
    const auto written =
        assay::write_file_atomically(options.out / "proof.json", assay::write_json(document));
    std::fprintf(
        stderr, "\nwrote %s and proof.json beside it\n", (options.out / "proof.txt").c_str());
    return written;
}

int exit_status(const Options& options, const Driver& driver) {
    bool missed = false;
    bool few = false;
    for (const Cell& cell : options.cells) {
        if (cell.kind == Kind::overhead) {
            for (const Record& record : driver.records()) {
                missed = missed || (record.cell == cell.name && !record.passed);
            }
            continue;
        }
        const Reached how = reached(cell, count(driver.records(), cell, View::assay));
        missed = missed || how == Reached::no;
        few = few || how == Reached::too_few;
    }
    return missed ? 1 : few ? 5 : 0;
}

int prove(const Options& options) {
    Session session;
    session.started = utc_now();
    session.load_begin = load_average();
    session.busy_processes = options.load;
    Driver driver(options);
    if (const auto ready = driver.prepare(); !ready) {
        return complain(ready.error());
    }
    auto facts = gather_facts(options.assay, options.calibration);
    if (!facts) {
        return complain(facts.error());
    }
    facts->more_options = options.more_options;
    const std::string path = options.out / "sessions.json";
    if (!options.report_only) {
        const Busy busy(options.load);
        if (const auto made = driver.run(interrupted); !made) {
            return complain(made.error());
        }
    }
    session.finished = utc_now();
    session.load_end = load_average();
    auto sessions = sessions_with(path, session);
    if (!sessions) {
        return complain(sessions.error());
    }
    if (options.report_only) {
        sessions->pop_back();
    } else if (const auto kept = remember_sessions(path, *sessions); !kept) {
        return complain(kept.error());
    }
    facts->sessions = std::move(*sessions);
    if (const auto written = write_proof(options, *facts, driver); !written) {
        return complain(written.error());
    }
    return interrupted != 0 ? 130 : exit_status(options, driver);
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        if (words.size() == 1 && words[0] == "--be-busy") {
            be_busy();
        }
        const auto options = options_from(words);
        if (!options) {
            return complain(options.error());
        }
        if (options->help) {
            std::fputs(help_text().c_str(), stdout);
            return EXIT_SUCCESS;
        }
        std::signal(SIGINT, [](int) { interrupted = 1; });
        return prove(*options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "prove_measurement: %s\n", error.what());
        return 3;
    }
}
