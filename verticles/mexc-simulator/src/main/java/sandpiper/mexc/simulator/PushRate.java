package sandpiper.mexc.simulator;

/// How often a public stream tells what has changed.
enum PushRate {
  MS10("10ms", 10),
  MS100("100ms", 100);

  private final String label;
  private final int millis;

  PushRate(String label, int millis) {
    this.label = label;
    this.millis = millis;
  }

  String label() {
    return label;
  }

  int millis() {
    return millis;
  }
}
