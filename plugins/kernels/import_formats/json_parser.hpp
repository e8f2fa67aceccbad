// Fills a JsonTree from a text, until its end or the first byte that makes no sense. Used by
// json_tree.cpp alone.
#pragma once

#include "import_formats/json_tree.hpp"

namespace assay::import_formats {

class JsonParser {
public:
    static constexpr std::size_t nesting_max = 64;
    static constexpr std::size_t string_bytes_max = std::size_t{1} << 20;
    static constexpr std::size_t document_bytes_max = std::size_t{256} << 20;
    static constexpr std::size_t values_max = 20'000'000;

    JsonParser(JsonTree& tree, std::string_view text, std::size_t from) noexcept
        : tree_(tree)
        , text_(text)
        , at_(from) {}

    void read_whole();
    void read_one();

private:
    // All of these: false = damaged, and said so.
    bool value(std::size_t depth, std::uint32_t& index);
    bool container(std::size_t depth, std::uint32_t index, bool object);
    bool member_key(std::uint32_t& key);
    bool string(std::uint32_t& number);
    bool escape(std::string& out);
    bool code_unit(std::uint32_t& unit);
    bool number(std::uint32_t index);
    bool word(std::uint32_t index);
    bool damaged(std::string what);

    void skip_space() noexcept;

    [[nodiscard]] bool at_end() const noexcept { return at_ >= text_.size(); }

    [[nodiscard]] char next() const noexcept { return at_end() ? '\0' : text_[at_]; }

    JsonTree& tree_;
    std::string_view text_;
    std::size_t at_;
};

} // namespace assay::import_formats
