#include "app/session/git_state.hpp"

#include "support/command.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace assay::app {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kNothing = "ASSAY_NOTHING"; // a variable that is empty
constexpr std::chrono::milliseconds kPatience{5'000};
constexpr std::chrono::milliseconds kCountPatience{1'000}; // a hint is not worth more

// Questions to the git of one folder.
class Repository {
public:
    explicit Repository(std::string folder)
        : folder_(std::move(folder)) {}

    // git must not start what the repository's configuration names, write to its index, or fetch
    // what a partial clone lacks.
    [[nodiscard]] Result<CommandOutput> ask(const Words& words,
                                            std::chrono::milliseconds patience = kPatience) const {
        Words argv{"env",
                   "GIT_OPTIONAL_LOCKS=0",
                   "GIT_ALLOW_PROTOCOL=none",
                   "GIT_NO_LAZY_FETCH=1",
                   std::string(kNothing) + "=",
                   "git",
                   "-c",
                   "core.fsmonitor=false",
                   "-c",
                   "core.hooksPath=/dev/null",
                   "-c",
                   "log.showSignature=false"};
        argv.insert(argv.end(), overrides_.begin(), overrides_.end());
        argv.insert(argv.end(), words.begin(), words.end());
        return run_command(argv, {.folder = folder_, .timeout = patience});
    }

    // What it printed, trimmed; nothing if it failed.
    [[nodiscard]] std::optional<std::string>
    text(const Words& words, std::chrono::milliseconds patience = kPatience) const {
        const auto output = ask(words, patience);
        if (!output || output->exit_code != 0 || !is_utf8(output->text)) {
            return std::nullopt;
        }
        return std::string(trim(output->text));
    }

    // Whether files have changed is asked of the filters that the configuration names, which are
    // commands: those of this repository's own are switched off, the user's own stay. False where
    // it cannot be told which there are.
    [[nodiscard]] bool switch_filters_off() {
        constexpr int kNoSuchKey = 1;
        const auto listed =
            ask({"config", "--show-scope", "--name-only", "-z", "--get-regexp", "^filter\\."});
        if (!listed || (listed->exit_code != 0 && listed->exit_code != kNoSuchKey)) {
            return false;
        }
        const Words entries = split(listed->text, '\0'); // scope, key, scope, key, ...
        for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
            if (entries[i] == "local" || entries[i] == "worktree") {
                // Of an empty variable: whatever letters the key has.
                overrides_.push_back("--config-env=" + entries[i + 1] + "=" + kNothing);
            }
        }
        return true;
    }

private:
    std::string folder_;
    Words overrides_;
};

json::value text_or_null(const std::optional<std::string>& text) {
    return text && !text->empty() ? json::value(*text) : json::value(nullptr);
}

json::value number_or_null(const std::optional<std::string>& text) {
    const auto number = text ? to_int64(*text) : std::nullopt;
    return number ? json::value(*number) : json::value(nullptr);
}

// Four lines of one question: the commit, its parents, and when it was written and committed.
void describe_head(const Repository& repository, json::object& state) {
    const auto text =
        repository.text({"rev-list", "--max-count=1", "--format=%H%n%P%n%at%n%ct", "HEAD", "--"});
    const Words lines = split(text.value_or(""), '\n'); // after "commit <sha>"
    if (lines.size() < 5) {
        state["state"] = "unborn";
        return;
    }
    state["sha"] = lines[1];
    state["parent"] = text_or_null(lines[2].substr(0, lines[2].find(' ')));
    state["author_time"] = number_or_null(lines[3]);
    state["commit_time"] = number_or_null(lines[4]);
}

// The branch that this one comes from; "" where there is none. A branch pushed under its own name
// has itself as upstream, which says nothing of where it left.
std::string branch_below(const Repository& repository, const std::string& own) {
    const auto upstream = repository.text(
        {"rev-parse", "--symbolic-full-name", "--verify", "--quiet", "@{upstream}"});
    if (upstream && !upstream->empty() && !own.empty() && !upstream->ends_with("/" + own)) {
        return *upstream;
    }
    constexpr std::array<const char*, 5> kMainLines{"refs/remotes/origin/HEAD",
                                                    "refs/remotes/origin/main",
                                                    "refs/remotes/origin/master",
                                                    "refs/heads/main",
                                                    "refs/heads/master"};
    Words question{"for-each-ref", "--format=%(refname)"};
    question.insert(question.end(), kMainLines.begin(), kMainLines.end());
    const Words there = split(repository.text(question).value_or(""), '\n');
    const auto* const found = std::ranges::find_if(kMainLines, [&](const char* name) {
        return std::ranges::find(there, name) != there.end();
    });
    return found != kMainLines.end() ? *found : "";
}

json::value merge_base(const Repository& repository, const std::string& own) {
    const std::string below = branch_below(repository, own);
    return below.empty() ? json::value(nullptr)
                         : text_or_null(repository.text({"merge-base", "HEAD", below}));
}

bool is_shallow(const Repository& repository) {
    return repository.text({"rev-parse", "--is-shallow-repository"}) != "false";
}

json::value commit_count(const Repository& repository) {
    return number_or_null(repository.text({"rev-list", "--count", "HEAD", "--"}, kCountPatience));
}

// The oldest commit without a parent: of every clone the same.
json::value root_commit(const Repository& repository) {
    const auto text = repository.text({"rev-list", "--max-parents=0", "--topo-order", "HEAD", "--"},
                                      kCountPatience);
    const Words roots = split(trim(text.value_or("")), '\n');
    return roots.empty() ? json::value(nullptr) : text_or_null(std::string(roots.back()));
}

// Of the files that git keeps; a submodule counts by its commit, for to look into it would be to
// obey its configuration as well.
json::value dirty(const Repository& repository) {
    const auto changes = repository.ask(
        {"status", "--porcelain", "--untracked-files=no", "--ignore-submodules=dirty"});
    return changes && changes->exit_code == 0 ? json::value(!trim(changes->text).empty())
                                              : json::value(nullptr);
}

json::object nothing_known() {
    return {{"state", "ok"},
            {"sha", nullptr},
            {"parent", nullptr},
            {"branch", nullptr},
            {"dirty", nullptr},
            {"merge_base", nullptr},
            {"author_time", nullptr},
            {"commit_time", nullptr},
            {"commit_count", nullptr},
            {"root_commit", nullptr},
            {"repo_url", nullptr}};
}

} // namespace

