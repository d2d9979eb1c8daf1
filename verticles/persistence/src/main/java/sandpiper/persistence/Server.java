package sandpiper.persistence;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Properties;

/// A PostgreSQL server and the database on it, for both drivers.
record Server(String host, int port, String database, String user, String password) {
  private static final int CONNECT_SECONDS = 5;
  private static final int STATEMENT_SECONDS = 20;

  /// @param url `postgresql://host:port/database`; the port may be left out
  static Server parse(String url, String user, String password) {
    return parse("database.url", url, user, password);
  }

  /// @param key of the configuration, for the message
  static Server parse(String key, String url, String user, String password) {
    try {
      var uri = new URI(url);
      boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      var path = uri.getPath();
      if (known
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && path != null
          && path.matches("/[^/]+")) {
        int port = uri.getPort() == -1 ? 5432 : uri.getPort();
        return new Server(uri.getHost(), port, path.substring(1), user, password);
      }
    } catch (URISyntaxException _) {
      // Falls through to the sentence, which must not show what may be a password.
    }
    throw new IllegalArgumentException(
        key
            + " must be postgresql://host:port/database, user and password having keys of "
            + "their own, was '"
            + url.replaceAll("//.*@", "//…@").replaceAll("\\?.*", "?…")
            + "'");
  }

  /// Without user and password.
  String url() {
    return "postgresql://" + host + ":" + port + "/" + database;
  }

  String jdbcUrl() {
    return "jdbc:" + url();
  }

  Properties jdbcProperties() {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("ApplicationName", "sandpiper");
    return properties;
  }

  PgConnectOptions options() {
    return new PgConnectOptions()
        .setHost(host)
        .setPort(port)
        .setDatabase(database)
        .setUser(user)
        .setPassword(password)
        .setCachePreparedStatements(true)
        .addProperty("application_name", "sandpiper")
        .addProperty("statement_timeout", STATEMENT_SECONDS + "s");
  }

  @Override
  public String toString() {
    return url();
  }
}
