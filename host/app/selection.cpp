#include "app/selection.hpp"

#include "app/value_text.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <filesystem>

namespace assay::app {

namespace {

// A value that names an existing file is known by its content.
Result<std::optional<std::string>> digest_of_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return std::optional<std::string>{};
    }
    Result<std::string> digest = sha256_of_file(path);
    if (!digest) {
        return digest.error();
    }
    return std::optional<std::string>(std::move(*digest));
}

} // namespace

Result<plan::ParameterOverride> parameter_override(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string_view::npos || equals + 1 == text.size()) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--param: '" + std::string(text) +
                                "' will not do, expected NAME=VALUE[,VALUE] such as n=64,128",
                     .hint = "'assay list --families' shows the axes and their values"};
    }
    return plan::ParameterOverride{.name = std::string(text.substr(0, equals)),
                                   .values = split(text.substr(equals + 1), ',')};
}

Result<plan::Selection> selection_from(const Invocation& invocation, plan::Mode mode) {
    plan::Selection selection;
    selection.mode = mode;
    selection.suites = invocation.values("--suite");
    selection.filters = invocation.words;
    selection.file_digest = digest_of_file;
    for (const std::string& text : invocation.values("--param")) {
        Result<plan::ParameterOverride> parameter = parameter_override(text);
        if (!parameter) {
            return parameter.error();
        }
        selection.params.push_back(std::move(*parameter));
    }
    if (const std::optional<std::string> text = invocation.value("--shard")) {
        const ShardText shard = shard_from(*text).value_or(ShardText{});
        selection.shard = plan::Shard{.index = shard.index, .count = shard.count};
    }
    return selection;
}

} // namespace assay::app
