package sandpiper.strategies.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The process in which the strategies of one session run. Its standard input carries one line, the
/// platform's port and a word to be known by, and stays open for as long as the platform lives.
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] arguments) throws IOException {
    var greeting = firstLine().split(" ", 2);
    Thread.ofPlatform().daemon().name("platform").start(ChildMain::endWithThePlatform);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(greeting[0]))) {
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(greeting[1].getBytes(StandardCharsets.US_ASCII));
      try (var child = new Child(new Wire(socket))) {
        child.run();
      }
    }
  }

  private static String firstLine() throws IOException {
    var line = new StringBuilder();
    for (int read = System.in.read(); read >= 0 && read != '\n'; read = System.in.read()) {
      line.append((char) read);
    }
    return line.toString();
  }

  /// Even when a strategy never returns.
  private static void endWithThePlatform() {
    try {
      while (System.in.read() >= 0) {
        // Nothing more is said here.
      }
    } catch (IOException e) {
      // It has gone as well.
    }
    Runtime.getRuntime().halt(0);
  }
}
