#include "http_receiver.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cctype>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace assay::test {
namespace {

constexpr int kPollMs = 20; // how soon it sees that it is to end

std::string small_letters(std::string text) {
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

HttpTaken taken_from(const std::string& head, std::string body) {
    HttpTaken taken{
        .line = head.substr(0, head.find("\r\n")), .headers = {}, .body = std::move(body)};
    for (std::size_t at = head.find("\r\n"); at != std::string::npos;) {
        const std::size_t begin = at + 2;
        at = head.find("\r\n", begin);
        const std::string line = head.substr(begin, at - begin);
        if (const std::size_t colon = line.find(": "); colon != std::string::npos) {
            taken.headers[small_letters(line.substr(0, colon))] = line.substr(colon + 2);
        }
    }
    return taken;
}

} // namespace

struct HttpReceiver::State {
    int listening = -1;
    int port = 0;
    std::vector<HttpAnswer> answers;
    mutable std::mutex mutex;
    std::vector<HttpTaken> taken;
    std::atomic<bool> ends{false};
    std::thread thread;

    bool readable(int fd) const {
        while (!ends) {
            pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
            if (::poll(&one, 1, kPollMs) > 0) {
                return true;
            }
        }
        return false;
    }

    // Everything of one request; empty where it did not come.
    std::string read_request(int fd) const {
        std::string all;
        std::array<char, 4096> piece{};
        while (readable(fd)) {
            const ssize_t got = ::read(fd, piece.data(), piece.size());
            if (got <= 0) {
                return {};
            }
            all.append(piece.data(), static_cast<std::size_t>(got));
            const std::size_t end = all.find("\r\n\r\n");
            if (end == std::string::npos) {
                continue;
            }
            const HttpTaken head = taken_from(all.substr(0, end), {});
            const auto length = head.headers.find("content-length");
            const std::size_t wanted =
                length == head.headers.end() ? 0 : std::stoul(length->second);
            if (all.size() >= end + 4 + wanted) {
                return all;
            }
        }
        return {};
    }

    void answer(int fd) {
        const std::string request = read_request(fd);
        const std::size_t end = request.find("\r\n\r\n");
        if (end == std::string::npos) {
            return;
        }
        HttpAnswer said;
        {
            const std::scoped_lock lock(mutex);
            said = answers.at(std::min(taken.size(), answers.size() - 1));
            taken.push_back(taken_from(request.substr(0, end), request.substr(end + 4)));
        }
        if (said.status < 0) {
            readable(fd); // until the other side gives up
        } else if (said.status > 0) {
            const std::string after =
                said.retry_after.empty() ? "" : "Retry-After: " + said.retry_after + "\r\n";
            const std::string text = "HTTP/1.1 " + std::to_string(said.status) + " so\r\n" + after +
                                     "Content-Length: 2\r\nConnection: close\r\n\r\nok";
            (void)!::write(fd, text.data(), text.size());
        }
    }

    void serve() {
        while (readable(listening)) {
            const int fd = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd >= 0) {
                answer(fd);
                ::close(fd);
            }
        }
    }
};

HttpReceiver::HttpReceiver(std::vector<HttpAnswer> answers)
    : state_(std::make_unique<State>()) {
    state_->answers = std::move(answers);
    state_->listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(state_->listening, generic, size) != 0 || ::listen(state_->listening, 16) != 0 ||
        ::getsockname(state_->listening, generic, &size) != 0) {
        throw std::runtime_error("cannot listen on the loopback");
    }
    state_->port = ntohs(address.sin_port);
    state_->thread = std::thread([this] { state_->serve(); });
}

HttpReceiver::~HttpReceiver() {
    state_->ends = true;
    state_->thread.join();
    ::close(state_->listening);
}

std::string HttpReceiver::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(state_->port) + path;
}

std::vector<HttpTaken> HttpReceiver::taken() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->taken;
}

} // namespace assay::test
