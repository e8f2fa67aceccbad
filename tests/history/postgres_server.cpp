#include "postgres_server.hpp"

#include "support/command.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <pwd.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace assay::test {
namespace {

namespace fs = std::filesystem;

bool has_server(const fs::path& folder) {
    return std::ranges::all_of(
        std::array{"initdb", "pg_ctl", "postgres", "createdb"},
        [&folder](const char* program) { return ::access((folder / program).c_str(), X_OK) == 0; });
}

// Those on the PATH, else the newest of Debian's, which keeps them away from it.
std::optional<fs::path> find_programs() {
    const char* path = std::getenv("PATH");
    for (const std::string& folder : split(path != nullptr ? path : "", ':')) {
        std::error_code none; // a link there leads to the others
        const fs::path real = fs::canonical(fs::path(folder) / "initdb", none).parent_path();
        if (!none && has_server(real)) {
            return real;
        }
    }
    std::optional<fs::path> newest;
    int newest_version = 12; // 13 is the oldest that will do
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none)) {
        const int version = std::atoi(entry.path().filename().c_str());
        if (version > newest_version && has_server(entry.path() / "bin")) {
            newest = entry.path() / "bin";
            newest_version = version;
        }
    }
    return newest;
}

const passwd* server_user() {
    return ::getpwnam("postgres");
}

bool is_root() {
    return ::geteuid() == 0;
}

// Empty where a server can be started.
std::string missing() {
    if (!find_programs()) {
        return "no PostgreSQL 13 or later is installed (Debian: postgresql-15)";
    }
    if (is_root() && server_user() == nullptr) {
        return "a server refuses root, and there is no user postgres to be instead";
    }
    if (is_root() && !run_command({"setpriv", "--version"})) {
        return "a server refuses root, and there is no setpriv to be another user";
    }
    return {};
}

} // namespace

std::string PostgresServer::why_not() {
    return missing();
}

PostgresServer* PostgresServer::shared() {
    static const std::unique_ptr<PostgresServer> server(missing().empty() ? new PostgresServer
                                                                          : nullptr);
    return server.get();
}

PostgresServer::PostgresServer(bool durable)
    : programs_(find_programs().value())
    , owner_(::getpid())
    , durable_(durable) {
    std::string name = (fs::temp_directory_path() / "assay-postgres-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("cannot make a temporary folder like " + name);
    }
    folder_ = fs::canonical(name);
    start_guard();
    if (is_root() && ::chown(folder_.c_str(), server_user()->pw_uid, server_user()->pw_gid) != 0) {
        throw std::runtime_error("cannot give " + folder_.string() + " to the user postgres");
    }
    run("initdb",
        {"--pgdata=" + (folder_ / "data").string(),
         "--username=assay",
         "--auth=trust",
         "--encoding=UTF8",
         "--locale=C",
         "--no-sync"});
    start();
}

PostgresServer::~PostgresServer() {
    if (::getpid() != owner_) {
        return; // a child that should have left by _exit
    }
    ::close(guard_input_);
    int status = 0;
    while (::waitpid(guard_, &status, 0) < 0 && errno == EINTR) {
    }
}

std::vector<std::string> PostgresServer::command(const std::string& program,
                                                 std::vector<std::string> words) const {
    words.insert(words.begin(), (programs_ / program).string());
    if (is_root()) {
        const std::vector<std::string> as_user{
            "setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"};
        words.insert(words.begin(), as_user.begin(), as_user.end());
    }
    return words;
}

void PostgresServer::run(const std::string& program, std::vector<std::string> words) const {
    const auto ended = run_command(command(program, std::move(words)),
                                   {.folder = folder_, .timeout = std::chrono::seconds(90)});
    if (!ended || ended->exit_code != 0) {
        throw std::runtime_error(program +
                                 " failed: " + (ended ? ended->text : ended.error().message) +
                                 "; see " + (folder_ / "log").string());
    }
}

// A shell that waits for the end of its input, which comes with the end of this program whatever
// the reason, then stops the server and removes its folder. It is in a session of its own, so that
// an interrupt from the keyboard leaves it alone.
void PostgresServer::start_guard() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    std::vector<std::string> words{
        "sh",
        "-c",
        R"(folder=$1; shift; read -r nothing; "$@"; rm -rf -- "$folder")",
        "guard",
        folder_.string()};
    for (std::string& word : command(
             "pg_ctl", {"stop", "--pgdata=" + (folder_ / "data").string(), "--mode=immediate"})) {
        words.push_back(std::move(word));
    }
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addchdir_np(&actions, "/");
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    const int error =
        ::posix_spawnp(&guard_, "sh", &actions, &attributes, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    ::close(ends[0]);
    guard_input_ = ends[1];
    if (error != 0) {
        throw std::runtime_error("cannot run sh");
    }
}

void PostgresServer::start() {
    run("pg_ctl",
        {"start",
         "--wait",
         "--timeout=60",
         "--pgdata=" + (folder_ / "data").string(),
         "--log=" + (folder_ / "log").string(),
         "--options=-k '" + folder_.string() + "' -c listen_addresses=''" +
             (durable_ ? "" : " -c fsync=off -c full_page_writes=off")});
}

void PostgresServer::stop_at_once() {
    run("pg_ctl", {"stop", "--pgdata=" + (folder_ / "data").string(), "--mode=immediate"});
}

std::string PostgresServer::new_database() {
    const std::string name = "history_" + std::to_string(++databases_);
    run("createdb", {"--host=" + folder_.string(), "--username=assay", name});
    return url(name);
}

std::string PostgresServer::url(const std::string& database, const std::string& user) const {
    return "postgresql://" + user + "@/" + database + "?host=" + percent_encode(folder_.string());
}

} // namespace assay::test
