#include "app/text_table.hpp"

#include <doctest/doctest.h>

using assay::app::TextTable;

TEST_CASE("columns are aligned by what a reader sees, without trailing spaces") {
    TextTable table({"name", "n", "note"});
    table.add({"\xc3\xa9t\xc3\xa9", "12345", ""});
    table.add({"router", "1", "x"});
    CHECK(table.aligned() == "name    n      note\n"
                             "\xc3\xa9t\xc3\xa9     12345\n"
                             "router  1      x\n");
}

TEST_CASE("a cell cannot break its line or drive the terminal") {
    TextTable table({"a", "b"});
    table.add({"one\ntwo", "\x1b[31m"});
    CHECK(table.aligned() == "a        b\none two  ?[31m\n");
}

TEST_CASE("of a name wider than a line both ends are shown") {
    TextTable table({"case", "n"});
    table.add({"first" + std::string(900, 'a') + "\xc3\xa9" + std::string(59, 'z'), "1"});
    const std::string row = "first" + std::string(92, 'a') + "...\xc3\xa9" + std::string(59, 'z');
    CHECK(table.aligned().find(row + "  1\n") != std::string::npos);
    CHECK(table.csv().find(std::string(900, 'a')) != std::string::npos);
}

TEST_CASE("cells with separators are quoted in CSV") {
    TextTable table({"id", "text"});
    table.add({"f[n=1,m=2]", "say \"hi\"\n"});
    CHECK(table.csv() == "id,text\n\"f[n=1,m=2]\",\"say \"\"hi\"\"\n\"\n");
}
