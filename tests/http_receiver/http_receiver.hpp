// A real HTTP receiver on the loopback, which keeps what it is sent and answers as it is told.
//
//   HttpReceiver receiver(HttpAnswers{{500}, {429, "1"}, {200}});   // the last answer is given
//   again and again setenv("PERFORMANCE_ALERT_WEBHOOK", receiver.url("/hook").c_str(), 1);
//   receiver.taken().at(0).body
//
// Listens on a free port until it is destroyed, on a thread of its own; one exchange at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace assay::test {

struct HttpAnswer {
    int status = 200; // 0: closes without a word; -1: never says anything
    std::string retry_after = {};
};

struct HttpTaken {
    std::string line;                           // "POST /hook HTTP/1.1"
    std::map<std::string, std::string> headers; // names in small letters
    std::string body;
};

using HttpAnswers = std::vector<HttpAnswer>;

class HttpReceiver {
public:
    explicit HttpReceiver(HttpAnswers answers = HttpAnswers{{200}});
    HttpReceiver(const HttpReceiver&) = delete;
    HttpReceiver& operator=(const HttpReceiver&) = delete;
    ~HttpReceiver();

    [[nodiscard]] std::string url(const std::string& path) const; // http://127.0.0.1:PORT/path
    [[nodiscard]] std::vector<HttpTaken> taken() const;           // so far

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace assay::test
