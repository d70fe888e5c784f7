#include <tendril/base/file.hpp>
#include <tendril/remote/image.hpp>

#include <array>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

#include <elf.h>
#include <sha2.h>
#include <sys/types.h>
#include <zlib.h>

namespace tendril::remote {

namespace {

constexpr std::size_t largest_image = 64 * 1024 * 1024;
constexpr std::size_t slice = 64 * 1024;  // level 9 needs 2 to 5 ms for it

template <typename Part>
std::optional<Part> part_at(std::string_view file, std::size_t offset)
{
    Part part;
    if (offset > file.size() || file.size() - offset < sizeof(part))
        return std::nullopt;
    std::memcpy(&part, file.data() + offset, sizeof(part));
    return part;
}

/// True when the kernel would need another program to load this one.
bool needs_a_loader(std::string_view file, Elf64_Ehdr const& head)
{
    for (std::size_t index = 0; index < head.e_phnum; ++index) {
        auto const segment = part_at<Elf64_Phdr>(file, head.e_phoff + index * sizeof(Elf64_Phdr));
        if (!segment || segment->p_type == PT_INTERP)
            return true;
    }
    return false;
}

/// The machine that @p file is a static program of; empty when it is none.
std::string machine_of(std::string_view file)
{
    auto const head = part_at<Elf64_Ehdr>(file, 0);
    if (!head || std::memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || head->e_ident[EI_CLASS] != ELFCLASS64 ||
        head->e_ident[EI_DATA] != ELFDATA2LSB || head->e_phentsize != sizeof(Elf64_Phdr))
        return {};
    if ((head->e_type != ET_EXEC && head->e_type != ET_DYN) || needs_a_loader(file, *head))
        return {};
    switch (head->e_machine) {
    case EM_X86_64:
        return "x86_64";
    case EM_AARCH64:
        return "aarch64";
    default:
        return {};
    }
}

std::string sha256_of(std::string_view bytes)
{
    std::array<char, SHA256_DIGEST_STRING_LENGTH> text{};
    SHA256Data(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size(), text.data());
    return text.data();
}

Bytef* bytes_for_zlib(char const* text)
{
    return reinterpret_cast<Bytef*>(const_cast<char*>(text));  // next_in is not const in every zlib.h
}

}  // namespace

/// Makes a gzip file out of slices.
class image::packer {
public:
    packer()
    {
        if (::deflateInit2(&stream_, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL,
                           Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::bad_alloc();
    }
    packer(packer const&) = delete;
    packer& operator=(packer const&) = delete;
    ~packer() { ::deflateEnd(&stream_); }

    /// Takes the next slice of @p all; true when it was the last.
    bool take_slice(std::string_view all, std::string& into)
    {
        auto const more = all.substr(taken_, slice);
        taken_ += more.size();
        stream_.next_in = bytes_for_zlib(more.data());
        stream_.avail_in = static_cast<uInt>(more.size());
        std::array<char, slice> buffer;
        do {
            stream_.next_out = bytes_for_zlib(buffer.data());
            stream_.avail_out = static_cast<uInt>(buffer.size());
            ::deflate(&stream_, taken_ == all.size() ? Z_FINISH : Z_NO_FLUSH);
            into.append(buffer.data(), buffer.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return taken_ == all.size();
    }

private:
    z_stream stream_{};
    std::size_t taken_ = 0;
};

image::image(std::string machine, std::string bytes)
    : machine_(std::move(machine)), bytes_(std::move(bytes)), hash_(sha256_of(bytes_))
{
}

image::~image() = default;

result<std::shared_ptr<image>> image::open(std::string const& path)
{
    auto bytes = base::read_file(path, largest_image);
    if (!bytes)
        return std::unexpected(std::move(bytes.error()));
    auto machine = machine_of(*bytes);
    if (machine.empty())
        return failure(make_error_code(boost::system::errc::executable_format_error),
                       "send " + path + ", which is no static program for x86_64 or aarch64");
    return std::make_shared<image>(std::move(machine), std::move(*bytes));
}

bool image::pack_some()
{
    std::scoped_lock const lock(packing_);
    if (is_packed_)
        return true;
    if (!packer_)
        packer_ = std::make_unique<packer>();
    is_packed_ = packer_->take_slice(bytes_, packed_);
    if (is_packed_)
        packer_.reset();
    return is_packed_;
}

}  // namespace tendril::remote
