#include "import_formats/json_tree.hpp"

#include "import_formats/json_parser.hpp"

#include <assay/importer.hpp>

#include <cmath>

namespace assay::import_formats {

JsonKind JsonNode::kind() const noexcept {
    return tree_ == nullptr ? JsonKind::absent : tree_->nodes_[index_].kind;
}

bool JsonNode::complete() const noexcept {
    return tree_ != nullptr && tree_->nodes_[index_].complete;
}

JsonNode JsonNode::operator[](std::string_view key) const noexcept {
    if (is(JsonKind::object)) {
        for (const JsonNode member : *this) {
            if (member.key() == key) {
                return member;
            }
        }
    }
    return {};
}

std::string_view JsonNode::key() const noexcept {
    const std::uint32_t number = tree_ == nullptr ? 0 : tree_->nodes_[index_].key;
    return number == 0 ? std::string_view{} : tree_->texts_[number - 1];
}

std::string_view JsonNode::text() const noexcept {
    const std::uint32_t number = tree_ == nullptr ? 0 : tree_->nodes_[index_].string;
    return number == 0 || !complete() ? std::string_view{} : tree_->texts_[number - 1];
}

std::optional<double> JsonNode::number() const noexcept {
    if (!is(JsonKind::number) || !complete() || !tree_->nodes_[index_].finite) {
        return std::nullopt;
    }
    return tree_->nodes_[index_].number;
}

std::optional<std::int64_t> JsonNode::integer() const noexcept {
    constexpr double kExact = 9007199254740992.0; // 2^53
    const std::optional<double> value = number();
    if (!value || std::abs(*value) >= kExact || std::trunc(*value) != *value) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*value);
}

std::optional<bool> JsonNode::boolean() const noexcept {
    return is(JsonKind::boolean) ? std::optional(tree_->nodes_[index_].truth) : std::nullopt;
}

bool JsonNode::non_finite() const noexcept {
    return is(JsonKind::number) && !tree_->nodes_[index_].finite;
}

std::string_view JsonNode::source() const noexcept {
    if (!complete()) {
        return {};
    }
    const JsonTree::Node& node = tree_->nodes_[index_];
    return tree_->text_.substr(node.begin, node.end - node.begin);
}

std::size_t JsonNode::offset() const noexcept {
    return tree_ == nullptr ? 0 : tree_->nodes_[index_].begin;
}

JsonNode::Iterator JsonNode::begin() const noexcept {
    const std::uint32_t first = tree_ == nullptr ? 0 : tree_->nodes_[index_].first;
    return Iterator(first == 0 ? JsonNode{} : JsonNode(tree_, first));
}

JsonNode::Iterator JsonNode::end() const noexcept {
    return Iterator(JsonNode{});
}

JsonNode::Iterator& JsonNode::Iterator::operator++() noexcept {
    const std::uint32_t next = at_.tree_->nodes_[at_.index_].next;
    at_ = next == 0 ? JsonNode{} : JsonNode(at_.tree_, next);
    return *this;
}

std::size_t JsonNode::size() const noexcept {
    std::size_t count = 0;
    for (Iterator item = begin(); item != end(); ++item) {
        ++count;
    }
    return count;
}

JsonTree JsonTree::read(std::string_view text, std::size_t from) {
    JsonTree tree;
    JsonParser(tree, text, from).read_whole();
    return tree;
}

JsonTree JsonTree::read_one(std::string_view text, std::size_t from) {
    JsonTree tree;
    JsonParser(tree, text, from).read_one();
    return tree;
}

JsonNode JsonTree::root() const noexcept {
    return nodes_.empty() ? JsonNode{} : JsonNode(this, 0);
}

void JsonTree::check(std::string_view text) const {
    if (is_damaged()) {
        throw assay::damaged(assay::place_in(text, end_) + ": " + damage_);
    }
}

bool read_numbers(JsonNode array, std::vector<double>& numbers) {
    for (const JsonNode item : array) {
        const std::optional<double> number = item.number();
        if (!number) {
            return false;
        }
        numbers.push_back(*number);
    }
    return true;
}

} // namespace assay::import_formats
