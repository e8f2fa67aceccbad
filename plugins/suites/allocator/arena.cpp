#include "arena.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <sys/mman.h>

namespace assay::allocator_suite {

// A block begins with one word: its size and two flags. The rest of a free one holds its
// neighbours in its list and, in its last word, where it begins: the block after it finds it there.
struct Arena::Block {
    std::size_t size_and_flags;
    Block* next;
    Block* before;
};

struct Arena::Region {
    Region* next;
    std::size_t bytes;
};

namespace {

constexpr std::size_t kHeader = sizeof(std::size_t);
constexpr std::size_t kGrain = 16;      // sizes of blocks are its multiples
constexpr std::size_t kLeastBlock = 32; // header, two links, where it begins
constexpr std::size_t kMostBlock = std::size_t{1} << 40;
constexpr std::size_t kPage = 4096;
constexpr std::size_t kSoughtMost = 64; // blocks of one list
// A region begins with its own two words and ends with a header of size 0, so that blocks begin 8
// bytes behind a multiple of 16 and what they hold at one.
constexpr std::size_t kRegionHead = 3 * sizeof(std::size_t), kRegionTail = kHeader;
constexpr std::size_t kRegionOwn = kRegionHead + kRegionTail;

constexpr std::size_t kIsFree = 1, kIsAfterFree = 2, kFlagBits = kGrain - 1;

constexpr std::size_t rounded_up(std::size_t bytes, std::size_t step) noexcept {
    return (bytes + step - 1) / step * step;
}

char* bytes_of(void* block) noexcept {
    return static_cast<char*>(block);
}

std::size_t header_of(const void* block) noexcept {
    std::size_t header = 0;
    std::memcpy(&header, block, sizeof header);
    return header;
}

void write_header(void* block, std::size_t header) noexcept {
    std::memcpy(block, &header, sizeof header);
}

std::size_t size_of_block(const void* block) noexcept {
    return header_of(block) & ~kFlagBits;
}

void* after(void* block) noexcept {
    return bytes_of(block) + size_of_block(block);
}

// Only where the block says that the one in front of it is free.
void* free_one_before(void* block) noexcept {
    void* found = nullptr;
    std::memcpy(&found, bytes_of(block) - sizeof found, sizeof found);
    return found;
}

// Says at both ends, and to the next block, that this one is free.
void mark_free(void* block, std::size_t size) noexcept {
    write_header(block, size | kIsFree);
    std::memcpy(bytes_of(block) + size - sizeof block, &block, sizeof block);
    void* const next = bytes_of(block) + size;
    write_header(next, header_of(next) | kIsAfterFree);
}

void mark_taken(void* block, std::size_t size) noexcept {
    write_header(block, size);
    void* const next = bytes_of(block) + size;
    write_header(next, header_of(next) & ~kIsAfterFree);
}

// The pages that lie within a free block, links and last word excepted, are let go.
void let_go(void* block) noexcept {
    const auto begin = reinterpret_cast<std::uintptr_t>(block);
    const std::uintptr_t first = rounded_up(begin + 3 * sizeof(void*), kPage);
    const std::uintptr_t last = (begin + size_of_block(block) - sizeof(void*)) / kPage * kPage;
    if (first < last) {
        ::madvise(bytes_of(block) + (first - begin), last - first, MADV_DONTNEED);
    }
}

} // namespace

Arena::~Arena() {
    while (regions_ != nullptr) {
        Region* const next = regions_->next;
        ::munmap(regions_, regions_->bytes);
        regions_ = next;
    }
}

Arena::Place Arena::place_of(std::size_t size) noexcept {
    if (size < kColumns * kGrain) {
        return {0, static_cast<unsigned>(size / kGrain)};
    }
    const auto top = static_cast<unsigned>(std::bit_width(size)) - 1;
    return {top - 7, static_cast<unsigned>(size >> (top - 4)) & (kColumns - 1)};
}

// The first of a list whose blocks are all large enough.
Arena::Block* Arena::find(std::size_t size) noexcept {
    const std::size_t sixteenth =
        size < kColumns * kGrain ? 1 : std::size_t{1} << (std::bit_width(size) - 5);
    Place place = place_of(size + sixteenth - 1);
    std::uint32_t columns = columns_[place.row] & (~std::uint32_t{0} << place.column);
    if (columns == 0) {
        const std::uint64_t rows = rows_ & (~std::uint64_t{0} << (place.row + 1));
        if (rows == 0) {
            return nullptr;
        }
        place.row = static_cast<unsigned>(std::countr_zero(rows));
        columns = columns_[place.row];
    }
    place.column = static_cast<unsigned>(std::countr_zero(columns));
    return lists_[place.row][place.column];
}

// Of blocks that are about as large some are large enough: sought before a region is mapped, or a
// block as large as its region would map another each time it comes back.
Arena::Block* Arena::find_in_own_list(std::size_t size) noexcept {
    const Place place = place_of(size);
    Block* block = lists_[place.row][place.column];
    for (std::size_t seen = 0; block != nullptr && seen < kSoughtMost; ++seen) {
        if (size_of_block(block) >= size) {
            return block;
        }
        block = block->next;
    }
    return nullptr;
}

void Arena::insert(Block* block) noexcept {
    const Place place = place_of(size_of_block(block));
    Block*& head = lists_[place.row][place.column];
    block->next = head;
    block->before = nullptr;
    if (head != nullptr) {
        head->before = block;
    }
    head = block;
    columns_[place.row] |= std::uint32_t{1} << place.column;
    rows_ |= std::uint64_t{1} << place.row;
}

void Arena::unlink(Block* block) noexcept {
    const Place place = place_of(size_of_block(block));
    if (block->next != nullptr) {
        block->next->before = block->before;
    }
    if (block->before != nullptr) {
        block->before->next = block->next;
        return;
    }
    lists_[place.row][place.column] = block->next;
    if (block->next == nullptr) {
        columns_[place.row] &= ~(std::uint32_t{1} << place.column);
        if (columns_[place.row] == 0) {
            rows_ &= ~(std::uint64_t{1} << place.row);
        }
    }
}

// A region whose one block is free and in no list.
Arena::Block* Arena::grow(std::size_t size) {
    const std::size_t bytes = std::max(kRegionBytes, rounded_up(size + kRegionOwn, kPage));
    void* const mapped =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) {
        throw std::bad_alloc();
    }
    regions_ = ::new (mapped) Region{regions_, bytes};
    held_ += bytes;
    ++region_count_;
    write_header(bytes_of(mapped) + bytes - kRegionTail, 0);
    void* const block = bytes_of(mapped) + kRegionHead;
    mark_free(block, bytes - kRegionOwn);
    return static_cast<Block*>(block);
}

