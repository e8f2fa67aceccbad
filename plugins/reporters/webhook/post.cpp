#include "post.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <charconv>
#include <memory>

namespace webhook {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Error = boost::system::error_code;

constexpr std::size_t kAnswerMax = std::size_t{1} << 20U; // bytes of it that are read
constexpr int kHttp11 = 11;

// One exchange, step by step; whoever waits longer than the timeout gets nothing.
class Exchange {
public:
    Exchange(const WebhookUrl& url, const Request& told, std::chrono::milliseconds timeout)
        : url_(url)
        , timeout_(timeout)
        , resolver_(io_)
        , tls_(asio::ssl::context::tls_client)
        , stream_(io_, tls_) {
        const bool usual_port = url.port == (url.secure ? "443" : "80");
        request_ = {http::verb::post, url.target, kHttp11};
        request_.set(http::field::host, usual_port ? url.host : url.host + ":" + url.port);
        request_.set(http::field::user_agent, "assay");
        request_.set(http::field::content_type, "application/json; charset=utf-8");
        for (const auto& [name, value] : told.headers) {
            request_.set(name, value);
        }
        request_.body() = told.body;
        request_.prepare_payload();
        parser_.body_limit(kAnswerMax);
    }

    Answer run() {
        prepare_tls();
        resolver_.async_resolve(
            address(), url_.port, [this](const Error& error, const auto& found) {
                if (!failed(error, "is not known")) {
                    connect(found);
                }
            });
        io_.run_for(timeout_); // of the whole: a receiver that drips does not hold us up
        if (!done_) {
            answer_ = {.error = url_.host + " did not answer within " +
                                std::to_string(timeout_.count()) + " ms"};
        }
        return answer_;
    }

private:
    // Without the brackets of an IPv6 address.
    [[nodiscard]] std::string address() const {
        return url_.host.starts_with('[') ? url_.host.substr(1, url_.host.size() - 2) : url_.host;
    }

    void prepare_tls() {
        if (!url_.secure) {
            return;
        }
        Error ignored; // without authorities no certificate is accepted, which the handshake says
        tls_.set_default_verify_paths(ignored);
        stream_.set_verify_mode(asio::ssl::verify_peer);
        stream_.set_verify_callback(asio::ssl::host_name_verification(address()));
        SSL_set_tlsext_host_name(stream_.native_handle(), address().c_str());
    }

    bool failed(const Error& error, const char* what) {
        if (error) {
            done_ = true;
            answer_ = {.error = url_.host + " " + what + ": " + error.message()};
        }
        return static_cast<bool>(error);
    }

    void connect(const asio::ip::tcp::resolver::results_type& found) {
        beast::get_lowest_layer(stream_).async_connect(found, [this](const Error& error, auto&&) {
            if (failed(error, "cannot be reached")) {
                return;
            }
            if (!url_.secure) {
                send(stream_.next_layer());
                return;
            }
            stream_.async_handshake(asio::ssl::stream_base::client, [this](const Error& refused) {
                if (!failed(refused, "is not to be trusted")) {
                    send(stream_);
                }
            });
        });
    }

    template <class Stream>
    void send(Stream& stream) {
        http::async_write(stream, request_, [this, &stream](const Error& error, std::size_t) {
            if (!failed(error, "did not take the message")) {
                receive(stream);
            }
        });
    }

    template <class Stream>
    void receive(Stream& stream) {
        http::async_read(stream, buffer_, parser_, [this](const Error& error, std::size_t) {
            // A status that came is an answer, whatever becomes of its body.
            if (parser_.is_header_done()) {
                take_answer();
            } else {
                failed(error, "gave no answer");
            }
        });
    }

    void take_answer() {
        done_ = true;
        answer_.status = parser_.get().result_int();
        const std::string_view after = parser_.get()[http::field::retry_after];
        long seconds = 0;
        const auto read = std::from_chars(after.data(), after.data() + after.size(), seconds);
        if (read.ec == std::errc() && read.ptr == after.data() + after.size() && seconds >= 0) {
            answer_.retry_after = std::chrono::seconds(seconds);
        }
    }

    const WebhookUrl& url_;
    std::chrono::milliseconds timeout_;
    asio::io_context io_;
    asio::ip::tcp::resolver resolver_;
    asio::ssl::context tls_;
    beast::ssl_stream<beast::tcp_stream> stream_;
    http::request<http::string_body> request_;
    http::response_parser<http::string_body> parser_;
    beast::flat_buffer buffer_;
    Answer answer_;
    bool done_ = false;
};

} // namespace

Answer post(const WebhookUrl& url, const Request& request, std::chrono::milliseconds timeout) {
    try {
        return Exchange(url, request, timeout).run();
    } catch (const boost::system::system_error& error) { // no descriptors left, and the like
        return {.error = url.host + " cannot be spoken to: " + error.code().message()};
    }
}

} // namespace webhook
