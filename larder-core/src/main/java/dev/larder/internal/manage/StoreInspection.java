package dev.larder.internal.manage;

import dev.larder.CodecException;
import dev.larder.codec.Compression;
import dev.larder.codec.Compressions;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.node.Mark;
import dev.larder.internal.store.Deadlines;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.KeyEncoder;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.Explanation.TagView;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.StoredValue;
import dev.larder.tier.Slot;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What shared tiers have of a key, judged by the stores alone: the log's tail and the markers. So it says
 * the same from every node, and without one. Safe for many threads; calls block.
 */
final class StoreInspection {

  private static final Pattern VERSION = Pattern.compile("v\\d+:");

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final List<GuardedStore> stores;
  private final String keyPrefix;

  StoreInspection(List<GuardedStore> stores, String keyPrefix) {
    this.stores = stores;
    this.keyPrefix = keyPrefix;
  }

  List<GuardedStore> stores() {
    return stores;
  }

  /**
   * Waits for an answer, past the tier's circuit: an operator's question must neither be refused by it
   * nor count in it.
   *
   * @throws ManagementException if there is none
   */
  static <T> T ask(GuardedStore store, Supplier<CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      question.get().whenComplete((value, failure) -> {
        if (failure == null) {
          answer.complete(value);
        } else {
          answer.completeExceptionally(failure);
        }
      });
      if (!answer.isDone()) {
        Deadlines.set(answer, LIMIT);
      }
      return answer.join();
    } catch (CompletionException failure) {
      throw unreachable(store, failure.getCause() == null ? failure : failure.getCause());
    } catch (RuntimeException failure) {
      throw unreachable(store, failure);
    }
  }

  private static ManagementException unreachable(GuardedStore store, Throwable failure) {
    return new ManagementException(
        Reason.UNREACHABLE,
        store.place() + " (" + store.store().name() + ") does not answer: " + failure.getMessage());
  }

  /** Whether one of the stores does not answer now, so that what they tell is a part. */
  boolean isPart() {
    return down() > 0;
  }

  /** How many of the stores do not answer now. */
  long down() {
    return stores.stream().filter(GuardedStore::isDown).count();
  }

  /** The nearest store that answers. */
  Optional<GuardedStore> nearest() {
    return stores.stream().filter(store -> !store.isDown()).findFirst();
  }

  /** Where the name of the cache ends in a slot key, purpose included; -1 if it is of another prefix. */
  private int endOfName(String slot) {
    String start = keyPrefix + ':';
    return slot.startsWith(start) ? slot.indexOf(':', start.length()) : -1;
  }

  /** Name of the cache in a slot key, whatever its purpose; null if it is of another prefix. */
  @Nullable String cacheOf(String slot) {
    int end = endOfName(slot);
    return end < 0
        ? null
        : slot.substring(Math.max(keyPrefix.length() + 1, slot.lastIndexOf('/', end) + 1), end);
  }

  /**
   * Lets only keys of this larder pass: others below the same server are no business of its operators.
   *
   * @throws ManagementException if it is another's
   */
  String ours(String slot) {
    if (cacheOf(slot) == null) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          "key: '" + slot + "' does not begin with " + keyPrefix + ":CACHE:");
    }
    return slot;
  }

  /**
   * Lets only keys pass that begin as those of a cache do: another would be missing for ever.
   *
   * @throws ManagementException if it begins otherwise
   */
  void requireStem(String slot, String purpose, String cache) {
    String stem = keyPrefix + ':' + (purpose.isEmpty() ? "" : purpose + '/') + cache + ':';
    if (!slot.startsWith(stem)) {
      throw new ManagementException(
          Reason.NOT_FOUND,
          "key: '" + slot + "' is none of cache " + cache + ", whose keys begin with " + stem);
    }
  }

  /**
   * What ends the keys with a beginning. Entries are covered by the beginnings that end behind one of
   * their parts; a beginning without parts is that of a whole cache, and means it.
   *
   * @throws ManagementException if it is another's, or nothing could be covered by it
   */
  Target prefix(String prefix) {
    String cache = cacheOf(prefix);
    if (cache == null || !prefix.endsWith(":")) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          "prefix: '" + prefix + "' does not begin with " + keyPrefix
              + ":CACHE: or does not end in ':'");
    }
    String rest = prefix.substring(endOfName(prefix) + 1);
    long parts = rest.chars().filter(each -> each == ':').count() - 1;
    if (parts < 1 && (rest.isEmpty() || VERSION.matcher(rest).matches())) {
      return Target.cache(stem(cache));
    }
    if (!VERSION.matcher(rest).lookingAt() || parts > KeyEncoder.MOST_PREFIXES) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          "prefix: '" + prefix + "' is not " + keyPrefix + ":CACHE:vVERSION: and 0 to "
              + KeyEncoder.MOST_PREFIXES + " parts, each with ':' behind it; it would end nothing");
    }
    return Target.prefix(prefix);
  }

  /** What an invalidation of a cache names; slot keys begin so too where it has no purpose. */
  String stem(String cache) {
    return keyPrefix + ':' + cache + ':';
  }

  /** All that can end an entry, tags included; one more prefix than needed does no harm. */
  Set<Target> covering(String slot, List<String> tags) {
    Set<Target> targets = new LinkedHashSet<>();
    targets.add(Target.key(slot));
    tags.forEach(tag -> targets.add(Target.tag(tag)));
    String cache = cacheOf(slot);
    if (cache != null) {
      int from = endOfName(slot) + 1;
      for (int i = slot.indexOf(':', from); i >= 0; i = slot.indexOf(':', i + 1)) {
        targets.add(Target.prefix(slot.substring(0, i + 1)));
      }
      targets.add(Target.cache(stem(cache)));
    }
    targets.add(Target.ALL);
    return targets;
  }

  /** The key in each store, nearest first. */
  List<Copy> copies(String slot) {
    List<Copy> copies = new ArrayList<>();
    for (GuardedStore store : stores) {
      Copy copy;
      try {
        copy = copy(store, slot);
      } catch (ManagementException silent) {
        copy = empty(store, State.UNREACHABLE);
      }
      copies.add(copy);
    }
    return copies;
  }

  private static Copy empty(GuardedStore store, State state) {
    return new Copy(
        store.place().name(), "", store.store().name(), state, "", -1, 0, -1, -1, List.of());
  }

  private Copy copy(GuardedStore store, String slot) {
    Slot read = ask(store, () -> store.tier().read(slot));
    if (read instanceof Slot.Empty empty) {
      return empty(store, empty.foreign() ? State.UNREADABLE : State.ABSENT);
    }
    if (read instanceof Slot.Placeholder) {
      return empty(store, State.LOADING);
    }
    ByteBuffer body = ((Slot.Filled) read).body();
    int bytes = body.remaining();
    Sealed sealed;
    try {
      sealed = Envelope.open(slot, body);
    } catch (CodecException foreign) {
      return empty(store, State.UNREADABLE);
    }
    Map<Target, Position> markers = markers(store, slot, sealed);
    Position tail = ask(store, () -> store.store().log().tail()).position();
    long age = store.storeMillis() - sealed.writtenMillis();
    List<TagView> tags = new ArrayList<>();
    for (String tag : sealed.tags()) {
      Position last = markers.get(Target.tag(tag));
      // Nothing stands at 0: it marks a tag that was not ended since the log began.
      tags.add(new TagView(tag, last != null && last.sequence() > 0 ? last.toString() : ""));
    }
    return new Copy(
        store.place().name(),
        "",
        store.store().name(),
        state(store, sealed, tail, markers, age),
        store.store().log().name() + ":" + sealed.epoch() + "-" + sealed.asOf(),
        age,
        sealed.freshMillis() - age,
        bytes,
        sealed.rawLength(),
        tags);
  }

  private Map<Target, Position> markers(GuardedStore store, String slot, Sealed sealed) {
    Map<String, Target> byName = new LinkedHashMap<>();
    for (Target target : covering(slot, sealed.tags())) {
      if (target.hasMarker()) {
        byName.put(target.marker(), target);
      }
    }
    Map<Target, Position> found = new LinkedHashMap<>();
    ask(store, () -> store.store().log().markers(byName.keySet())).forEach((name, position) -> {
      Target target = byName.get(name);
      if (target != null) {
        found.put(target, position);
      }
    });
    return found;
  }

  private static State state(
      GuardedStore store,
      Sealed sealed,
      @Nullable Position tail,
      Map<Target, Position> markers,
      long age) {
    if (tail == null || tail.epoch() != sealed.epoch()) {
      return State.INVALID;
    }
    boolean isProved = true;
    for (Map.Entry<Target, Position> marker : markers.entrySet()) {
      Mark.Verdict known = store.judge(marker.getKey(), sealed.asOf());
      // As readers do: a marker that was made anew stands at the tail, whatever was ended before,
      // so
      // it decides only where this node does not know better.
      boolean isLater = marker.getValue().epoch() > sealed.epoch()
          || marker.getValue().sequence() > sealed.asOf();
      if (known == Mark.Verdict.INVALID) {
        return State.INVALID;
      }
      isProved &= known == Mark.Verdict.VALID || !isLater;
    }
    if (!isProved) {
      return State.UNPROVED;
    }
    if (age >= sealed.lifeMillis()) {
      return State.ABSENT;
    }
    if (age >= sealed.freshMillis()) {
      return State.STALE;
    }
    return sealed.kind() == Sealed.Kind.VALUE ? State.FRESH : State.ABSENCE;
  }

  /** The stored value, from the nearest store that has one. */
  Optional<StoredValue> value(String slot) {
    for (GuardedStore store : stores) {
      if (store.isDown()) {
        continue;
      }
      if (ask(store, () -> store.tier().read(slot)) instanceof Slot.Filled filled) {
        try {
          return Optional.of(value(store, Envelope.open(slot, filled.body())));
        } catch (CodecException damaged) {
          throw new ManagementException(
              Reason.REFUSED, "the value cannot be read: " + damaged.getMessage());
        }
      }
    }
    if (nearest().isEmpty() && !stores.isEmpty()) {
      throw new ManagementException(Reason.UNREACHABLE, "no shared tier answers");
    }
    return Optional.empty();
  }

  private static StoredValue value(GuardedStore store, Sealed sealed) {
    String tier = store.place().name();
    if (sealed.kind() != Sealed.Kind.VALUE) {
      return new StoredValue(tier, "text", "", true);
    }
    if (sealed.rawLength() > MOST_BYTES) {
      throw new CodecException(sealed.rawLength() + " bytes, at most " + MOST_BYTES + " are shown");
    }
    ByteBuffer payload = sealed.payload();
    if (sealed.compression() == Sealed.ENCRYPTED) {
      throw new CodecException("it is encrypted");
    }
    if (sealed.compression() != 0) {
      Compression by = Compressions.byId(sealed.compression())
          .orElseThrow(() ->
              new CodecException("compression " + sealed.compression() + " is not available here"));
      payload = ByteBuffer.wrap(by.decompress(payload, sealed.rawLength()));
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(payload.duplicate());
      String trimmed = text.toString();
      boolean isJson = !trimmed.isEmpty() && "{[\"-0123456789tfn".indexOf(trimmed.charAt(0)) >= 0;
      return new StoredValue(tier, isJson ? "json" : "text", trimmed, false);
    } catch (CharacterCodingException binary) {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      return new StoredValue(tier, "base64", Base64.getEncoder().encodeToString(bytes), false);
    }
  }
}