std::string public_url(const std::string& url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos) { // git@host:path, or a folder
        const std::size_t at = url.find('@');
        const std::size_t colon = url.find(':');
        const bool password = at != std::string::npos && colon < at && url.find('/') > at;
        return password ? url.substr(0, colon) + url.substr(at) : url;
    }
    const std::string name = url.substr(0, scheme);
    const std::string rest = url.substr(scheme + 3, url.find_first_of("?#", scheme) - scheme - 3);
    const std::string authority = rest.substr(0, rest.find('/'));
    const std::size_t at = authority.rfind('@');
    if (at == std::string::npos) {
        // "user:pass/word@host": a password that nobody escaped stands where a port would.
        const std::size_t colon = authority.rfind(':');
        const bool is_port =
            colon == std::string::npos || authority.ends_with("]") ||
            (rest.find('@') == std::string::npos &&
             authority.find_first_not_of("0123456789", colon + 1) == std::string::npos);
        return is_port ? name + "://" + rest : "";
    }
    const std::string user = authority.substr(0, authority.find_first_of(":@"));
    // Where a user's name may be a token.
    const bool web = name.ends_with("http") || name.ends_with("https");
    return name + "://" + (web || user.empty() ? "" : user + "@") + rest.substr(at + 1);
}

json::object git_state(const std::string& folder) {
    Repository repository(folder);
    json::object state = nothing_known();
    const auto inside = repository.ask({"rev-parse", "--is-inside-work-tree"});
    if (!inside || inside->exit_code != 0) {
        state["state"] = inside ? "no repository" : "no git";
        return state;
    }
    const bool safe_to_compare = repository.switch_filters_off();
    describe_head(repository, state);
    const auto branch = repository.text({"symbolic-ref", "--short", "--quiet", "HEAD"});
    state["branch"] = text_or_null(branch);
    state["dirty"] = safe_to_compare ? dirty(repository) : json::value(nullptr);
    if (const auto url = repository.text({"config", "--get", "remote.origin.url"})) {
        state["repo_url"] = text_or_null(public_url(*url));
    }
    if (!state["sha"].is_null()) {
        const bool shallow = is_shallow(repository);
        state["merge_base"] = merge_base(repository, branch.value_or(""));
        state["commit_count"] = shallow ? json::value(nullptr) : commit_count(repository);
        if (state["repo_url"].is_null() && !shallow) {
            state["root_commit"] = root_commit(repository);
        }
    }
    return state;
}

} // namespace assay::app
