package dev.larder.redis;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.redis.Calls.Run;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The log as a Redis stream, and markers as strings beside it.
 *
 * <p>Shape: the stream {@code {larder:prefix}:log} has entries with the explicit id {@code
 * epoch-sequence} and the fields {@code n} (nonce), {@code p} (nonce of the record before) and
 * {@code d} (the change's text). A marker {@code {larder:prefix}:m:name} holds such an id. All of
 * them share one hash tag, so that a record and its markers are one script on a cluster too.
 *
 * <p>Each change is one script, and the scripts derive everything from the tail they find: no
 * counter beside the stream could disagree with it. The tail and the markers are answered together
 * with a write command that changes nothing, which a replica refuses: a primary that was replaced
 * cannot confirm anything.
 *
 * <p>Cost: one round trip each; {@link #read} one for {@value #RECORDS_PER_COMMAND} records. An
 * append holds the server for about 10 microseconds and one and a half more a marker: a change of
 * some six hundred tags takes a millisecond, and it cannot be parted, since a record and its markers
 * are one step.
 */
final class RedisLog implements InvalidationLog {

  /** Records in one answer: more would hold the server for longer than a millisecond. */
  static final int RECORDS_PER_COMMAND = 250;

  private static final Pattern ID = Pattern.compile("(\\d{1,19})-(\\d{1,19})");
  private static final String NO_ID = "";

  private final String name;
  private final RedisLink link;
  private final Calls calls;
  private final RedisLink waitingLink;
  private final Keys keys;
  private final Duration commandTimeout;
  private final byte[] retainedRecords;

  /**
   * Names of the keys of one log.
   *
   * @param tag the hash tag that they share, braces and all
   */
  record Keys(String tag) {
    static Keys of(String keyPrefix) {
      return new Keys("{larder:" + keyPrefix + "}");
    }

    String log() {
      return tag + ":log";
    }

    /** Says which purposes have which databases, where this differs from none. */
    String databases() {
      return tag + ":databases";
    }

    /** A key that never exists. */
    String probe() {
      return tag + ":probe";
    }

    /** The notes of a topic. */
    String board(String topic) {
      return tag + ":board:" + topic;
    }

    String marker(String name) {
      return tag + ":m:" + name;
    }

    /** The log and markers, as scripts take them. */
    String[] logAnd(Collection<String> markers) {
      List<String> all = new ArrayList<>(markers.size() + 1);
      all.add(log());
      markers.forEach(marker -> all.add(marker(marker)));
      return all.toArray(String[]::new);
    }
  }

  /**
   * A log over two connections.
   *
   * @param link for all that is answered at once
   * @param waitingLink for {@link #await} alone, which keeps a connection to itself
   */
  RedisLog(
      String name,
      RedisLink link,
      RedisLink waitingLink,
      Keys keys,
      Duration commandTimeout,
      int retainedRecords) {
    this.name = name;
    this.link = link;
    this.calls = new Calls(link);
    this.waitingLink = waitingLink;
    this.keys = keys;
    this.commandTimeout = commandTimeout;
    this.retainedRecords = RedisTier.number(retainedRecords);
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} Fails if the server is a replica or may not write. */
  @Override
  public CompletionStage<Tail> tail() {
    return calls.list(
        Script.TAIL, new Run(new String[] {keys.log(), keys.probe()}), this::parseTail);
  }

  @Override
  public CompletionStage<Tail> openEpoch(
      @Nullable Position seen, long seenNonce, long epoch, long nonce) {
    if (seen != null && epoch <= seen.epoch()) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("epoch: " + epoch + " is not greater than that of " + seen));
    }
    Change opening = new Change(nonce, List.of(), name, "epoch", System.currentTimeMillis());
    Run run = new Run(
        new String[] {keys.log()},
        ascii(seen == null ? NO_ID : id(seen)),
        RedisTier.number(seenNonce),
        ascii(epoch + "-0"),
        RedisTier.number(nonce),
        utf8(opening.encode()),
        retainedRecords);
    return calls.list(Script.OPEN_EPOCH, run, this::parseTail);
  }

  @Override
  public CompletionStage<LogRecord> append(Change change, Duration markerLife) {
    return append(change, markerLife, List.of());
  }

  /**
   * As {@link #append}, emptying slots first in the same atomic step. On a cluster a script has all
   * its keys on one node, so there are no slots to give it.
   */
  CompletionStage<LogRecord> append(Change change, Duration markerLife, List<String> slots) {
    byte[] text;
    try {
      text = utf8(change.encode());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    List<String> markers = change.markers();
    List<String> all = new ArrayList<>(1 + markers.size() + slots.size());
    all.add(keys.log());
    markers.forEach(marker -> all.add(keys.marker(marker)));
    all.addAll(slots);
    Run run = new Run(
        all.toArray(String[]::new),
        RedisTier.number(change.nonce()),
        text,
        retainedRecords,
        RedisTier.number(RedisTier.millis(markerLife)),
        RedisTier.number(markers.size()));
    return calls.list(Script.APPEND, run, answer -> {
      if (answer.isEmpty()) {
        throw new LogLostException(name);
      }
      Position position = position(string(answer.get(0)));
      return new LogRecord(position, Long.parseLong(string(answer.get(1))), change, false);
    });
  }

  /** {@inheritDoc} One round trip for {@value #RECORDS_PER_COMMAND} records. */
  @Override
  public CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit) {
    if (limit < 1) {
      return CompletableFuture.failedFuture(wrongLimit(limit));
    }
    return readOn(after, limit, List.of());
  }

  private CompletionStage<List<LogRecord>> readOn(
      @Nullable Position after, int limit, List<LogRecord> before) {
    int count = Math.min(limit - before.size(), RECORDS_PER_COMMAND);
    Range<String> range = after == null
        ? Range.unbounded()
        : Range.from(Range.Boundary.excluding(id(after)), Range.Boundary.unbounded());
    return link.call(
            connection -> connection.commands().xrange(keys.log(), range, Limit.from(count)),
            this::records)
        .thenCompose(found -> {
          List<LogRecord> all = found;
          if (!before.isEmpty()) {
            all = new ArrayList<>(before);
            all.addAll(found);
          }
          return found.size() < count || all.size() >= limit
              ? CompletableFuture.completedFuture(all)
              : readOn(all.get(all.size() - 1).position(), limit, all);
        });
  }

  /**
   * {@inheritDoc} At most {@value #RECORDS_PER_COMMAND} records at a time. The connection is given
   * up and the stage fails if the server has not answered a command time-out after the wait.
   */
  @Override
  @SuppressWarnings("unchecked") // one stream, in an array that Lettuce only reads
  public CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    if (limit < 1) {
      return CompletableFuture.failedFuture(wrongLimit(limit));
    }
    // Zero would block for ever.
    long waitMillis = RedisTier.millis(wait);
    XReadArgs arguments =
        XReadArgs.Builder.block(waitMillis).count(Math.min(limit, RECORDS_PER_COMMAND));
    XReadArgs.StreamOffset<String> behind = XReadArgs.StreamOffset.from(keys.log(), id(after));
    return waitingLink.callWithin(
        commandTimeout.plusMillis(waitMillis),
        connection -> connection.commands().xread(arguments, behind),
        this::records);
  }

  @Override
  public CompletionStage<Map<String, Position>> markers(Collection<String> names) {
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    List<String> asked = List.copyOf(names);
    List<String[]> parts = RedisTier.parts(asked.stream().map(keys::marker).toList());
    return link.call(
        connection -> {
          CompletionStage<List<List<KeyValue<String, byte[]>>>> answers =
              Calls.all(parts.size(), i -> connection.commands().mget(parts.get(i)));
          // Sent behind them on the same connection: a server that takes this was the primary.
          CompletionStage<Long> proof = connection.commands().unlink(keys.probe());
          return answers.thenCombine(proof, (markers, done) -> markers);
        },
        answers -> {
          Map<String, Position> found = new HashMap<>();
          Iterator<String> name = asked.iterator();
          for (List<KeyValue<String, byte[]>> answer : answers) {
            for (KeyValue<String, byte[]> marker : answer) {
              String asking = name.next();
              Position position = marker.hasValue() ? marker(marker.getValue()) : null;
              if (position != null) {
                found.put(asking, position);
              }
            }
          }
          return found;
        });
  }

  /** {@inheritDoc} Fails with {@link LogLostException} if there is no tail to create one at. */
  @Override
  public CompletionStage<Void> holdMarkers(Collection<String> names, Duration life) {
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    byte[] millis = RedisTier.number(RedisTier.millis(life));
    List<Run> runs = RedisTier.parts(names).stream()
        .map(some -> new Run(keys.logAnd(List.of(some)), millis))
        .toList();
    return calls.areOne(Script.HOLD_MARKERS, runs).thenAccept(held -> {
      if (held.contains(false)) {
        throw new LogLostException(name);
      }
    });
  }

  private Tail parseTail(List<byte[]> answer) {
    String id = string(answer.get(0));
    long storeMillis = Long.parseLong(string(answer.get(2))) * 1_000
        + Long.parseLong(string(answer.get(3))) / 1_000;
    return id.equals(NO_ID)
        ? new Tail(null, 0, storeMillis)
        : new Tail(position(id), Long.parseLong(string(answer.get(1))), storeMillis);
  }

  private List<LogRecord> records(@Nullable List<StreamMessage<String, byte[]>> messages) {
    if (messages == null) {
      return List.of();
    }
    List<LogRecord> records = new ArrayList<>(messages.size());
    for (StreamMessage<String, byte[]> message : messages) {
      Map<String, byte[]> body = message.getBody();
      byte[] previous = body.get("p");
      byte[] text = body.get("d");
      if (previous == null || text == null) {
        // Skipping it could skip an invalidation.
        throw new IllegalStateException(
            "stream " + keys.log() + ": entry " + message.getId() + " is not a log record");
      }
      records.add(new LogRecord(
          position(message.getId()),
          Long.parseLong(string(previous)),
          Change.decode(string(text)),
          false));
    }
    return records;
  }

  /** The position in a marker; one that cannot be read counts as missing, which is a miss. */
  private @Nullable Position marker(byte[] value) {
    return ID.matcher(string(value)).matches() ? position(string(value)) : null;
  }

  private Position position(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      throw new IllegalStateException(
          "stream " + keys.log() + ": '" + id + "' is not of the form epoch-sequence");
    }
    return new Position(name, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  private static String id(Position position) {
    return position.epoch() + "-" + position.sequence();
  }

  private static IllegalArgumentException wrongLimit(int limit) {
    return new IllegalArgumentException("limit: " + limit + " is not 1 or greater");
  }

  private static String string(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The bytes of a text. A broken one would name something else to its readers, so it is refused. */
  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a target is not valid Unicode", e);
    }
  }
}
