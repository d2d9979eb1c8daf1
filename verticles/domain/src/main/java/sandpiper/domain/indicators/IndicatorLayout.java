package sandpiper.domain.indicators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where each indicator's outputs stand in a session's array of values.
///
/// Derived from the specs alone, so that the side that computes and the side that reads agree
/// without talking.
public final class IndicatorLayout {
  private final List<IndicatorSpec> specs = new ArrayList<>();
  private final Map<IndicatorSpec, Integer> offsets = new HashMap<>();
  private int size;

  /// @param wanted in the order of the session's strategies; duplicates share their values
  public IndicatorLayout(List<IndicatorSpec> wanted) {
    add(wanted);
  }

  /// This layout and, behind it, what of `more` it does not hold yet: offsets stay as they are.
  public IndicatorLayout with(List<IndicatorSpec> more) {
    var wider = new IndicatorLayout(specs);
    wider.add(more);
    return wider;
  }

  /// Index of the first output of `spec`.
  public int offset(IndicatorSpec spec) {
    var offset = offsets.get(spec);
    if (offset == null) {
      throw new IllegalArgumentException("no such indicator in this session: " + spec);
    }
    return offset;
  }

  public boolean holds(List<IndicatorSpec> wanted) {
    return offsets.keySet().containsAll(wanted);
  }

  /// Number of values in all.
  public int size() {
    return size;
  }

  /// In the order of their values.
  public List<IndicatorSpec> specs() {
    return List.copyOf(specs);
  }

  private void add(List<IndicatorSpec> wanted) {
    for (var spec : wanted) {
      if (offsets.putIfAbsent(spec, size) == null) {
        specs.add(spec);
        size += spec.outputs();
      }
    }
  }
}
