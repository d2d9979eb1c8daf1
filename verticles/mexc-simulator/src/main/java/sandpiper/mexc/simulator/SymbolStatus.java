package sandpiper.mexc.simulator;

/// Whether a symbol can be traded.
enum SymbolStatus {
  ONLINE("1"),
  PAUSED("2"),
  OFFLINE("3");

  private final String code;

  SymbolStatus(String code) {
    this.code = code;
  }

  /// What the API calls it.
  String code() {
    return code;
  }
}
