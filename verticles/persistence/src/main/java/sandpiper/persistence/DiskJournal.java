package sandpiper.persistence;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;

/// Records in files, appended at the end, taken from the front, on the disk before an append
/// returns. All methods block; one thread at a time.
///
/// ```
/// folder/0000000001.journal     a header, then records, up to about a sixteenth of all that may be
/// folder/0000000002.journal
/// folder/*.damaged, *.refused   set aside, never read again: for people
///
/// header   "SPJ" and version (4 bytes), length of the file before (8), checksum of both (4)
/// record   length of what follows the checksum (4), checksum of length and that (4),
///          time of the append in UTC microseconds (8), content
/// ```
///
/// Numbers are big-endian, checksums CRC-32C. A file says how long the one before it is, because a
/// disk that is full may keep us from cutting off what was half written there.
final class DiskJournal implements AutoCloseable {
  static final String ENDING = ".journal";

  private static final Logger LOG = LoggerFactory.getLogger(DiskJournal.class);
  private static final int MAGIC = 'S' << 24 | 'P' << 16 | 'J' << 8;
  private static final int HEADER = 16;
  private static final int FRAME = 8;
  private static final int TIME = 8;
  private static final int SEGMENTS = 16;
  private static final int DIGITS = 10;
  private static final Pattern NAME = Pattern.compile("\\d{10}\\.journal");
  private static final long SMALLEST_SEGMENT = 64 * 1024;

  private final Path folder;
  private final long maxBytes;
  private final LongSupplier wallClock;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private long readAt = HEADER;
  private long nextNumber = 1;
  private @Nullable FileChannel writer;

  // Read by whoever wants to know how much waits.
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private volatile long oldest;

  /// One file, as far as it is good.
  private static final class Segment {
    private final Path file;
    private long size = HEADER;

    private Segment(Path file) {
      this.file = file;
    }
  }

  /// The record at the front.
  ///
  /// @param time of its append, UTC microseconds
  /// @param place for people
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Entry(long time, byte[] content, String place) {}

  /// @param length of the record with its frame
  @SuppressWarnings("ArrayRecordComponent") // read once
  private record Found(long time, byte[] content, long length) {}

