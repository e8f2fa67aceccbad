#include "app/command_words.hpp"

namespace assay::app {

Result<std::vector<std::string>> command_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    bool begun = false; // '' is a word too
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        const bool escapes = letter == '\\' && quote != '\'' && i + 1 < text.size();
        if (escapes) {
            word += text[++i];
            begun = true;
        } else if (quote != 0) {
            if (letter == quote) {
                quote = 0;
            } else {
                word += letter;
            }
        } else if (letter == '\'' || letter == '"') {
            quote = letter;
            begun = true;
        } else if (letter == ' ' || letter == '\t' || letter == '\n') {
            if (begun) {
                words.push_back(std::move(word));
            }
            word.clear();
            begun = false;
        } else {
            word += letter;
            begun = true;
        }
    }
    if (quote != 0) {
        return Error{.kind = ErrorKind::usage,
                     .message =
                         "in '" + std::string(text) + "' a quote " + quote + " is never closed",
                     .hint = {}};
    }
    if (begun) {
        words.push_back(std::move(word));
    }
    return words;
}

} // namespace assay::app
