// A page of memory that the host shares with workers: one object of plain atomics behind a memfd,
// made here, mapped by the worker from the descriptor it inherits.
//
//   Result<MappedMemory<measure::PairPage>> page = MappedMemory<measure::PairPage>::make();
//   (*page)->slot.load();
//
// Owned by one thread; the object in it may be used by any.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <cstddef>
#include <new>
#include <utility>

namespace assay::workers {

inline constexpr std::size_t kMappedBytes = 4096;

struct RawPage {
    UniqueFd fd;
    void* memory = nullptr; // kMappedBytes, zeroed
};

[[nodiscard]] Result<RawPage> map_new_page();
void unmap_page(void* memory) noexcept;

template <class Page>
class MappedMemory {
    static_assert(sizeof(Page) <= kMappedBytes);

public:
    [[nodiscard]] static Result<MappedMemory> make() {
        Result<RawPage> raw = map_new_page();
        if (!raw) {
            return raw.error();
        }
        return MappedMemory(std::move(raw->fd), new (raw->memory) Page);
    }

    MappedMemory(MappedMemory&& other) noexcept
        : fd_(std::move(other.fd_))
        , page_(std::exchange(other.page_, nullptr)) {}

    MappedMemory& operator=(MappedMemory&&) = delete;
    MappedMemory(const MappedMemory&) = delete;
    MappedMemory& operator=(const MappedMemory&) = delete;

    ~MappedMemory() {
        if (page_ != nullptr) {
            unmap_page(page_);
        }
    }

    [[nodiscard]] int fd() const noexcept { return fd_.get(); }

    [[nodiscard]] Page& operator*() const noexcept { return *page_; }

    [[nodiscard]] Page* operator->() const noexcept { return page_; }

private:
    MappedMemory(UniqueFd fd, Page* page) noexcept
        : fd_(std::move(fd))
        , page_(page) {}

    UniqueFd fd_;
    Page* page_ = nullptr;
};

} // namespace assay::workers
