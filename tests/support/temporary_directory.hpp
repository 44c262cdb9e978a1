// support/temporary_directory.hpp -- a directory of a test's own, gone with everything in it when
// the test ends.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <stdlib.h>

namespace ndr::support {

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "ndr-test.XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp: " + name);
        path_ = name;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    const std::filesystem::path& path() const { return path_; }
    // The path of `name` inside, whether it is there or not.
    std::string at(std::string_view name) const { return (path_ / name).string(); }

    // Makes directories on the way; gives the path.
    std::string write(std::string_view name, std::string_view octets) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream file(path_ / name, std::ios::binary);
        file.write(octets.data(), static_cast<std::streamsize>(octets.size()));
        if (!file.flush()) throw std::runtime_error("cannot write " + at(name));
        return at(name);
    }
    std::string make_directory(std::string_view name) const {
        std::filesystem::create_directories(path_ / name);
        return at(name);
    }

private:
    std::filesystem::path path_;
};

}  // namespace ndr::support