  private DiskJournal(Path folder, long maxBytes, LongSupplier wallClock) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.wallClock = wallClock;
  }

  /// Reads what is there. What is damaged, and all behind it, is set aside, which the log says.
  ///
  /// @param maxBytes of all files together
  /// @param wallClock UTC microseconds
  /// @throws Refusal when a file is of another version
  static DiskJournal open(Path folder, long maxBytes, LongSupplier wallClock) throws IOException {
    Files.createDirectories(folder);
    var journal = new DiskJournal(folder, maxBytes, wallClock);
    journal.recover();
    return journal;
  }

  /// Of all files together.
  long bytes() {
    return bytes.get();
  }

  long maxBytes() {
    return maxBytes;
  }

  /// That wait.
  long records() {
    return records.get();
  }

  /// When the oldest that waits was appended, UTC microseconds; 0 when none does.
  long oldest() {
    return oldest;
  }

  /// What a record of that much content takes.
  static long sizeOf(byte[] content) {
    return (long) FRAME + TIME + content.length;
  }

  /// All of them are on the disk when it returns, or none counts when it throws.
  void append(List<byte[]> contents) throws IOException {
    long now = wallClock.getAsLong();
    try {
      var segment = writable();
      var framed =
          new byte[Math.toIntExact(contents.stream().mapToLong(DiskJournal::sizeOf).sum())];
      var buffer = ByteBuffer.wrap(framed);
      contents.forEach(content -> frame(framed, buffer, now, content));
      buffer.flip();
      var channel = Objects.requireNonNull(writer);
      long at = segment.size;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      channel.force(false);
      bytes.addAndGet(at - segment.size);
      segment.size = at;
    } catch (IOException e) {
      abandon();
      throw e;
    }
    if (records.get() == 0) {
      oldest = now;
    }
    records.addAndGet(contents.size());
  }

  /// The record at the front; null when there is none.
  @Nullable Entry peek() throws IOException {
    dropRead();
    var segment = segments.peekFirst();
    if (segment == null || readAt >= segment.size) {
      return null;
    }
    Found found;
    try (var channel = FileChannel.open(segment.file, READ)) {
      found = read(channel, readAt, segment.size);
    }
    if (found == null) {
      setAside(segment, readAt, List.copyOf(segments).subList(1, segments.size()));
      recount();
      return null;
    }
    oldest = found.time();
    return new Entry(found.time(), found.content(), segment.file + " at " + readAt);
  }

  /// Takes the record at the front away; its file goes with the last one in it.
  void remove() throws IOException {
    var entry = peek();
    if (entry != null) {
      readAt += sizeOf(entry.content());
      records.decrementAndGet();
      dropRead();
    }
    if (records.get() == 0) {
      clear();
    }
  }

  /// Keeps the record at the front for people, and takes it away.
  ///
  /// @return where it is
  Path refuse() throws IOException {
    var entry = Objects.requireNonNull(peek());
    var segment = segments.getFirst();
    var file = segment.file.resolveSibling(segment.file.getFileName() + "-" + readAt + ".refused");
    Files.write(file, entry.content());
    remove();
    return file;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  /// After the last record: what is written to the database from now on must never be met by
  /// something older out of a file that came back.
  private void clear() throws IOException {
    close();
    for (var segment : segments) {
      Files.deleteIfExists(segment.file);
    }
    if (!segments.isEmpty()) {
      forceFolder();
    }
    segments.clear();
    readAt = HEADER;
    bytes.set(0);
    oldest = 0;
  }

  private void dropRead() throws IOException {
    while (segments.size() > 1 && readAt >= segments.getFirst().size) {
      var read = segments.removeFirst();
      Files.deleteIfExists(read.file);
      bytes.addAndGet(-read.size);
      readAt = HEADER;
    }
  }

  /// The file that is written to.
  private Segment writable() throws IOException {
    var last = segments.peekLast();
    if (writer != null
        && last != null
        && last.size < Math.max(SMALLEST_SEGMENT, maxBytes / SEGMENTS)) {
      return last;
    }
    close();
    var segment = new Segment(folder.resolve("%010d%s".formatted(nextNumber, ENDING)));
    writer = FileChannel.open(segment.file, CREATE_NEW, WRITE);
    nextNumber++;
    var begin = new byte[HEADER];
    var header = ByteBuffer.wrap(begin);
    header.putInt(MAGIC | WriteCodec.VERSION).putLong(last == null ? 0 : last.size);
    header.putInt(checksum(begin, 0, HEADER - 4)).flip();
    while (header.hasRemaining()) {
      writer.write(header, header.position());
    }
    writer.force(true);
    forceFolder();
    segments.add(segment);
    bytes.addAndGet(HEADER);
    return segment;
  }

  /// After an error nothing is known of what the disk has of the latest write: it is cut off, if
  /// that can be, and what comes next goes into another file.
  private void abandon() {
    var last = segments.peekLast();
    try {
      if (writer != null && last != null) {
        writer.truncate(last.size);
      }
      close();
    } catch (IOException e) {
      LOG.debug("what was half written stays where it is", e);
      writer = null;
    }
    try {
      // A header that was not written, of a file that counts for nothing.
      var failed = folder.resolve("%010d%s".formatted(nextNumber - 1, ENDING));
      if (last == null || !last.file.equals(failed)) {
        Files.deleteIfExists(failed);
      }
    } catch (IOException e) {
      LOG.debug("the file that was begun stays where it is", e);
    }
  }

  private static void frame(byte[] framed, ByteBuffer buffer, long time, byte[] content) {
    int begin = buffer.position();
    int length = TIME + content.length;
    buffer.putInt(length).putInt(0).putLong(time).put(content);
    buffer.putInt(begin + 4, checksum(length, framed, begin + FRAME));
  }

  private static int checksum(int length, byte[] bytes, int from) {
    var checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(4).putInt(length).flip());
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  /// The record that begins there; null when none that is whole does.
  private static @Nullable Found read(FileChannel channel, long at, long end) throws IOException {
    if (end - at < FRAME + TIME) {
      return null;
    }
    var frame = ByteBuffer.wrap(bytesAt(channel, at, FRAME));
    int length = frame.getInt();
    int checksum = frame.getInt();
    if (length < TIME || length > end - at - FRAME) {
      return null;
    }
    var body = bytesAt(channel, at + FRAME, length);
    if (checksum(length, body, 0) != checksum) {
      return null;
    }
    long time = ByteBuffer.wrap(body).getLong();
    return new Found(time, Arrays.copyOfRange(body, TIME, length), (long) FRAME + length);
  }

  private static byte[] bytesAt(FileChannel channel, long at, int length) throws IOException {
    var bytes = new byte[length];
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("a file of the journal has become shorter");
      }
    }
    return bytes;
  }

  private void recover() throws IOException {
    List<Path> all;
    try (var found = Files.list(folder)) {
      all = found.filter(file -> NAME.matcher(nameOf(file)).lookingAt()).sorted().toList();
    }
    nextNumber = 1 + all.stream().mapToLong(DiskJournal::number).max().orElse(0);
    var files = all.stream().filter(file -> nameOf(file).endsWith(ENDING)).toList();
    for (int i = 0; i < files.size(); i++) {
      var segment = new Segment(files.get(i));
      var damaged = scan(segment, i + 1 < files.size() ? files.get(i + 1) : null);
      if (damaged != null) {
        setAside(
            segment,
            damaged,
            files.subList(i + 1, files.size()).stream().map(Segment::new).toList());
        break;
      }
    }
    recount();
  }

  /// Adds a file as far as it is good.
  ///
  /// @param next file, which says how long this one is
  /// @return where it is damaged; null when it is not
  private @Nullable Long scan(Segment segment, @Nullable Path next) throws IOException {
    try (var channel = FileChannel.open(segment.file, READ)) {
      if (lengthBefore(channel, segment.file) == null) {
        return 0L;
      }
      long end = channel.size();
      if (next != null) {
        try (var following = FileChannel.open(next, READ)) {
          var said = lengthBefore(following, next);
          end = said == null || said == 0 ? end : Math.min(end, said);
        }
      }
      segments.add(segment);
      long at = HEADER;
      for (var found = read(channel, at, end); found != null; found = read(channel, at, end)) {
        at += found.length();
      }
      segment.size = at;
      return at < end ? Long.valueOf(at) : null;
    }
  }

  /// What a header says of the file before; null when it is none.
  private static @Nullable Long lengthBefore(FileChannel channel, Path file) throws IOException {
    if (channel.size() < HEADER) {
      return null;
    }
    var bytes = bytesAt(channel, 0, HEADER);
    var header = ByteBuffer.wrap(bytes);
    int magic = header.getInt();
    long before = header.getLong();
    if (header.getInt() != checksum(bytes, 0, HEADER - 4) || (magic & ~0xFF) != MAGIC) {
      return null;
    }
    if ((magic & 0xFF) != WriteCodec.VERSION) {
      throw new Refusal(
          Refusal.Kind.FAILED,
          "the journal "
              + file
              + " is of version "
              + (magic & 0xFF)
              + ", which this platform cannot read: let the one that wrote it run until its journal"
              + " is empty");
    }
    return before;
  }

  /// What is damaged cannot be told from what never was, and what follows it may hang on it.
  ///
  /// @param from of which byte on
  /// @param later files
  private void setAside(Segment segment, long from, List<Segment> later) throws IOException {
    close();
    var name = segment.file.getFileName() + "-" + from + ".damaged";
    var damaged = segment.file.resolveSibling(name);
    try (var channel = FileChannel.open(segment.file, READ, WRITE)) {
      long size = channel.size();
      if (size > from) {
        copy(channel, from, damaged);
        channel.truncate(from).force(true);
        LOG.warn(
            "the journal {} is damaged from byte {} on: the last {} bytes are set aside in {}",
            segment.file,
            from,
            size - from,
            damaged);
      }
    }
    segment.size = from;
    if (from < HEADER) {
      segments.remove(segment);
      Files.delete(segment.file);
    }
    for (var each : later) {
      var aside = each.file.resolveSibling(each.file.getFileName() + "-0.damaged");
      LOG.warn("the journal {} follows what is damaged: it is set aside in {}", each.file, aside);
      Files.move(each.file, aside);
      segments.remove(each);
    }
    forceFolder();
  }

  private static void copy(FileChannel from, long begin, Path file) throws IOException {
    try (var copy = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (long at = begin; at < from.size(); ) {
        at += from.transferTo(at, from.size() - at, copy);
      }
      copy.force(true);
    }
  }

  private void recount() throws IOException {
    long count = 0;
    long size = 0;
    oldest = 0;
    for (var segment : segments) {
      size += segment.size;
      try (var channel = FileChannel.open(segment.file, READ)) {
        long at = segment == segments.peekFirst() ? readAt : HEADER;
        for (var found = read(channel, at, segment.size);
            found != null;
            found = read(channel, at, segment.size)) {
          oldest = count == 0 ? found.time() : oldest;
          count++;
          at += found.length();
        }
      }
    }
    bytes.set(size);
    records.set(count);
    if (count == 0) {
      clear();
    }
  }

  private static long number(Path file) {
    return Long.parseLong(nameOf(file).substring(0, DIGITS));
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  private void forceFolder() throws IOException {
    try (var directory = FileChannel.open(folder, READ)) {
      directory.force(true);
    }
  }
}
