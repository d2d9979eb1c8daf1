package sandpiper.domain.indicators;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorDefinition.Factory;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Input;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;
import sandpiper.domain.indicators.IndicatorDefinition.WarmUp;

/// Definitions of one group, written down one after the other.
final class Draft {
  /// Longest window of what costs O(1) a step.
  private static final int LONGEST = 100_000;

  /// Longest window of what has to look at each of its numbers at every step.
  private static final int LONGEST_LOOKED_AT = 1_000;

  private final Group group;
  private final List<IndicatorDefinition> definitions = new ArrayList<>();

  Draft(Group group) {
    this.group = group;
  }

  List<IndicatorDefinition> definitions() {
    return definitions;
  }

  Entry series(String name, String title) {
    return new Entry(name, title, Input.SERIES);
  }

  Entry bars(String name, String title) {
    return new Entry(name, title, Input.BARS);
  }

  Entry external(String name, String title) {
    return new Entry(name, title, Input.EXTERNAL);
  }

  Entry books(String name, String title) {
    return new Entry(name, title, Input.BOOKS);
  }

  /// One definition until its factory is named.
  final class Entry {
    private final String name;
    private final String title;
    private final Input input;
    private final List<Parameter> parameters = new ArrayList<>();
    private List<String> outputs = List.of("value");
    private @Nullable WarmUp warmUp;
    private String source = "";

    private Entry(String name, String title, Input input) {
      this.name = name;
      this.title = title;
      this.input = input;
    }

    Entry period(int standard) {
      return period("period", standard, 1);
    }

    Entry period(String parameter, int standard, int least) {
      return takes(Parameter.whole(parameter, standard, least, LONGEST));
    }

    /// Of an indicator that looks at each number of its window at every step.
    Entry shortPeriod(String parameter, int standard, int least) {
      return takes(Parameter.whole(parameter, standard, least, LONGEST_LOOKED_AT));
    }

    Entry number(String parameter, double standard, double min, double max) {
      return takes(Parameter.number(parameter, standard, min, max));
    }

    Entry takes(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    Entry gives(String... names) {
      outputs = List.of(names);
      return this;
    }

    Entry warm(WarmUp steps) {
      warmUp = steps;
      return this;
    }

    Entry by(String author) {
      source = author;
      return this;
    }

    void is(Factory factory) {
      definitions.add(
          new IndicatorDefinition(
              name,
              title,
              group,
              input,
              List.copyOf(parameters),
              outputs,
              warmUp,
              source,
              factory));
    }
  }
}
