/// @file
/// Runs a fuzz target over the files of its corpus, so that every ordinary test run does.
/// Layer: fuzz. Spec: libFuzzer's LLVMFuzzerTestOneInput.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t count);

int main(int argc, char** argv)
{
    int replayed = 0;
    for (int i = 1; i < argc; ++i) {
        for (auto const& each : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(each.path(), std::ios::binary);
            std::vector<char> const content{std::istreambuf_iterator<char>(file), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(content.data()), content.size());
            ++replayed;
        }
    }
    std::printf("%d inputs\n", replayed);
    return replayed == 0;  // a corpus that is not found must not look like one that passes
}
