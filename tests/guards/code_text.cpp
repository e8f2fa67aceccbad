#include "code_text.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace assay::guards {

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

namespace {

// Copies code to `out` and blanks the rest; a literal leaves its quotes, so that a string argument
// still separates tokens.
class Blanker {
public:
    Blanker(std::string_view text, Language language)
        : text_(text)
        , rust_(language == Language::rust) {}

    std::string run() {
        while (at_ < text_.size()) {
            if (starts("//")) {
                blank_to(text_.find('\n', at_));
            } else if (starts("/*")) {
                block_comment();
            } else if (!rust_ && text_[at_] == '#' && at_line_start()) {
                directive();
            } else if (const std::size_t hashes = raw_string_start(); hashes != kNone) {
                raw_string(hashes);
            } else if (text_[at_] == '"') {
                quoted('"');
            } else if (text_[at_] == '\'' && is_character()) {
                quoted('\'');
            } else {
                keep();
            }
        }
        return out_;
    }

private:
    static constexpr std::size_t kNone = std::string_view::npos;

    [[nodiscard]] bool starts(std::string_view what) const {
        return text_.substr(at_).starts_with(what);
    }

    void keep() { out_ += skipped_ == 0 || text_[at_] == '\n' ? text_[at_] : ' ', ++at_; }

    void blank() { out_ += text_[at_] == '\n' ? '\n' : ' ', ++at_; }

    void blank_to(std::size_t end) {
        for (end = std::min(end, text_.size()); at_ < end;) {
            blank();
        }
    }

    [[nodiscard]] bool at_line_start() const {
        const std::size_t line = out_.rfind('\n');
        return out_.find_first_not_of(" \t", line == kNone ? 0 : line + 1) == kNone;
    }

    void block_comment() {
        int depth = 0; // Rust's comments nest
        do {
            if (starts("/*") && (rust_ || depth == 0)) {
                ++depth;
                blank_to(at_ + 2);
            } else if (starts("*/")) {
                --depth;
                blank_to(at_ + 2);
            } else {
                blank();
            }
        } while (depth > 0 && at_ < text_.size());
    }

    // Blanks the whole directive with its continuation lines; code between #else or #elif and
    // #endif is skipped, because both branches together may open a brace twice.
    void directive() {
        std::size_t end = at_;
        do {
            end = std::min(text_.find('\n', end + 1), text_.size());
        } while (end < text_.size() && text_[end - 1] == '\\');
        std::string_view word = text_.substr(at_ + 1, end - at_ - 1);
        word.remove_prefix(std::min(word.find_first_not_of(" \t"), word.size()));
        if (word.starts_with("if")) {
            skipping_.push_back(false);
        } else if (word.starts_with("el") && !skipping_.empty() && !skipping_.back()) {
            skipping_.back() = true;
            ++skipped_;
        } else if (word.starts_with("endif") && !skipping_.empty()) {
            skipped_ -= skipping_.back() ? 1 : 0;
            skipping_.pop_back();
        }
        blank_to(end);
    }

    // R"tag( ... )tag" and r#" ... "#: the length of the tag or the number of hashes.
    [[nodiscard]] std::size_t raw_string_start() const {
        if (at_ > 0 && is_word(text_[at_ - 1]) && (rust_ || text_[at_ - 1] != '8')) {
            return kNone;
        }
        if (!rust_) {
            if (!starts("R\"")) {
                return kNone;
            }
            const std::size_t open = text_.find('(', at_);
            return open == kNone ? kNone : open - at_ - 2;
        }
        const std::size_t r = at_ + (text_[at_] == 'b' ? 1 : 0);
        if (r >= text_.size() || text_[r] != 'r') {
            return kNone;
        }
        const std::size_t quote = text_.find_first_not_of('#', r + 1);
        return quote != kNone && text_[quote] == '"' ? quote - r - 1 : kNone;
    }

    void raw_string(std::size_t length) {
        std::string closing;
        if (rust_) {
            closing = "\"" + std::string(length, '#');
            blank_to(text_.find('"', at_) + 1);
        } else {
            closing = ")" + std::string(text_.substr(at_ + 2, length)) + "\"";
        }
        const std::size_t end = text_.find(closing, at_);
        blank_to(end == kNone ? kNone : end + closing.size());
    }

    // Neither a digit separator (1'000) nor a lifetime ('a).
    [[nodiscard]] bool is_character() const {
        if (rust_) {
            return text_.substr(at_ + 1, 1) == "\\" || text_.substr(at_ + 2, 1) == "'" ||
                   (at_ + 1 < text_.size() && (text_[at_ + 1] & 0x80) != 0);
        }
        std::size_t start = at_;
        while (start > 0 && (is_word(text_[start - 1]) || text_[start - 1] == '\'')) {
            --start;
        }
        return start == at_ || std::isdigit(static_cast<unsigned char>(text_[start])) == 0;
    }

    void quoted(char quote) {
        keep();
        while (at_ < text_.size() && text_[at_] != quote) {
            blank_to(at_ + (text_[at_] == '\\' ? 2 : 1));
        }
        if (at_ < text_.size()) {
            keep();
        }
    }

    std::string_view text_;
    bool rust_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<bool> skipping_; // per open #if: is its current branch left out?
    int skipped_ = 0;
};

} // namespace

std::string code_only(std::string_view text, Language language) {
    return Blanker(text, language).run();
}

} // namespace assay::guards
