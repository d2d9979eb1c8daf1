package sandpiper.strategies;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.CheckStrategy;
import sandpiper.bus.Messages.DeleteStrategy;
import sandpiper.bus.Messages.DiffVersions;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.GetStrategy;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.RestoreStrategy;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.ScriptError;
import sandpiper.bus.Messages.StrategyDeleted;
import sandpiper.bus.Messages.StrategyDetail;
import sandpiper.bus.Messages.StrategyInfo;
import sandpiper.bus.Messages.StrategyList;
import sandpiper.bus.Messages.StrategySaved;
import sandpiper.bus.Messages.StrategySource;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Messages.StrategyWritten;
import sandpiper.bus.Messages.VersionDiff;
import sandpiper.bus.Messages.VersionList;
import sandpiper.bus.Messages.WriteStrategy;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.StrategyException;
import sandpiper.strategies.StrategyFolder.Stamp;

/// Strategies and their versions: rows in the database, of which the folder is the working copy.
///
/// New sessions start the version that was the latest when the file was last good. A file that is
/// changed by hand and can be used becomes a version; one that cannot is told about, and changes
/// nothing else.
///
/// Everything here blocks, on workers. Whatever may write is called for one name at a time.
final class StrategyVersions {
  static final String FILE_AUTHOR = "file";
  private static final String UNNAMED = "strategy";
  private static final Logger LOG = LoggerFactory.getLogger(StrategyVersions.class);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final StrategyLibrary library;
  private final StrategyFolder folder;
  private final Bus bus;
  private final Running running;
  private final DecisionChecks checks;
  private final Map<String, Copy> copies = new ConcurrentHashMap<>();
  private final Map<String, Long> pausedUntil = new ConcurrentHashMap<>();
  private Map<String, Stamp> lastSeen = Map.of();

  /// What sessions that are running have to do with a new version. Blocks.
  interface Running {
    /// @throws Refusal when the script cannot take over
    void check(Script script);

    List<ReloadOutcome> reload(Script script);

    /// @throws Refusal when a session runs a strategy of that name
    void checkUnused(String name);
  }

  /// What is known of a file.
  ///
  /// @param stamp of the file when it was looked at
  /// @param good what new sessions start; null when there is nothing yet that can be used
  /// @param problem why the file is not that; null when it is
  private record Copy(Stamp stamp, @Nullable Good good, @Nullable Problem problem) {}

  private record Good(Script script, StrategyVersion version) {}

  /// @param text null when it could not be read
  private record Problem(@Nullable String text, ScriptError error) {}

  StrategyVersions(StrategyLibrary library, Bus bus, Running running, DecisionChecks checks) {
    this.checks = checks;
    this.library = library;
    folder = new StrategyFolder(library.folder());
    this.bus = bus;
    this.running = running;
  }

  /// Looks at every file; those that were changed while nobody looked become versions.
  void open() {
    lastSeen = folder.stamps();
    for (var name : lastSeen.keySet()) {
      look(name);
    }
  }

  /// Names of files that were changed, added or taken away, as soon as they have kept still from
  /// one call to the next: a file that is being written is left alone. Called by one thread at a
  /// time.
  List<String> changed() {
    var seen = folder.stamps();
    var changed = new ArrayList<String>();
    for (var file : seen.entrySet()) {
      var name = file.getKey();
      var copy = copies.get(name);
      boolean isNew = copy == null || !copy.stamp().equals(file.getValue());
      if (isNew && file.getValue().equals(lastSeen.get(name)) && !isPaused(name)) {
        changed.add(name);
      }
    }
    for (var name : copies.keySet()) {
      if (!seen.containsKey(name)) {
        changed.add(name);
      }
    }
    lastSeen = seen;
    return changed;
  }

  /// Looks at a file that was changed; when its version cannot be kept now, it is tried again
  /// later.
  void follow(String name) {
    try {
      look(name);
      pausedUntil.remove(name);
    } catch (Refusal | UncheckedIOException e) {
      LOG.warn("strategy {} cannot be followed, trying again: {}", name, e.getMessage());
      pause(name);
    } catch (RuntimeException e) {
      pause(name);
      throw e;
    }
  }

