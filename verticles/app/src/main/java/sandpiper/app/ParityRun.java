package sandpiper.app;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.FoundBasis;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.ParityDifference;
import sandpiper.bus.Messages.ParityProof;
import sandpiper.bus.Messages.PlanBasis;
import sandpiper.bus.Messages.SessionBasis;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.FillRules;
import sandpiper.feeds.DataSets;
import sandpiper.strategies.Script;
import sandpiper.strategies.StrategyLibrary;

/// One session, run again in one thread from the inputs that it recorded, and what it decides held
/// against what is on record. Blocks.
///
/// Orders and positions are compared as they stood last, everything else entry by entry. Where
/// somebody stepped in, signals, fills and marks are compared up to the input before.
final class ParityRun {
  private static final int PAGE = 5_000;

  private final Bus bus;
  private final StrategyLibrary library;
  private final DataSets dataSets;
  private final SessionBasis basis;
  private final long lastSeq;
  private final FoundBasis found;
  private final List<Signal> signals = new ArrayList<>();
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final List<Fill> fills = new ArrayList<>();
  private final List<EquityMarked> equity = new ArrayList<>();
  private long decisions;
  private long matched;
  private long most;
  private @Nullable ParityDifference difference;

  ParityRun(
      Bus bus,
      StrategyLibrary library,
      DataSets dataSets,
      SessionBasis basis,
      long lastSeq,
      FoundBasis found) {
    this.bus = bus;
    this.library = library;
    this.dataSets = dataSets;
    this.basis = basis;
    this.lastSeq = lastSeq;
    this.found = found;
  }

  ParityProof prove() {
    runAgain();
    var end = found.interventionSeq();
    compare(HistoryKind.SIGNALS, signals, "seq", end);
    compare(HistoryKind.FILLS, fills, "seq", end);
    compare(HistoryKind.EQUITY, equity, "seq", end);
    if (end == null) {
      compare(HistoryKind.ORDERS, orders.values(), "placed_seq", null);
      compare(HistoryKind.POSITIONS, positions.values(), null, null);
    }
    return new ParityProof(
        basis.sessionId(),
        lastSeq,
        end == null ? lastSeq : Math.max(0, end - 1),
        found.intervention(),
        decisions,
        matched,
        percent(),
        difference);
  }

  /// Rounded down, so that 100 is 100.
  private BigDecimal percent() {
    return most == 0
        ? BigDecimal.valueOf(100)
        : BigDecimal.valueOf(100 * matched)
            .divide(BigDecimal.valueOf(most), 2, RoundingMode.DOWN)
            .stripTrailingZeros();
  }

  /// Old days of market data may have been dropped.
  private void requireAllInputs() {
    var id = basis.sessionId();
    var recording =
        Blocking.await(bus.ask(Channels.FIND_RECORDING, new FindRecording(id, TimeRange.ALL)));
    if (recording.firstSeq() > 1) {
      throw new IllegalArgumentException(
          "the first inputs of session " + id + " are not kept any more");
    }
  }

  private void runAgain() {
    requireAllInputs();
    var scripts = new LinkedHashMap<String, Script>();
    var plans = basis.plans().stream().map(plan -> plan(plan, scripts)).toList();
    var spec =
        new SessionSpec(
                basis.sessionId(),
                basis.mode(),
                basis.instruments(),
                basis.cash(),
                plans,
                basis.startTime(),
                FillRules.parse(
                    basis.fillModel(), basis.slippage(), basis.latency(), basis.limitFill()))
            .with(basis.risk())
            .with(basis.account());
    try (var data =
            dataSets.open(basis.symbols(), "recording:" + basis.sessionId(), null, TimeRange.ALL);
        var engine =
            new SessionEngine(
                spec,
                data.sourceIntervals(),
                (plan, context, snapshot) ->
                    requireNonNull(scripts.get(plan.instance())).start(context, snapshot),
                this::note)) {
      engine.replay(data, lastSeq);
    }
  }

  private StrategyPlan plan(PlanBasis plan, Map<String, Script> scripts) {
    var source = found.sources().get(plan.version());
    if (source == null) {
      throw new IllegalArgumentException(
          "the version of strategy '"
              + plan.strategy()
              + "' that the session ran is not on record");
    }
    var script = library.read(plan.strategy(), source);
    scripts.put(plan.instance(), script);
    return script.plan(plan.instance(), plan.parameters(), basis.symbols(), plan.mainInterval());
  }

  private void note(JournalEntry entry) {
    switch (entry) {
      case Signal signal -> signals.add(signal);
      case OrderEvent event -> {
        orders.put(event.order().orderId(), event.order());
        if (event instanceof OrderFilled filled) {
          fills.add(filled.fill());
          positions.put(filled.position().positionId(), filled.position());
        }
      }
      case FundingPaid paid -> positions.put(paid.position().positionId(), paid.position());
      case EquityMarked mark -> equity.add(mark);
      default -> {
        // What strategies say decides nothing.
      }
    }
  }

  /// @param seq the column that has the number of the input; null where none has
  /// @param end the first input that is not compared; null for none
  private void compare(
      HistoryKind kind,
      Collection<? extends Record> again,
      @Nullable String seq,
      @Nullable Long end) {
    var mine = again.iterator();
    JsonObject ours = null;
    String cursor = null;
    do {
      var page =
          Blocking.await(
              bus.ask(Channels.HISTORY, new HistoryQuery(kind, basis.sessionId(), PAGE, cursor)));
      for (var row : page.rows()) {
        var theirs = new JsonObject(Json.text(row));
        if (end != null && theirs.getLong(seq) >= end) {
          continue;
        }
        ours = mine.hasNext() ? Json.object(mine.next()) : null;
        if (ours != null && end != null && ours.getLong(seq) >= end) {
          ours = null;
        }
        decisions++;
        note(kind, seq, theirs, ours);
      }
      cursor = page.nextCursor();
    } while (cursor != null);
    while (mine.hasNext()) {
      ours = Json.object(mine.next());
      if (end == null || ours.getLong(seq) < end) {
        note(kind, seq, null, ours);
      }
    }
  }

  private void note(
      HistoryKind kind,
      @Nullable String seq,
      @Nullable JsonObject theirs,
      @Nullable JsonObject ours) {
    most++;
    if (theirs != null && theirs.equals(ours)) {
      matched++;
      return;
    }
    var one = theirs == null ? ours : theirs;
    long at = one == null || seq == null ? lastSeq : one.getLong(seq);
    if (difference == null || at < difference.seq()) {
      difference =
          new ParityDifference(
              kind.name().toLowerCase(Locale.ROOT),
              at,
              theirs == null ? null : theirs.getMap(),
              ours == null ? null : ours.getMap());
    }
  }
}
