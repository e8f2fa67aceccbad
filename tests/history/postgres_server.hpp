// A PostgreSQL server of the test program's own: made in a private folder, reachable through a
// socket there and nowhere else, gone with its folder when the program ends, however it ends.
//
//   if (!PostgresServer::shared()) {
//       MESSAGE("skipped: " << PostgresServer::why_not());
//       return;
//   }
//   const std::string url = PostgresServer::shared()->new_database();
//
// One per test program, started when it is first asked for. What fails although the programs are
// there is thrown as std::runtime_error. Children of the program may use it and must leave by
// _exit. One thread at a time.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace assay::test {

class PostgresServer {
public:
    // Null where this machine has no server programs.
    static PostgresServer* shared();
    static std::string why_not();

    // One more, where why_not() is empty. `durable`: with what a power failure asks for, as a real
    // server has it; tests do without.
    explicit PostgresServer(bool durable = false);
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    // The URL of an empty database of a new name.
    std::string new_database();
    // The URL of a database for a user (the tests' own is "assay", who may do everything).
    [[nodiscard]] std::string url(const std::string& database,
                                  const std::string& user = "assay") const;

    // As if the machine went away: without a word to anybody who is connected.
    void stop_at_once();
    void start();

    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

    // The process that ends the server and removes the folder when this program ends.
    [[nodiscard]] pid_t guard() const noexcept { return guard_; }

private:
    // A program of the server's, run as the user that may be one.
    [[nodiscard]] std::vector<std::string> command(const std::string& program,
                                                   std::vector<std::string> words) const;
    void run(const std::string& program, std::vector<std::string> words) const;
    void start_guard();

    std::filesystem::path programs_, folder_;
    pid_t owner_ = 0, guard_ = 0;
    int guard_input_ = -1;
    int databases_ = 0;
    bool durable_;
};

} // namespace assay::test
