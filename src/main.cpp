#include "ndr_triage/cli/run.hpp"

int main(int argc, char** argv) {
    return ndr::run({argv + (argc > 0 ? 1 : 0), argv + argc});
}