void* Arena::take(std::size_t bytes) {
    if (bytes > kMostBlock) {
        throw std::bad_alloc();
    }
    std::size_t size = std::max(kLeastBlock, rounded_up(bytes + kHeader, kGrain));
    Block* block = find(size);
    if (block == nullptr) {
        block = find_in_own_list(size);
    }
    if (block == nullptr) {
        block = grow(size);
    } else {
        unlink(block);
    }
    const std::size_t whole = size_of_block(block);
    if (whole - size >= kLeastBlock) {
        void* const rest = bytes_of(block) + size;
        mark_free(rest, whole - size);
        insert(static_cast<Block*>(rest));
        write_header(block, size);
    } else {
        size = whole;
        mark_taken(block, size);
    }
    in_use_ += size;
    return bytes_of(block) + kHeader;
}

void Arena::give(void* taken) noexcept {
    void* block = bytes_of(taken) - kHeader;
    std::size_t size = size_of_block(block);
    in_use_ -= size;
    void* const next = bytes_of(block) + size;
    if ((header_of(block) & kIsAfterFree) != 0) {
        block = free_one_before(block);
        unlink(static_cast<Block*>(block));
        size += size_of_block(block);
    }
    if ((header_of(next) & kIsFree) != 0) {
        unlink(static_cast<Block*>(next));
        size += size_of_block(next);
    }
    mark_free(block, size);
    insert(static_cast<Block*>(block));
}

std::size_t Arena::size_of(const void* block) noexcept {
    return size_of_block(static_cast<const char*>(block) - kHeader);
}

void Arena::release() noexcept {
    for (Region** place = &regions_; *place != nullptr;) {
        Region* const region = *place;
        void* const first = bytes_of(region) + kRegionHead;
        if (header_of(first) == ((region->bytes - kRegionOwn) | kIsFree)) {
            unlink(static_cast<Block*>(first));
            *place = region->next;
            held_ -= region->bytes;
            --region_count_;
            ::munmap(region, region->bytes);
            continue;
        }
        for (void* block = first; size_of_block(block) != 0; block = after(block)) {
            if ((header_of(block) & kIsFree) != 0) {
                let_go(block);
            }
        }
        place = &region->next;
    }
}

ArenaBooks Arena::books() const noexcept {
    ArenaBooks books{.held = held_,
                     .in_use = in_use_,
                     .free = held_ - in_use_ - region_count_ * kRegionOwn,
                     .largest_free = 0,
                     .regions = region_count_};
    if (rows_ != 0) { // the largest waits in the last list
        const auto row = static_cast<std::size_t>(std::bit_width(rows_)) - 1;
        const auto column = static_cast<std::size_t>(std::bit_width(columns_[row])) - 1;
        for (const Block* one = lists_[row][column]; one != nullptr; one = one->next) {
            books.largest_free = std::max(books.largest_free, size_of_block(one));
        }
    }
    return books;
}

std::size_t Arena::waiting_in_lists() const noexcept {
    std::size_t bytes = 0;
    for (const auto& row : lists_) {
        for (const Block* one : row) {
            for (; one != nullptr; one = one->next) {
                bytes += size_of_block(one);
            }
        }
    }
    return bytes;
}

std::optional<std::string> Arena::first_fault() const {
    std::size_t taken = 0, free = 0;
    for (Region* region = regions_; region != nullptr; region = region->next) {
        void* const end = bytes_of(region) + region->bytes - kRegionTail;
        bool after_free = false;
        void* block = bytes_of(region) + kRegionHead;
        for (; block < end && size_of_block(block) != 0; block = after(block)) {
            const std::size_t header = header_of(block);
            const bool is_free = (header & kIsFree) != 0;
            if (((header & kIsAfterFree) != 0) != after_free) {
                return "a block does not know whether the one in front of it is free";
            }
            if (is_free && after_free) {
                return "two free blocks beside each other";
            }
            if (is_free && free_one_before(after(block)) != block) {
                return "a free block does not say at its end where it begins";
            }
            (is_free ? free : taken) += size_of_block(block);
            after_free = is_free;
        }
        if (block != end) {
            return "the blocks of a region do not end where it ends";
        }
    }
    const ArenaBooks told = books();
    if (told.in_use != taken || told.free != free) {
        return "the books say " + std::to_string(told.in_use) + " bytes taken and " +
               std::to_string(told.free) + " free, the blocks " + std::to_string(taken) + " and " +
               std::to_string(free);
    }
    if (waiting_in_lists() != free) {
        return "not every free block is in a list";
    }
    return std::nullopt;
}

} // namespace assay::allocator_suite
