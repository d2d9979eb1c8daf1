package sandpiper.persistence;

import java.util.List;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.persistence.Table.Insert;

/// What a session leaves behind at a time: one transaction, that may be repeated.
sealed interface Write {
  String sessionId();

  /// For people, to follow "cannot write".
  String what();

  /// @param inserts in order
  record Statements(String sessionId, String what, List<Insert> inserts) implements Write {
    public Statements {
      inserts = List.copyOf(inserts);
    }
  }

  /// To be brought to wherever market data are kept.
  record Inputs(InputBatch batch) implements Write {
    @Override
    public String sessionId() {
      return batch.sessionId();
    }

    @Override
    public String what() {
      return "the inputs of session " + batch.sessionId();
    }
  }
}
