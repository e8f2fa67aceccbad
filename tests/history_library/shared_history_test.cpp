// The library on a history that several machines share, in PostgreSQL.
#include "outside.hpp"
#include "postgres_server.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;

TEST_CASE("a history in PostgreSQL answers as one in a file") {
    if (!PostgresServer::shared()) {
        MESSAGE("skipped: " << PostgresServer::why_not());
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const ToldProject project;
    project.record_all({8.00, 8.05, 7.97, 8.02, 7.99, 8.04, 12.0});
    REQUIRE(project.assay({"history", "push", url}).exit_code == 0);
    for (const std::vector<std::string>& question :
         std::vector<std::vector<std::string>>{{"runs"},
                                               {"trend", kCase},
                                               {"baselines"},
                                               {"compare", "latest"},
                                               {"compare", told_uuid(7), told_uuid(1)},
                                               {"platforms"},
                                               {"csv"}}) {
        CAPTURE(question.front());
        const Answer answer = ask_of(url, "", question);
        CHECK(answer.exit_code == 0);
        CHECK(answer.text == ask(project, question).text);
    }
}

TEST_CASE("a database without a history is refused and none is begun in it") {
    if (!PostgresServer::shared()) {
        MESSAGE("skipped: " << PostgresServer::why_not());
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const Answer first = ask_of(url, "", {"stats"});
    CHECK(first.exit_code == 2);
    CHECK(first.rows.at(0).at(0) == "missing");
    CHECK(ask_of(url, "", {"stats"}).text == first.text);
    const Answer gone = ask_of("postgresql:///nobody?host=/nowhere", "", {"stats"});
    CHECK(gone.exit_code == 2);
    CHECK(gone.rows.at(0).at(0) == "io");
}
