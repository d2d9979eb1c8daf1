package sandpiper.gateway.screen;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;

/// The newest values, oldest first; the oldest goes when there are more than fit.
final class Ring<T> {
  private final ArrayDeque<T> values = new ArrayDeque<>();
  private final int capacity;

  Ring(int capacity) {
    this.capacity = capacity;
  }

  void add(T value) {
    if (values.size() == capacity) {
      values.removeFirst();
    }
    values.addLast(value);
  }

  Collection<T> values() {
    return Collections.unmodifiableCollection(values);
  }
}
