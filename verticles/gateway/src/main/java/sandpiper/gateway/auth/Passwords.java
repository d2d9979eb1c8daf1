package sandpiper.gateway.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Refusal;

/// Hashes passwords slowly: PBKDF2 with HMAC-SHA-512 and a salt of its own for each, off the event
/// loop, two at a time.
public final class Passwords {
  private static final int MIN_LENGTH = 10;
  private static final int MAX_LENGTH = 200;
  private static final Map<String, String> ROUNDS = Map.of("it", "210000");
  private static final HashingStrategy HASHING = HashingStrategy.load();

  /// Of a password that nobody has: the name of a user is not to be told from how long it takes.
  private static final String NOBODYS = hash(Secrets.random(16));

  private final WorkerExecutor workers;

  public Passwords(Vertx vertx) {
    workers = vertx.createSharedWorkerExecutor("passwords", 2);
  }

  /// @throws Refusal when it is too short, too long, or the name of its user
  public static void check(String password, String user) {
    if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw Refusal.invalid(
          "password must be %d to %d characters, had %d"
              .formatted(MIN_LENGTH, MAX_LENGTH, password.length()));
    }
    if (password.equalsIgnoreCase(user)) {
      throw Refusal.invalid("password must not be the name of its user");
    }
  }

  /// Takes a tenth of a second or more.
  public static String hash(String password) {
    return HASHING.hash("pbkdf2", ROUNDS, Secrets.random(16), password);
  }

  public Future<String> hashed(String password) {
    return workers.executeBlocking(() -> hash(password), false).map(Objects::requireNonNull);
  }

  /// @param hash null when there is no such user; takes as long
  Future<Boolean> verify(@Nullable String hash, String password) {
    return workers
        .executeBlocking(
            () -> HASHING.verify(hash == null ? NOBODYS : hash, password) && hash != null, false)
        .map(Boolean.TRUE::equals);
  }
}
