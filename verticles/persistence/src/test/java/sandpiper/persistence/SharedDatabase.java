package sandpiper.persistence;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import sandpiper.bus.Bus;

/// Gives tests one embedded database for the whole run; sessions keep them apart.
final class SharedDatabase implements ParameterResolver {

  /// The running database, closed after the last test.
  private record Running(Vertx vertx, Database database) implements AutoCloseable {
    static Running start(String key) {
      try {
        var vertx = Vertx.vertx();
        Bus.install(vertx);
        var directory = FreshDirectory.of(key);
        var config = new DatabaseConfig(null, "", "", directory, 0, 4);
        return new Running(vertx, Waiting.await(Database.open(vertx, config, Waiting.MIGRATIONS)));
      } catch (Exception e) {
        throw new IllegalStateException("no database for the tests", e);
      }
    }

    @Override
    public void close() {
      try {
        Waiting.await(database.close());
        Waiting.await(vertx.close());
      } catch (Exception e) {
        throw new IllegalStateException("the tests' database did not close", e);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Database.class;
  }

  @Override
  public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedDatabase.class))
        .computeIfAbsent("shared-database", Running::start, Running.class)
        .database();
  }
}
