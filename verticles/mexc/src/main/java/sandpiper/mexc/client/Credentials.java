package sandpiper.mexc.client;

/// An access key of an account and its secret, which is never shown.
///
/// @param key not empty
/// @param secret not empty
public record Credentials(String key, String secret) {
  public Credentials {
    if (key.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException("key and secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return "Credentials[…]";
  }
}
