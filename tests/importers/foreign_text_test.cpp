// What importers read foreign text with: XML, JSON among other things, delimited cells.
#include "import_formats/delimited.hpp"
#include "import_formats/json_stream.hpp"
#include "import_formats/xml_reader.hpp"

#include <assay/importer.hpp>

#include <doctest/doctest.h>

using namespace assay::import_formats;

namespace {

// Every piece of a document as "<name", "name>" or its text.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    XmlReader xml(text);
    while (const auto event = xml.next()) {
        pieces.push_back(event->kind == XmlKind::begin ? "<" + event->name
                         : event->kind == XmlKind::end ? event->name + ">"
                                                       : event->text);
    }
    return pieces;
}

} // namespace

TEST_CASE("XML: elements, text, entities, CDATA, comments and a document type") {
    CHECK(pieces_of("\xEF\xBB\xBF<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x \"y\">]>\n"
                    "<a><!-- no --><b k='1'/> &lt;&#65;&#x42; <![CDATA[<&>]]></a>\n") ==
          std::vector<std::string>{"<a", "<b", "b>", " <AB ", "<&>", "a>"});
    XmlReader xml("<a k=\"1 &amp; 2\" l='\"'/>");
    const auto event = xml.next();
    REQUIRE(event);
    CHECK((*event)["k"] == "1 & 2");
    CHECK((*event)["l"] == "\"");
    CHECK((*event)["m"] == "");
    CHECK(event->has("l"));
    CHECK_FALSE(event->has("m"));
}

TEST_CASE("XML that is not well-formed is refused with its place") {
    for (const char* const text : {"",
                                   "words",
                                   "<a>",
                                   "<a></b>",
                                   "<a k=1/>",
                                   "<a k='1",
                                   "<a>&unknown;</a>",
                                   "<a>&#xD800;</a>",
                                   "<a>\xFF</a>",
                                   "<a><![CDATA[ </a>",
                                   "<!DOCTYPE a [",
                                   "< a/>"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(static_cast<void>(pieces_of(text)), assay::damaged);
    }
    std::string deep;
    for (int i = 0; i < 100; ++i) {
        deep += "<a>";
    }
    CHECK_THROWS_WITH_AS(static_cast<void>(pieces_of(deep)),
                         "line 1, column 196: nesting is deeper than 64",
                         assay::damaged);
    CHECK(xml_root("<!-- x --><root a='1'><cut") == "root");
    CHECK(xml_root("{}") == "");
}

TEST_CASE("JSON objects are found between other lines, and what is broken is told") {
    const std::string text =
        "words {not json}\n{\"a\":1}{\"b\":2}\n  {\n \"c\":\n3}\n{\"d\": oops\n"
        "[1]\n{\"e\":5}\n{\"f\":";
    std::vector<std::string> keys, broken;
    JsonStream stream(text, [&broken](const JsonTree& tree) { broken.push_back(tree.damage()); });
    while (const auto object = stream.next()) {
        keys.emplace_back((*object->root().begin()).key());
    }
    CHECK(keys == std::vector<std::string>{"a", "b", "c", "e"});
    CHECK(broken.size() == 2);
}

TEST_CASE("JSON that begins over and over and never ends is given up") {
    std::string text;
    const std::string begin = "{\"a\":[" + std::string(20000, ' ') + "1,\n";
    for (int i = 0; i < 400; ++i) {
        text += begin;
    }
    JsonStream stream(text);
    CHECK_THROWS_AS(static_cast<void>(stream.next()), assay::damaged);
}

TEST_CASE("cells between delimiters, quoted or not") {
    using Cells = std::vector<std::string>;
    CHECK(split_cells("a, b ,\"c,\"\"d\"\"\",", ',') == Cells{"a", "b", "c,\"d\"", ""});
    CHECK(split_cells("", ';') == Cells{""});
    CHECK(split_cells("a;b,c", ';') == Cells{"a", "b,c"});
}
