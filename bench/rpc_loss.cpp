// How long those who wait for contexts do not know that one was killed: chains six deep, killed at any place.
// Prints milliseconds, the slowest of a hundred. Usage: rpc_loss ROUNDS
#include <tendril/remote/main.hpp>
#include <tendril/remote/testing/killed_tree.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    using namespace tendril;
    return tendril::main(argc, argv, [&](remote::node& here) {
        if (argc != 2)
            return 2;
        auto seen = remote::testing::kill_trees(here, std::atoi(argv[1]));
        if (!seen.flaw.empty() || seen.milliseconds.empty()) {
            std::fprintf(stderr, "rpc_loss: %s\n", seen.flaw.c_str());
            return 1;
        }
        std::ranges::sort(seen.milliseconds);
        std::printf("%.2f\n", seen.milliseconds[(seen.milliseconds.size() - 1) * 99 / 100]);
        return 0;
    });
}
