// Lists whose links lie in their items: joining and leaving one allocates
// nothing and takes the same time wherever the item is.
#ifndef FOZZY_KERNELS_REACTIVE_LINK_H_
#define FOZZY_KERNELS_REACTIVE_LINK_H_

#include <cstddef>
#include <cstdint>

namespace fozzy::reactive {

// What makes an object an item of lists of kind `Tag`; of one at a time.
template <typename Tag>
struct Link {
  Link* previous = nullptr;
  Link* next = nullptr;

  bool linked() const { return next != nullptr; }

  // Leaves the list.  Requires linked().
  void Unlink() {
    previous->next = next;
    next->previous = previous;
    next = nullptr;
  }
};

// Makes `link` leave the list it is in, if any.
template <typename Tag>
void Leave(Link<Tag>& link) {
  if (link.linked()) link.Unlink();
}

// A list, first in first out, of objects that are a Link<Tag>.  It owns none.
template <typename T, typename Tag>
class List {
 public:
  List() { Clear(); }
  List(const List&) = delete;
  List& operator=(const List&) = delete;

  bool empty() const { return ends_.next == &ends_; }
  T* Front() { return empty() ? nullptr : Item(ends_.next); }
  T* Back() { return empty() ? nullptr : Item(ends_.previous); }

  // Requires !item.linked().
  void PushBack(T& item) {
    Link<Tag>& link = item;
    link.previous = ends_.previous;
    link.next = &ends_;
    ends_.previous->next = &link;
    ends_.previous = &link;
  }

  // Requires !empty().
  T& PopFront() {
    Link<Tag>* const link = ends_.next;
    ends_.next = link->next;
    link->next->previous = &ends_;
    link->next = nullptr;
    return *Item(link);
  }

  // Moves all of `from`, in order, behind what is here.
  void TakeAll(List& from) {
    if (from.empty()) return;
    from.ends_.next->previous = ends_.previous;
    ends_.previous->next = from.ends_.next;
    from.ends_.previous->next = &ends_;
    ends_.previous = from.ends_.previous;
    from.Clear();
  }

  // Calls see(item) for each, in order.  `see` must not change the list.
  template <typename See>
  void ForEach(See see) {
    for (Link<Tag>* at = ends_.next; at != &ends_; at = at->next) {
      see(*Item(at));
    }
  }

  size_t Count() const {
    size_t count = 0;
    for (const Link<Tag>* at = ends_.next; at != &ends_; at = at->next) {
      ++count;
    }
    return count;
  }

 private:
  static T* Item(Link<Tag>* link) { return static_cast<T*>(link); }

  void Clear() {
    ends_.previous = &ends_;
    ends_.next = &ends_;
  }

  Link<Tag> ends_;  // before the first and behind the last
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_LINK_H_
