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

TEST_CASE("of a name of a thousand letters both ends are shown, and the CSV has it whole") {
    TextTable table({"name", "n", "why"});
    const std::string name = "begin" + std::string(990, 'x') + "end";
    table.add({name, "1", name});
    table.add({"short", "2", ""});
    const std::string text = table.aligned();
    CHECK(text.find("\nbeginxxx") != std::string::npos);
    CHECK(text.find("xxx\u2026xxx") != std::string::npos);
    CHECK(text.find("xxxend  1  " + name + "\n") != std::string::npos); // what is last pads nothing
    CHECK(text.find("\nshort" + std::string(TextTable::kCellColumnsMax - 5, ' ') + "  2\n") !=
          std::string::npos);
    CHECK(table.csv().find(name + ",1") != std::string::npos);
}

TEST_CASE("cells with separators are quoted in CSV") {
    TextTable table({"id", "text"});
    table.add({"f[n=1,m=2]", "say \"hi\"\n"});
    CHECK(table.csv() == "id,text\n\"f[n=1,m=2]\",\"say \"\"hi\"\"\n\"\n");
}
