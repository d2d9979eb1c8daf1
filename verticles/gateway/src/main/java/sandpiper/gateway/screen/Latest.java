package sandpiper.gateway.screen;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest value of each id, the one longest without news first; that one goes when there are
/// more than fit.
final class Latest<T> {
  private final Map<String, T> byId = new LinkedHashMap<>();
  private final int capacity;

  Latest(int capacity) {
    this.capacity = capacity;
  }

  void put(String id, T value) {
    byId.remove(id);
    if (byId.size() == capacity) {
      byId.remove(byId.keySet().iterator().next());
    }
    byId.put(id, value);
  }

  @Nullable T get(String id) {
    return byId.get(id);
  }

  void remove(String id) {
    byId.remove(id);
  }

  void clear() {
    byId.clear();
  }

  Collection<T> values() {
    return Collections.unmodifiableCollection(byId.values());
  }
}
