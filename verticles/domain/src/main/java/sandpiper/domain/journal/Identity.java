package sandpiper.domain.journal;

/// Refuses records without an identity.
final class Identity {
  private Identity() {}

  static void require(String what, String prefix, String id) {
    if (!id.startsWith(prefix) || id.length() == prefix.length()) {
      throw new IllegalArgumentException(
          what + " must begin with '" + prefix + "' and go on, was '" + id + "'");
    }
  }

  static void session(String id) {
    if (id.length() < 4 || id.charAt(2) != '_') {
      throw new IllegalArgumentException(
          "session_id must begin with 'bt_', 'pp_' or 'lv_' and go on, was '" + id + "'");
    }
  }

  static void signal(String id) {
    require("signal_id", "sig_", id);
  }
}
