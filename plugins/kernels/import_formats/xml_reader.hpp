// Foreign XML, one piece after the other, with bounds: enough for the reports that test tools
// write.
//
//   XmlReader xml(file.bytes);
//   while (std::optional<XmlEvent> event = xml.next()) {
//       if (event->kind == XmlKind::begin && event->name == "testcase") use((*event)["time"]);
//   }
//
// Understood: elements, attributes, text, CDATA, comments, processing instructions, the five named
// entities and numbers. A document type is passed over, and no entity of it is known: nothing grows
// or reaches out. Throws assay::damaged, with the line, for what is not well-formed, nesting over
// 64, an attribute or text over 1 MiB, text that is no UTF-8, or a document over 256 MiB. One
// thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::import_formats {

enum class XmlKind { begin, end, text };

struct XmlEvent {
    XmlKind kind = XmlKind::text;
    std::string name; // of an element
    std::string text;
    std::vector<std::pair<std::string, std::string>> attributes = {};

    // The attribute's value; "" where there is none.
    [[nodiscard]] std::string_view operator[](std::string_view attribute) const noexcept;

    [[nodiscard]] bool has(std::string_view attribute) const noexcept;
};

class XmlReader {
public:
    static constexpr std::size_t nesting_max = 64;
    static constexpr std::size_t text_bytes_max = std::size_t{1} << 20;
    static constexpr std::size_t document_bytes_max = std::size_t{256} << 20;

    explicit XmlReader(std::string_view text);

    // An element without content begins and ends. Text of nothing but white space is left out.
    // Nothing: the root has ended.
    std::optional<XmlEvent> next();

private:
    std::optional<XmlEvent> element();
    void attributes(XmlEvent& event);
    std::string decoded(std::string_view raw) const;
    void skip_space() noexcept;
    void skip_past(std::string_view mark);
    void skip_document_type();
    bool take(std::string_view expected) noexcept;
    std::string_view name();
    [[noreturn]] void damage(const std::string& what) const;

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<std::string> open_;
    bool pending_end_ = false, rooted_ = false;
};

// The name of the first element of a text that may be cut off; "" for what is no XML. For probes.
[[nodiscard]] std::string xml_root(std::string_view head);

} // namespace assay::import_formats
