package sandpiper.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Refusal;

class DiskJournalTest {
  private static final long MEGABYTE = 1 << 20;

  /// Of a file, and of a record beside its content.
  private static final int HEADER = 16;

  private static final int FRAME = 16;

  private final AtomicLong clock = new AtomicLong(1_000);

  @TempDir private Path folder;

  @Test
  void recordsComeOutInOrderAcrossFilesAndStarts() throws Exception {
    var texts = new ArrayList<String>();
    try (var journal = open()) {
      for (int i = 0; i < 200; i += 2) {
        // Half of them together, so that one force serves both.
        texts.add("record " + i + "x".repeat(2_000));
        texts.add("record " + (i + 1));
        append(journal, texts.get(i), texts.get(i + 1));
      }
      assertThat(journal.records()).isEqualTo(200);
      assertThat(files(".journal")).hasSizeGreaterThan(2);
      assertThat(journal.bytes()).isEqualTo(sizeOfAll());
      for (int i = 0; i < 100; i++) {
        assertThat(next(journal)).isEqualTo(texts.get(i));
      }
    }
    try (var again = open()) {
      // The file that was being read is read again from its beginning: its writes may be repeated.
      var first = text(again.peek());
      int from = texts.indexOf(first);
      assertThat(from).isBetween(1, 100);
      assertThat(again.records()).isEqualTo(200 - from);
      for (var text : texts.subList(from, texts.size())) {
        assertThat(next(again)).isEqualTo(text);
      }
      assertThat(again.peek()).isNull();
      assertThat(again.records()).isZero();
      assertThat(again.bytes()).isZero();
    }
    assertThat(files("")).isEmpty();
  }

  @Test
  void whatIsAppendedWhileTheFrontIsTakenComesBehindIt() throws Exception {
    try (var journal = open()) {
      append(journal, "a");
      assertThat(text(journal.peek())).isEqualTo("a");
      append(journal, "b");
      assertThat(next(journal)).isEqualTo("a");
      assertThat(next(journal)).isEqualTo("b");
      append(journal, "c");
      assertThat(next(journal)).isEqualTo("c");
      assertThat(journal.peek()).isNull();
    }
  }

  /// Whichever byte the power failed at.
  @Test
  void aTornTailIsSetAsideAtEveryByte() throws Exception {
    int last = FRAME + "the last record".length();
    for (int cut = 1; cut < last; cut++) {
      try (var journal = open()) {
        append(journal, "first", "second");
        append(journal, "the last record");
      }
      var file = files(".journal").getFirst();
      var whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));