  private void pause(String name) {
    pausedUntil.put(name, System.nanoTime() + PAUSE_NANOS);
  }

  private boolean isPaused(String name) {
    var until = pausedUntil.get(name);
    return until != null && System.nanoTime() - until < 0;
  }

  StrategyList list() {
    var list = new ArrayList<StrategyInfo>();
    for (var entry : new TreeMap<>(copies).entrySet()) {
      var good = entry.getValue().good();
      var problem = entry.getValue().problem();
      list.add(
          new StrategyInfo(
              entry.getKey(),
              good == null ? null : good.version().number(),
              good == null ? null : Headline.of(good.script().text()),
              problem == null ? null : problem.error().detail(),
              good == null ? Map.of() : good.script().parameterSchema()));
    }
    return new StrategyList(list);
  }

  /// What a new session starts: the version that it names, or else the latest.
  Script script(FindVersion wanted) {
    if (wanted.number() == null) {
      return script(wanted.name());
    }
    Limits.checkName(wanted.name());
    return checked(wanted.name(), present(wanted.name(), wanted.number()).source());
  }

  private Script script(String name) {
    if (Limits.allowsName(name)) {
      look(name);
    }
    var copy = copies.get(name);
    if (copy == null) {
      throw Refusal.invalid(
          "unknown strategy '"
              + name
              + "'; there are "
              + String.join(", ", new TreeMap<>(copies).keySet()));
    }
    if (copy.good() == null) {
      throw refusal(Objects.requireNonNull(copy.problem()).error());
    }
    return copy.good().script();
  }

  /// What new sessions start, as far as it is known now; does not block.
  Optional<Script> latest(String name) {
    var copy = copies.get(name);
    return copy == null || copy.good() == null
        ? Optional.empty()
        : Optional.of(copy.good().script());
  }

  StrategyDetail get(GetStrategy wanted) {
    var name = wanted.name();
    Limits.checkName(name);
    var copy = copies.get(name);
    var problem = copy == null || wanted.number() != null ? null : copy.problem();
    var found = find(name, wanted.number());
    if (found == null) {
      if (problem == null) {
        throw unknown(name, wanted.number());
      }
      var text = problem.text() == null ? "" : problem.text();
      return new StrategyDetail(name, null, text, Map.of(), problem.error(), null);
    }
    var source = found.source();
    try {
      var script = compile(name, source);
      return new StrategyDetail(
          name,
          found.version(),
          source,
          script.parameterSchema(),
          problem == null ? null : problem.error(),
          checks.of(script.hash()));
    } catch (StrategyException e) {
      return new StrategyDetail(name, found.version(), source, Map.of(), error(e), null);
    }
  }

  VersionList versions(ListVersions wanted) {
    var list = ask(Channels.KEPT_VERSIONS, wanted);
    if (list.versions().isEmpty() && !copies.containsKey(wanted.name())) {
      throw unknown(wanted.name(), null);
    }
    return list;
  }

  VersionDiff diff(DiffVersions wanted) {
    var from = present(wanted.name(), wanted.from()).source();
    var to = present(wanted.name(), wanted.to()).source();
    var label = wanted.name() + ".js, version ";
    return new VersionDiff(
        wanted.name(),
        wanted.from(),
        wanted.to(),
        SourceDiff.unified(label + wanted.from(), from, label + wanted.to(), to));
  }

  StrategySaved save(SaveStrategy wanted) {
    Limits.checkName(wanted.name());
    Limits.checkAuthor(wanted.author());
    Limits.checkSource(wanted.source());
    var script = checked(wanted.name(), wanted.source());
    return make(script, wanted.base() == null ? 0 : wanted.base(), wanted.author(), null);
  }

  /// A script that nothing is kept of.
  Script read(CheckStrategy wanted) throws StrategyException {
    Limits.checkSource(wanted.source());
    return compile(UNNAMED, wanted.source());
  }

