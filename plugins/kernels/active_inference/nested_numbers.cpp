#include "active_inference/nested_numbers.hpp"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace assay::active_inference {
namespace {

class NestedReader {
public:
    NestedReader(const std::string& name, std::string_view json)
        : name_(name)
        , rest_(json) {}

    std::variant<Tensor, ModelFault> read() {
        read_value(0);
        skip_space();
        if (!fault_ && !rest_.empty()) {
            refuse("is followed by '" + excerpt() + "', expected nothing after it");
        }
        if (fault_) {
            return *std::move(fault_);
        }
        return std::move(tensor_);
    }

private:
    void read_value(std::size_t depth) {
        skip_space();
        if (!rest_.empty() && rest_.front() == '[') {
            read_array(depth);
        } else if (leaf_depth_.value_or(depth) != depth) {
            refuse("is '" + excerpt() + "', expected an array as its neighbours are");
        } else {
            read_number(depth);
        }
    }

    void read_array(std::size_t depth) {
        if (depth == kAxesMax || leaf_depth_.value_or(kAxesMax) <= depth) {
            refuse("is an array, expected a number");
            return;
        }
        rest_.remove_prefix(1);
        const bool first = tensor_.shape.size() == depth;
        if (first) {
            tensor_.shape.push_back(0);
        }
        std::size_t count = 0;
        skip_space();
        while (!fault_ && !rest_.empty() && rest_.front() != ']') {
            index_.push_back(count++);
            read_value(depth + 1);
            if (!fault_) {
                index_.pop_back();
                skip_comma();
            }
        }
        if (fault_) {
            return;
        }
        if (rest_.empty()) {
            refuse("ends early, expected ']'");
            return;
        }
        rest_.remove_prefix(1);
        if (first) {
            tensor_.shape[depth] = count;
        } else if (tensor_.shape[depth] != count) {
            refuse("has " + std::to_string(count) + " entries, expected " +
                   std::to_string(tensor_.shape[depth]) + " as its neighbours have");
        }
    }

    void read_number(std::size_t depth) {
        double value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        // from_chars takes "inf" and "nan", JSON does not.
        const bool begins = !rest_.empty() && (rest_.front() == '-' || is_digit(rest_.front()));
        if (error != std::errc() || !begins) {
            refuse("is '" + excerpt() + "', expected a number");
            return;
        }
        leaf_depth_ = depth;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        tensor_.data.push_back(value);
    }

    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    void skip_space() {
        const std::size_t at = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at);
    }

    // Whether commas stand where they must was checked by whoever parsed the document.
    void skip_comma() {
        skip_space();
        if (!rest_.empty() && rest_.front() == ',') {
            rest_.remove_prefix(1);
            skip_space();
        } else if (!rest_.empty() && rest_.front() != ']') {
            refuse("is followed by '" + excerpt() + "', expected ',' or ']'");
        }
    }

    [[nodiscard]] std::string excerpt() const {
        return std::string(rest_.substr(0, std::min(rest_.find_first_of(",]}"), kExcerptMax)));
    }

    void refuse(const std::string& what) {
        std::string message = name_ + (index_.empty() ? "" : shape_text(index_)) + " " + what;
        fault_ = ModelFault{name_, index_, std::move(message)};
    }

    static constexpr std::size_t kExcerptMax = 24; // enough to recognise the place

    const std::string& name_;
    std::string_view rest_;
    std::vector<std::size_t> index_;        // where reading is
    std::optional<std::size_t> leaf_depth_; // where the numbers are
    Tensor tensor_;
    std::optional<ModelFault> fault_;
};

void write(const Tensor& tensor, std::size_t axis, std::size_t& at, std::string& out) {
    if (axis == tensor.shape.size()) {
        char text[32];
        out.append(text, std::to_chars(text, text + sizeof text, tensor.data[at++]).ptr);
        return;
    }
    out += '[';
    for (std::size_t i = 0; i < tensor.shape[axis]; ++i) {
        out += i == 0 ? "" : ",";
        write(tensor, axis + 1, at, out);
    }
    out += ']';
}

} // namespace

std::variant<Tensor, ModelFault> nested_numbers(const std::string& name, std::string_view json) {
    return NestedReader(name, json).read();
}

std::string nested_json(const Tensor& tensor) {
    std::string text;
    std::size_t at = 0;
    write(tensor, 0, at, text);
    return text;
}

} // namespace assay::active_inference
