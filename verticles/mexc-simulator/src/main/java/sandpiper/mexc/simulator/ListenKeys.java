package sandpiper.mexc.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The keys that open private streams; each lives for an hour after it was last asked to.
final class ListenKeys {
  private static final long LIFE = 60 * 60 * 1_000L;
  private static final int MOST_OF_ONE = 60;

  private final SplittableRandom random;
  private final Map<String, Listener> keys = new LinkedHashMap<>();

  private record Listener(Account account, long until) {}

  ListenKeys(long seed) {
    random = new SplittableRandom(seed);
  }

  String create(Account account, long now) {
    if (of(account, now).size() >= MOST_OF_ONE) {
      throw Refused.of(730708, "listen key information error: at most 60 keys");
    }
    var key = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      key.append(String.format(Locale.ROOT, "%016x", random.nextLong()));
    }
    keys.put(key.toString(), new Listener(account, now + LIFE));
    return key.toString();
  }

  void extend(Account account, String key, long now) {
    require(account, key, now);
    keys.put(key, new Listener(account, now + LIFE));
  }

  void close(Account account, String key, long now) {
    require(account, key, now);
    keys.remove(key);
  }

  List<String> of(Account account, long now) {
    forget(now);
    return keys.entrySet().stream()
        .filter(each -> each.getValue().account() == account)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Null when the key is not valid, or no more.
  @Nullable Account accountOf(String key, long now) {
    forget(now);
    var listener = keys.get(key);
    return listener == null ? null : listener.account();
  }

  void expireAll() {
    keys.clear();
  }

  private void require(Account account, String key, long now) {
    if (accountOf(key, now) != account) {
      throw Refused.of(730708, "listen key information error");
    }
  }

  private void forget(long now) {
    keys.values().removeIf(listener -> listener.until() <= now);
  }
}