  /// Takes the file away; the versions stay, and a restored one is a strategy again.
  StrategyDeleted delete(DeleteStrategy wanted) {
    var name = wanted.name();
    Limits.checkName(name);
    if (!copies.containsKey(name)) {
      throw unknown(name, null);
    }
    running.checkUnused(name);
    folder.delete(name);
    copies.remove(name);
    LOG.info("strategy {} was deleted by {}; its versions stay", name, wanted.by());
    return new StrategyDeleted(name);
  }

  StrategySaved restore(RestoreStrategy wanted) {
    Limits.checkName(wanted.name());
    Limits.checkAuthor(wanted.author());
    var script = checked(wanted.name(), present(wanted.name(), wanted.number()).source());
    return make(script, wanted.base(), wanted.author(), wanted.number());
  }

  /// A file that was changed by hand is a version of its own before this one can replace it.
  private StrategySaved make(
      Script script, int base, String author, @Nullable Integer restoredFrom) {
    look(script.name());
    var latest = latestKept(script.name());
    if (latest == null || !latest.hash().equals(script.hash())) {
      int number = latest == null ? 0 : latest.number();
      if (base != number) {
        throw Refusal.conflict(script.name(), base, number);
      }
      running.check(script);
    }
    var written = write(script, base, author, restoredFrom);
    var reloads = work(script, written.version());
    if (written.changed()) {
      checks.begin(script);
    }
    return new StrategySaved(
        script.name(), written.version().number(), script.hash(), written.changed(), reloads);
  }

  /// Puts a version that is in the database into the folder and into sessions.
  private List<ReloadOutcome> work(Script script, StrategyVersion version) {
    var name = script.name();
    var copy = copies.get(name);
    Stamp stamp;
    if (copy != null && copy.problem() == null && isGood(copy, version)) {
      stamp = copy.stamp();
    } else {
      try {
        stamp = folder.write(name, script.text());
      } catch (UncheckedIOException e) {
        LOG.error("version {} of strategy {} is not in the folder", version.number(), name, e);
        throw new Refusal(
            Refusal.Kind.FAILED,
            "version "
                + version.number()
                + " of strategy '"
                + name
                + "' is kept, but does not run yet: "
                + e.getMessage()
                + "; save it again");
      }
    }
    return take(copy, new Copy(stamp, new Good(script, version), null));
  }

  private List<ReloadOutcome> take(@Nullable Copy before, Copy now) {
    var good = Objects.requireNonNull(now.good());
    var name = good.version().name();
    copies.put(name, now);
    if (before != null && isGood(before, good.version())) {
      return List.of();
    }
    LOG.info(
        "strategy {} is at version {}, by {}",
        name,
        good.version().number(),
        good.version().author());
    return running.reload(good.script());
  }

  private static boolean isGood(Copy copy, StrategyVersion version) {
    return copy.good() != null && copy.good().version().equals(version);
  }

  /// Learns what the file holds, unless that is known.
  private void look(String name) {
    var copy = copies.get(name);
    if (!Limits.allowsName(name)) {
      lookAtWrongName(name, copy);
      return;
    }
    var stamp = folder.stamp(name);
    if (stamp == null) {
      if (copies.remove(name) != null) {
        LOG.info("the file of strategy {} is gone; its versions stay", name);
      }
      return;
    }
    if (copy != null && copy.stamp().equals(stamp)) {
      return;
    }
    var settled = folder.settledStamp(name);
    if (settled != null) {
      read(name, settled, copy);
    }
  }

  /// Such a file is listed with what is wrong with it.
  private void lookAtWrongName(String name, @Nullable Copy copy) {
    var stamp = folder.stamps().get(name);
    if (stamp == null) {
      copies.remove(name);
    } else if (copy == null || !copy.stamp().equals(stamp)) {
      try {
        Limits.checkName(name);
      } catch (Refusal e) {
        copies.put(name, new Copy(stamp, null, told(name, null, e)));
      }
    }
  }

