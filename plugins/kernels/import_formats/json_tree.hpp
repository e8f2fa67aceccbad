// Foreign JSON as a tree that knows where everything stood, and keeps what was read of a document
// that is cut off or broken: the tools write NaN, and files end in the middle.
//
//   JsonTree document = JsonTree::read(file.bytes);
//   for (JsonNode row : document.root()["benchmarks"]) {
//       if (row.complete()) use(row["name"].text(), row["real_time"].number());
//   }
//   document.check(file.bytes);      // throws assay::damaged with line and column, if it is
//
// Accepted beyond RFC 8259: a byte order mark, NaN, Infinity and -Infinity. Numbers are read as
// std::from_chars does, to the last bit. Refused (damage): nesting over 64, a string over 1 MiB, a
// document over 256 MiB or 20 million values, text that is no UTF-8. The tree borrows the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::import_formats {

enum class JsonKind : std::uint8_t { absent, null, boolean, number, string, array, object };

class JsonTree;

// One value of a tree, or none: what is asked of an absent one is absent. Iterates over items of an
// array and over members of an object. A handle; lives as long as its tree.
class JsonNode {
public:
    class Iterator;

    JsonNode() = default;

    explicit operator bool() const noexcept { return tree_ != nullptr; }

    [[nodiscard]] JsonKind kind() const noexcept;

    [[nodiscard]] bool is(JsonKind kind) const noexcept { return this->kind() == kind; }

    // It was read to its end.
    [[nodiscard]] bool complete() const noexcept;

    // The member of that name; the first, where there are several.
    [[nodiscard]] JsonNode operator[](std::string_view key) const noexcept;

    [[nodiscard]] std::string_view key() const noexcept; // as a member of its object

    [[nodiscard]] std::string_view text() const noexcept;        // "" unless it is a string
    [[nodiscard]] std::optional<double> number() const noexcept; // a finite one
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
    [[nodiscard]] std::optional<bool> boolean() const noexcept;

    // A number that is none: NaN, Infinity, 1e999.
    [[nodiscard]] bool non_finite() const noexcept;

    [[nodiscard]] std::string_view source() const noexcept; // the bytes it stands in, if complete

    [[nodiscard]] std::size_t offset() const noexcept; // of its first byte in the document

    [[nodiscard]] Iterator begin() const noexcept;
    [[nodiscard]] Iterator end() const noexcept;

    [[nodiscard]] std::size_t size() const noexcept; // items or members

    // The same place of the same tree.
    friend bool operator==(const JsonNode&, const JsonNode&) noexcept = default;

private:
    friend class JsonTree;

    JsonNode(const JsonTree* tree, std::uint32_t index) noexcept
        : tree_(tree)
        , index_(index) {}

    const JsonTree* tree_ = nullptr;
    std::uint32_t index_ = 0;
};

class JsonTree {
public:
    // The document that begins at `from`, and nothing but white space may follow it.
    static JsonTree read(std::string_view text, std::size_t from = 0);
    // The same for one of several: it may be followed by anything, from end() on.
    static JsonTree read_one(std::string_view text, std::size_t from);

    [[nodiscard]] JsonNode root() const noexcept;

    [[nodiscard]] bool is_damaged() const noexcept { return !damage_.empty(); }

    // What is wrong and what was expected; empty: nothing.
    [[nodiscard]] const std::string& damage() const noexcept { return damage_; }

    // Where reading ended, in good and bad.
    [[nodiscard]] std::size_t end() const noexcept { return end_; }

    // Throws assay::damaged, "line 3, column 7: ...", where the document is. `text` as it was read.
    void check(std::string_view text) const;

private:
    friend class JsonNode;
    friend class JsonParser;

    struct Node {
        JsonKind kind = JsonKind::null;
        bool complete = false, finite = true, truth = false;
        std::uint32_t next = 0, first = 0; // sibling, child; 0: none
        std::uint32_t begin = 0, end = 0;  // in the text
        std::uint32_t key = 0;             // number in texts_, from 1
        std::uint32_t string = 0;          // likewise
        double number = 0;
    };

    std::string_view text_;
    std::vector<Node> nodes_;
    std::vector<std::string_view> texts_;
    std::deque<std::string> decoded_; // strings with escapes
    std::string damage_;
    std::size_t end_ = 0;
};

class JsonNode::Iterator {
public:
    explicit Iterator(JsonNode at) noexcept
        : at_(at) {}

    JsonNode operator*() const noexcept { return at_; }

    Iterator& operator++() noexcept;

    friend bool operator==(const Iterator&, const Iterator&) noexcept = default;

private:
    JsonNode at_;
};

// The finite numbers of an array; false: something else stands in it.
bool read_numbers(JsonNode array, std::vector<double>& numbers);

} // namespace assay::import_formats
