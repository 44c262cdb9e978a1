// mail/gref.hpp -- one owner for one reference of a GObject.
//
// The two doors are GMime's two words for ownership: `adopt` takes a reference that the call gave
// us (transfer full), `share` adds one to an object somebody else owns (transfer none).
#pragma once

#include <glib-object.h>

#include <utility>

namespace ndr {

template <typename T>
class GRef {
public:
    GRef() = default;
    static GRef adopt(T* object) { return GRef(object); }
    static GRef share(T* object) {
        if (object != nullptr) g_object_ref(object);
        return GRef(object);
    }

    GRef(const GRef& other) : GRef(share(other.object_)) {}
    GRef(GRef&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    GRef& operator=(GRef other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~GRef() {
        if (object_ != nullptr) g_object_unref(object_);
    }

    T* get() const { return object_; }
    explicit operator bool() const { return object_ != nullptr; }

private:
    explicit GRef(T* object) : object_(object) {}
    T* object_ = nullptr;
};

// A string that a C call gave us to free.
class GText {
public:
    explicit GText(char* text) : text_(text) {}
    GText(const GText&) = delete;
    GText& operator=(const GText&) = delete;
    ~GText() { g_free(text_); }
    const char* get() const { return text_; }
    explicit operator bool() const { return text_ != nullptr; }

private:
    char* text_;
};

}  // namespace ndr