  private void read(String name, Stamp stamp, @Nullable Copy copy) {
    var good = copy == null ? null : copy.good();
    String text = null;
    try {
      text = folder.read(name);
      if (good != null && good.script().text().equals(text)) {
        copies.put(name, new Copy(stamp, good, null));
        return;
      }
      var script = checked(name, text);
      var latest = latestKept(name);
      if (latest == null || !latest.hash().equals(script.hash())) {
        running.check(script);
      }
      var written = write(script, null, FILE_AUTHOR, null);
      take(copy, new Copy(stamp, new Good(script, written.version()), null));
      if (written.changed() && copy != null) {
        checks.begin(script);
      }
    } catch (Refusal e) {
      if (e.kind() == Refusal.Kind.FAILED) {
        throw e;
      }
      copies.put(name, new Copy(stamp, good == null ? kept(name) : good, told(name, text, e)));
    }
  }

  private static Problem told(String name, @Nullable String text, Refusal refusal) {
    LOG.warn("the file of strategy {} cannot be used: {}", name, refusal.getMessage());
    return new Problem(text, error(refusal));
  }

  /// What a platform that was started on a broken file can run.
  private @Nullable Good kept(String name) {
    var latest = find(name, null);
    if (latest == null) {
      return null;
    }
    try {
      return new Good(compile(name, latest.source()), latest.version());
    } catch (StrategyException e) {
      LOG.warn("the latest version of strategy {} cannot be used: {}", name, e.getMessage());
      return null;
    }
  }

  private Script compile(String name, String text) {
    var script = library.read(name, text);
    script.check();
    return script;
  }

  /// @throws Refusal with what is wrong, and where
  private Script checked(String name, String text) {
    try {
      return compile(name, text);
    } catch (StrategyException e) {
      throw refusal(error(e));
    }
  }

  static ScriptError error(StrategyException e) {
    boolean placed = e.line() > 0;
    return new ScriptError(
        String.valueOf(e.getMessage()),
        placed ? e.line() : null,
        placed ? e.column() : null,
        e.reason(),
        e.excerpt(),
        e.stack());
  }

  /// What is wrong with a script, for whoever sent it.
  static Refusal refusal(StrategyException e) {
    return refusal(error(e));
  }

  private static ScriptError error(Refusal refusal) {
    var members = refusal.members();
    var detail = String.valueOf(refusal.getMessage());
    return new ScriptError(
        detail,
        (Integer) members.get("line"),
        (Integer) members.get("column"),
        String.valueOf(members.getOrDefault("reason", detail)),
        (String) members.get("excerpt"),
        members.get("stack") instanceof List<?> stack
            ? stack.stream().map(String::valueOf).toList()
            : List.of());
  }

  private static Refusal refusal(ScriptError error) {
    var members = new HashMap<String, @Nullable Object>();
    members.put("line", error.line());
    members.put("column", error.column());
    members.put("reason", error.reason());
    members.put("excerpt", error.excerpt());
    members.put("stack", error.stack());
    return new Refusal(Refusal.Kind.INVALID, error.detail(), members);
  }

  private static Refusal unknown(String name, @Nullable Integer number) {
    return Refusal.unknown(
        number == null
            ? "unknown strategy '" + name + "'"
            : "strategy '" + name + "' has no version " + number);
  }

  private @Nullable StrategyVersion latestKept(String name) {
    var latest = find(name, null);
    return latest == null ? null : latest.version();
  }

  private StrategySource present(String name, int number) {
    var found = find(name, number);
    if (found == null) {
      throw unknown(name, find(name, null) == null ? null : number);
    }
    return found;
  }

  private @Nullable StrategySource find(String name, @Nullable Integer number) {
    return ask(Channels.FIND_VERSION, new FindVersion(name, number)).source();
  }

  private StrategyWritten write(
      Script script, @Nullable Integer base, String author, @Nullable Integer restoredFrom) {
    return ask(
        Channels.WRITE_STRATEGY,
        new WriteStrategy(script.name(), script.hash(), script.text(), author, base, restoredFrom));
  }

  private <Q extends Record, R extends Record> R ask(Request<Q, R> request, Q body) {
    return Blocking.await(bus.ask(request, body));
  }
}
