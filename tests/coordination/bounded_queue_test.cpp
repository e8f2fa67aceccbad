#include "coordination/bounded_queue.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace assay::coordination;

TEST_CASE("a queue gives back in order what was put and refuses what it has no room for") {
    BoundedQueue<int> queue(2);
    std::stop_source stop;
    for (int round = 0; round < 3; ++round) {
        CHECK(queue.try_put(1));
        CHECK(queue.try_put(2));
        CHECK_FALSE(queue.try_put(3));
        CHECK(queue.size() == 2);
        CHECK(queue.take(stop.get_token()) == 1);
        CHECK(queue.take(stop.get_token()) == 2);
    }
}

TEST_CASE("a queue without room has room for one") {
    BoundedQueue<int> queue(0);
    CHECK(queue.try_put(1));
    CHECK_FALSE(queue.try_put(2));
}

TEST_CASE("who waits at an empty queue gets what is put or nothing once it is told to stop") {
    BoundedQueue<int> queue(4);
    int sum = 0;
    std::jthread reader([&](const std::stop_token& stop) {
        while (const auto next = queue.take(stop)) {
            sum += *next;
        }
    });
    int put = 0;
    for (int i = 1; i <= 1000; ++i) {
        while (!queue.try_put(i)) {
            std::this_thread::yield();
        }
        put += i;
    }
    while (queue.size() > 0) {
        std::this_thread::yield();
    }
    reader.request_stop();
    reader.join();
    CHECK(sum == put);
}
