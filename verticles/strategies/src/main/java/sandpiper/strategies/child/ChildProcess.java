package sandpiper.strategies.child;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Json;
import sandpiper.domain.session.SessionCycle;
import sandpiper.strategies.Script;

/// A child as the platform sees it: a small JVM with the strategies module and what that needs, a
/// capped heap, no environment, an empty folder to work in.
///
/// It is spoken with in turns, from one thread; [#close] may come from any.
public final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

  /// How long a child may take to connect; a busy machine is slow to start a JVM.
  private static final Duration START = Duration.ofSeconds(30);

  private static final int TOKEN_BYTES = 32;
  private static final int MAX_LOGGED_CHARACTERS = 64 * 1024;
  private static final int OUT_OF_MEMORY = 3;
  private static final long LOOK_MILLIS = 50;
  private static final int GREETING_MILLIS = 1_000;
  private static final int GOING_SECONDS = 3;
  private static final long NEVER = Long.MAX_VALUE;

  /// What the strategies module needs of the platform's class path, by the names of the files.
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(?:polyglot|collections|nativeimage|word|jniutils|js-language|regex|icu4j|xz"
              + "|truffle-api|truffle-compiler|truffle-runtime|jackson-core|jackson-annotations"
              + "|jackson-databind|slf4j-api|jspecify|vertx-core|vertx-core-logging"
              + "|netty-common|netty-buffer)"
              + "-[0-9].*\\.jar");

  private final int heapMegabytes;
  private final Path folder;
  private final Process process;
  private final Socket socket;
  private final Wire wire;
  private volatile long deadline = NEVER;
  private volatile boolean late;

  private ChildProcess(int heapMegabytes, Path folder, Process process, Socket socket)
      throws IOException {
    this.heapMegabytes = heapMegabytes;
    this.folder = folder;
    this.process = process;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    wire = new Wire(socket);
    Thread.ofPlatform().daemon().name("strategies-watch").start(this::watch);
  }

  /// Starts a child and waits until it has connected.
  ///
  /// @throws ChildException when it does not
  public static ChildProcess start(int heapMegabytes, ToChild.Setup setup) throws ChildException {
    Path folder = null;
    Process process = null;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      folder = Files.createTempDirectory("sandpiper-strategies-");
      process = launch(folder, heapMegabytes);
      var output = process.getInputStream();
      long pid = process.pid();
      Thread.ofPlatform()
          .daemon()
          .name("strategies-output")
          .start(() -> log(pid, new InputStreamReader(output, StandardCharsets.UTF_8)));
      var token = token();
      var line = server.getLocalPort() + " " + token + "\n";
      process.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
      var socket = accept(server, process, token, heapMegabytes);
      var child = new ChildProcess(heapMegabytes, folder, process, socket);
      child.wire.write(setup);
      return child;
    } catch (IOException e) {
      if (process != null) {
        process.destroyForcibly();
      }
      if (folder != null) {
        delete(folder);
      }
      throw new ChildException("it could not be started: " + e.getMessage());
    }
  }

  /// Kills it unless [#rest] comes in time.
  ///
  /// @param nanos from now
  public void allow(long nanos) {
    deadline = System.nanoTime() + nanos;
  }

  /// Nothing is expected of it for now.
  public void rest() {
    deadline = NEVER;
  }

  public void send(ToChild message) throws ChildException {
    try {
      wire.write(message);
    } catch (IOException e) {
      throw ended("it could not be told something", e);
    }
  }

  public FromChild receive() throws ChildException {
    try {
      return wire.read(FromChild.class);
    } catch (IOException e) {
      throw ended("it said what it must not", e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Kills it and waits until it has gone.
  @Override
  public synchronized void close() {
    kill();
    try {
      if (!process.waitFor(GOING_SECONDS, TimeUnit.SECONDS)) {
        LOG.error("process {} of strategies does not end", process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(folder)) {
      delete(folder);
    }
  }

  private void kill() {
    process.destroyForcibly();
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("the connection of process {} did not close", process.pid(), e);
    }
  }

  private void watch() {
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        long end = deadline;
        if (end != NEVER && System.nanoTime() - end >= 0) {
          late = true;
          kill();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Why nothing more can be said or heard.
  ///
  /// @param otherwise what is wrong when the connection is not
  private ChildException ended(String otherwise, IOException cause) {
    if (late) {
      return new ChildException("it gave no answer in time");
    }
    if (cause instanceof EOFException || cause instanceof SocketException) {
      try {
        if (process.waitFor(GOING_SECONDS, TimeUnit.SECONDS)) {
          return new ChildException(end(process, heapMegabytes));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new ChildException("it closed its connection");
    }
    return new ChildException(otherwise + ": " + cause.getMessage());
  }

  private static String end(Process process, int heapMegabytes) {
    int code = process.exitValue();
    return code == OUT_OF_MEMORY
        ? "it ran out of memory: its heap has " + heapMegabytes + " MB"
        : "it ended with code " + code;
  }

  private static Process launch(Path folder, int heapMegabytes) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    var compiler = System.getProperty("jdk.module.upgrade.path");
    if (compiler != null) {
      command.add("-XX:+UnlockExperimentalVMOptions");
      command.add("-XX:+EnableJVMCI");
      command.add("--upgrade-module-path=" + absolute(compiler));
    }
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx" + heapMegabytes + "m",
            "-Xss16m", // as everywhere where strategies run
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // starts in half the time; scripts are compiled by Graal
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-Djava.io.tmpdir=" + folder,
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            classPath(),
            ChildMain.class.getName()));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    return builder.start();
  }

  private static String classPath() {
    var entries = new LinkedHashSet<String>();
    for (var ours : List.of(Script.class, Json.class, SessionCycle.class)) {
      try {
        var place = ours.getProtectionDomain().getCodeSource().getLocation().toURI();
        entries.add(Path.of(place).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("cannot tell where " + ours + " comes from", e);
      }
    }
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (LIBRARY.matcher(Path.of(entry).getFileName().toString()).matches()) {
        entries.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  private static String token() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Waits for the child that was given `token`; whoever else connects is turned away.
  private static Socket accept(
      ServerSocket server, Process process, String token, int heapMegabytes) throws IOException {
    server.setSoTimeout((int) LOOK_MILLIS);
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() - end < 0) {
      if (!process.isAlive()) {
        throw new IOException(end(process, heapMegabytes));
      }
      try {
        var socket = server.accept();
        if (knows(socket, token)) {
          socket.setSoTimeout(0);
          return socket;
        }
        socket.close();
      } catch (SocketTimeoutException e) {
        // Not yet.
      }
    }
    throw new IOException("it did not connect within " + START.toSeconds() + " s");
  }

  private static boolean knows(Socket socket, String token) {
    try {
      socket.setSoTimeout(GREETING_MILLIS);
      var said = socket.getInputStream().readNBytes(token.length());
      return MessageDigest.isEqual(said, token.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.debug("somebody connected and said nothing", e);
      return false;
    }
  }

  /// What it prints is for finding faults, and only so much of it.
  private static void log(long pid, Reader output) {
    var line = new StringBuilder();
    int left = MAX_LOGGED_CHARACTERS;
    try (output) {
      for (int read = output.read(); read >= 0; read = output.read()) {
        if (left > 0 && read == '\n') {
          LOG.debug("strategies process {}: {}", pid, line);
          line.setLength(0);
        } else if (left > 0) {
          line.append((char) read);
          left--;
        }
      }
    } catch (IOException e) {
      LOG.debug("what process {} prints cannot be read any more", pid, e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("folder {} could not be deleted", folder, e);
    }
  }
}
