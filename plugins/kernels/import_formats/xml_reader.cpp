#include "import_formats/xml_reader.hpp"

#include "import_formats/utf8.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace assay::import_formats {
namespace {

constexpr std::size_t kNameBytesMax = 1024;

bool is_xml_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_xml_name_byte(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':' || byte >= 0x80;
}

// What "&name;" means; nothing: nobody knows.
std::optional<std::string> entity(std::string_view name) {
    struct Named {
        std::string_view name, text;
    };

    static constexpr std::array kNamed{Named{"lt", "<"},
                                       Named{"gt", ">"},
                                       Named{"amp", "&"},
                                       Named{"quot", "\""},
                                       Named{"apos", "'"}};
    const auto* const found = std::ranges::find(kNamed, name, &Named::name);
    if (found != kNamed.end()) {
        return std::string(found->text);
    }
    if (!name.starts_with('#')) {
        return std::nullopt;
    }
    const bool hex = name.starts_with("#x");
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    const bool sound = error == std::errc{} && end == digits.data() + digits.size() && code > 0 &&
                       code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    if (!sound) {
        return std::nullopt;
    }
    std::string text;
    append_utf8(text, code);
    return text;
}

} // namespace

std::string_view XmlEvent::operator[](std::string_view attribute) const noexcept {
    for (const auto& [key, value] : attributes) {
        if (key == attribute) {
            return value;
        }
    }
    return {};
}

bool XmlEvent::has(std::string_view attribute) const noexcept {
    return std::ranges::any_of(attributes,
                               [attribute](const auto& one) { return one.first == attribute; });
}

XmlReader::XmlReader(std::string_view text)
    : text_(text) {
    if (text.size() > document_bytes_max) {
        throw damaged("a document has at most 256 MiB");
    }
    if (text_.starts_with("\xEF\xBB\xBF")) {
        at_ = 3;
    }
}

std::optional<XmlEvent> XmlReader::next() {
    if (pending_end_) {
        pending_end_ = false;
        XmlEvent end{.kind = XmlKind::end, .name = std::move(open_.back()), .text = {}};
        open_.pop_back();
        return end;
    }
    while (true) {
        if (open_.empty()) {
            skip_space();
            if (rooted_) { // whatever follows is none of this document
                return std::nullopt;
            }
        }
        if (at_ >= text_.size()) {
            damage("the document ends inside <" + (open_.empty() ? "?" : open_.back()) + ">");
        }
        if (take("<!--")) {
            skip_past("-->");
        } else if (take("<?")) {
            skip_past("?>");
        } else if (take("<![CDATA[")) {
            const std::size_t begin = at_;
            skip_past("]]>");
            return XmlEvent{.kind = XmlKind::text,
                            .name = {},
                            .text = std::string(text_.substr(begin, at_ - 3 - begin))};
        } else if (take("<!")) {
            skip_document_type();
        } else if (take("<")) {
            return element();
        } else {
            const std::size_t end = std::min(text_.find('<', at_), text_.size());
            const std::string_view raw = text_.substr(at_, end - at_);
            if (open_.empty()) {
                damage("expected '<'");
            }
            if (end == text_.size()) {
                at_ = end;
                continue;
            }
            const bool filled = !std::ranges::all_of(raw, is_xml_space);
            std::string text = filled ? decoded(raw) : std::string{};
            at_ = end;
            if (filled) {
                return XmlEvent{.kind = XmlKind::text, .name = {}, .text = std::move(text)};
            }
        }
    }
}

// Behind '<'.
std::optional<XmlEvent> XmlReader::element() {
    const bool closes = take("/");
    XmlEvent event{
        .kind = closes ? XmlKind::end : XmlKind::begin, .name = std::string(name()), .text = {}};
    if (closes) {
        skip_space();
        if (open_.empty() || open_.back() != event.name || !take(">")) {
            damage("expected </" + (open_.empty() ? "?" : open_.back()) + ">");
        }
        open_.pop_back();
        return event;
    }
    attributes(event);
    if (open_.size() >= nesting_max) {
        damage("nesting is deeper than " + std::to_string(nesting_max));
    }
    rooted_ = true;
    open_.push_back(event.name);
    return event;
}

void XmlReader::attributes(XmlEvent& event) {
    while (true) {
        skip_space();
        if (take("/>")) {
            pending_end_ = true;
            return;
        }
        if (take(">")) {
            return;
        }
        const std::string_view key = name();
        skip_space();
        if (!take("=")) {
            damage("expected '=' behind an attribute's name");
        }
        skip_space();
        const char quote = at_ < text_.size() ? text_[at_] : '\0';
        if (quote != '"' && quote != '\'') {
            damage("expected an attribute's value in quotes");
        }
        const std::size_t end = text_.find(quote, ++at_);
        if (end == std::string_view::npos) {
            damage("the document ends inside an attribute");
        }
        event.attributes.emplace_back(std::string(key), decoded(text_.substr(at_, end - at_)));
        at_ = end + 1;
    }
}

std::string XmlReader::decoded(std::string_view raw) const {
    if (raw.size() > text_bytes_max) {
        damage("a text has at most 1 MiB");
    }
    if (!is_utf8(raw)) {
        damage("a text is no UTF-8");
    }
    std::string text;
    text.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        if (raw[at] != '&') {
            text += raw[at++];
            continue;
        }
        const std::size_t end = raw.find(';', at);
        const auto meant =
            end == std::string_view::npos ? std::nullopt : entity(raw.substr(at + 1, end - at - 1));
        if (!meant) {
            damage("unknown entity");
        }
        text += *meant;
        at = end + 1;
    }
    return text;
}

void XmlReader::skip_space() noexcept {
    while (at_ < text_.size() && is_xml_space(text_[at_])) {
        ++at_;
    }
}

void XmlReader::skip_past(std::string_view mark) {
    const std::size_t found = text_.find(mark, at_);
    if (found == std::string_view::npos) {
        damage("expected '" + std::string(mark) + "' before the document ends");
    }
    at_ = found + mark.size();
}

// Behind "<!": up to the '>' outside of brackets.
void XmlReader::skip_document_type() {
    for (std::size_t depth = 0; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        depth += c == '[' || c == '<' ? 1 : 0;
        if (c == '>' && depth == 0) {
            ++at_;
            return;
        }
        depth -= (c == ']' || c == '>') && depth > 0 ? 1 : 0;
    }
    damage("the document ends inside its document type");
}

bool XmlReader::take(std::string_view expected) noexcept {
    if (!text_.substr(at_).starts_with(expected)) {
        return false;
    }
    at_ += expected.size();
    return true;
}

std::string_view XmlReader::name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_xml_name_byte(text_[at_])) {
        ++at_;
    }
    const std::string_view found = text_.substr(begin, at_ - begin);
    if (found.empty() || found.size() > kNameBytesMax) {
        damage("expected a name");
    }
    return found;
}

void XmlReader::damage(const std::string& what) const {
    throw damaged(place_in(text_, std::min(at_, text_.size())) + ": " + what);
}

std::string xml_root(std::string_view head) {
    try {
        XmlReader xml(head);
        const std::optional<XmlEvent> root = xml.next();
        return root ? root->name : std::string{};
    } catch (const damaged&) {
        return {};
    }
}

} // namespace assay::import_formats