      try (var journal = open()) {
        assertThat(journal.records()).as("cut by " + cut).isEqualTo(2);
        assertThat(next(journal)).isEqualTo("first");
        append(journal, "third");
        assertThat(next(journal)).isEqualTo("second");
        assertThat(next(journal)).isEqualTo("third");
      }
      var aside = files(".damaged");
      assertThat(aside).hasSize(1);
      int offset = whole.length - last;
      assertThat(aside.getFirst().getFileName())
          .hasToString(file.getFileName() + "-" + offset + ".damaged");
      assertThat(Files.readAllBytes(aside.getFirst()))
          .isEqualTo(Arrays.copyOfRange(whole, offset, whole.length - cut));
      Files.delete(aside.getFirst());
    }
  }

  @Test
  void everyFlippedByteOfTheLastRecordIsNoticed() throws Exception {
    int last = FRAME + "the last record".length();
    for (int back = 1; back <= last; back++) {
      try (var journal = open()) {
        append(journal, "first");
        append(journal, "the last record");
      }
      var file = files(".journal").getFirst();
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length - back] ^= 0x10;
      Files.write(file, bytes);
      try (var journal = open()) {
        assertThat(next(journal)).as("byte %s from the end", back).isEqualTo("first");
        assertThat(journal.peek()).isNull();
      }
      Files.delete(files(".damaged").getFirst());
    }
  }

  /// What follows may hang on what is damaged.
  @Test
  void whatFollowsADamagedRecordIsSetAsideWithIt() throws Exception {
    try (var journal = open()) {
      append(journal, "first");
      for (int i = 0; i < 100; i++) {
        append(journal, "later " + i + "x".repeat(3_000));
      }
    }
    var files = files(".journal");
    assertThat(files).hasSizeGreaterThan(2);
    var bytes = Files.readAllBytes(files.getFirst());
    int at = HEADER + FRAME + "first".length() + FRAME + 3;
    bytes[at] ^= 1;
    Files.write(files.getFirst(), bytes);
    try (var journal = open()) {
      assertThat(journal.records()).isEqualTo(1);
      append(journal, "new");
      assertThat(next(journal)).isEqualTo("first");
      assertThat(next(journal)).isEqualTo("new");
    }
    assertThat(files(".damaged")).hasSameSizeAs(files);
    long kept = 0;
    for (var file : files(".damaged")) {
      kept += Files.size(file);
    }
    assertThat(kept).isGreaterThan(100 * 3_000);
  }

  @Test
  void damageThatHappensWhileItRunsIsNoticed() throws Exception {
    try (var journal = open()) {
      append(journal, "first");
      append(journal, "second");
      var file = files(".journal").getFirst();
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      assertThat(next(journal)).isEqualTo("first");
      assertThat(journal.peek()).isNull();
      append(journal, "third");
      assertThat(next(journal)).isEqualTo("third");
    }
    assertThat(files(".damaged")).hasSize(1);
  }

  @Test
  void aFileThatWasOnlyBegunIsNoDamage() throws Exception {
    try (var journal = open()) {
      append(journal, "first");
    }
    var begun = folder.resolve("0000000002.journal");
    for (int length = 0; length < HEADER; length++) {
      Files.write(begun, new byte[length]);
      try (var journal = open()) {
        assertThat(journal.records()).isEqualTo(1);
        assertThat(text(journal.peek())).isEqualTo("first");
      }
      assertThat(begun).doesNotExist();
      for (var file : files(".damaged")) {
        Files.delete(file);
      }
    }
  }

  /// A full disk may keep us from cutting off what was half written.
  @Test
  void whatLiesBehindTheGoodPartOfAFileIsNoDamageWhenTheNextOneSaysSo() throws Exception {
    try (var journal = open()) {
      for (int i = 0; i < 60; i++) {
        append(journal, "record " + i + "x".repeat(2_000));
      }
    }
    var files = files(".journal");
    assertThat(files).hasSize(2);
    Files.write(files.getFirst(), new byte[] {0, 0, 1, 0, 7}, StandardOpenOption.APPEND);
    try (var journal = open()) {
      assertThat(journal.records()).isEqualTo(60);
      for (int i = 0; i < 60; i++) {
        assertThat(next(journal)).startsWith("record " + i + "x");
      }
    }
    assertThat(files(".damaged")).isEmpty();
  }

  @Test
  void aJournalOfAnotherVersionStopsTheStart() throws Exception {
    try (var journal = open()) {
      append(journal, "first");
    }
    var file = files(".journal").getFirst();
    var bytes = Files.readAllBytes(file);
    bytes[3] = 9;
    var checksum = new CRC32C();
    checksum.update(bytes, 0, 12);
    ByteBuffer.wrap(bytes).putInt(12, (int) checksum.getValue());
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "the journal %s is of version 9, which this platform cannot read: let the one that"
                + " wrote it run until its journal is empty",
            file);
  }

  @Test
  void whatTheDatabaseRefusesIsKeptForPeople() throws Exception {
    try (var journal = open()) {
      append(journal, "bad", "good");
      var file = journal.refuse();
      assertThat(file.getFileName()).hasToString("0000000001.journal-16.refused");
      assertThat(Files.readString(file)).isEqualTo("bad");
      assertThat(next(journal)).isEqualTo("good");
    }
    try (var again = open()) {
      assertThat(again.records()).isZero();
      append(again, "next"); // in a file of another number than those set aside
      assertThat(files(".journal").getFirst().getFileName()).hasToString("0000000002.journal");
    }
  }

  @Test
  void theOldestThatWaitsHasItsTime() throws Exception {
    try (var journal = open()) {
      assertThat(journal.oldest()).isZero();
      append(journal, "a");
      clock.set(500); // clocks are set back
      append(journal, "b");
      assertThat(journal.oldest()).isEqualTo(1_000);
      next(journal);
      journal.peek();
      assertThat(journal.oldest()).isEqualTo(500);
      next(journal);
      assertThat(journal.oldest()).isZero();
    }
  }

  private DiskJournal open() throws IOException {
    return DiskJournal.open(folder, MEGABYTE, clock::get);
  }

  private static void append(DiskJournal journal, String... texts) throws IOException {
    journal.append(List.of(texts).stream().map(text -> text.getBytes(UTF_8)).toList());
  }

  private static String next(DiskJournal journal) throws IOException {
    var text = text(journal.peek());
    journal.remove();
    return text;
  }

  private static String text(DiskJournal.@Nullable Entry entry) {
    assertThat(entry).isNotNull();
    return new String(Objects.requireNonNull(entry).content(), UTF_8);
  }

  private long sizeOfAll() throws IOException {
    long size = 0;
    for (var file : files(".journal")) {
      size += Files.size(file);
    }
    return size;
  }

  private List<Path> files(String ending) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
