#include "history/sql/postgres_url.hpp"

#include <doctest/doctest.h>

namespace postgres_url_test {

using namespace assay::history::sql;

TEST_CASE("a URL of PostgreSQL is told from a file") {
    CHECK(is_postgres_url("postgresql://ci@db.example/assay"));
    CHECK(is_postgres_url("postgres:///assay"));
    CHECK_FALSE(is_postgres_url(".assay/history.db"));
    CHECK_FALSE(is_postgres_url("postgresql.db"));
}

TEST_CASE("a URL is shown without its password, wherever that stands") {
    CHECK(without_password("postgresql://ci:s3cret@db.example:5432/assay") ==
          "postgresql://ci@db.example:5432/assay");
    CHECK(without_password("postgresql://ci@db.example/assay?password=s3cret") ==
          "postgresql://ci@db.example/assay");
    CHECK(without_password("postgresql:///assay?user=ci&password=s3cret&host=%2Ftmp") ==
          "postgresql:///assay?user=ci&host=%2Ftmp");
    CHECK(without_password("postgresql://db.example/assay?sslpassword=s3cret&sslmode=require") ==
          "postgresql://db.example/assay?sslmode=require");
    CHECK(without_password("postgresql://db.example/assay?p%61ssword=s3cret") ==
          "postgresql://db.example/assay");
}

TEST_CASE("a URL without a password is shown as it is") {
    for (const char* url : {"postgresql://db.example:5432/assay",
                            "postgresql://ci@/assay?host=%2Frun%2Fpostgresql",
                            "postgresql://[::1]:5432/assay",
                            "postgres:///assay"}) {
        CHECK(without_password(url) == url);
    }
}

TEST_CASE("a password with characters that a URL should not have is not shown either") {
    for (const char* url : {"postgresql://ci:s3/cret@db.example/assay",
                            "postgresql://ci:s3?cret@db.example/assay",
                            "postgresql://ci:s3@cret@db.example/assay",
                            "postgresql://ci:s3:cret@db.example/assay",
                            "postgresql://ci:s3&cret@db.example/assay?host=a"}) {
        const std::string shown = without_password(url);
        CHECK(shown.find("s3") == std::string::npos);
        CHECK(shown.find("cret") == std::string::npos);
        CHECK(shown.find("db.example/assay") != std::string::npos);
    }
}

} // namespace postgres_url_test
