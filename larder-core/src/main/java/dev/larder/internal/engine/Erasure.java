package dev.larder.internal.engine;

import dev.larder.CodecException;
import dev.larder.TierUnavailableException;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.store.GuardedStore;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Empties the slots of entries that carry one of some tags, in every store. Blocks its thread. */
final class Erasure {

  private static final int STEP = 500;

  /** Longer than a reader would wait: nobody waits for this but whoever asked. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Set<String> tags;
  private final String start;

  Erasure(Set<String> tags, String keyPrefix) {
    this.tags = tags;
    this.start = keyPrefix + ':';
  }

  /** How many slots were emptied. */
  long in(List<GuardedStore> stores) {
    return stores.stream().mapToLong(this::in).sum();
  }

  private long in(GuardedStore store) {
    long emptied = 0;
    String cursor = "";
    do {
      String from = cursor;
      Tier.KeyPage page = ask(store, () -> store.tier().keys(start, "", from, STEP));
      List<String> carrying = page.keys().isEmpty()
          ? List.of()
          : carrying(ask(store, () -> store.tier().readAll(page.keys())));
      if (!carrying.isEmpty()) {
        ask(store, () -> store.tier().delete(carrying).thenApply(done -> true));
        emptied += carrying.size();
      }
      cursor = page.next();
    } while (!cursor.isEmpty());
    return emptied;
  }

  private List<String> carrying(Map<String, Slot> slots) {
    return slots.entrySet().stream()
        .filter(it -> it.getValue() instanceof Slot.Filled filled
            && !Collections.disjoint(tags(it.getKey(), filled), tags))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Collection<String> tags(String slot, Slot.Filled filled) {
    try {
      return Envelope.open(slot, filled.body()).tags();
    } catch (CodecException foreign) {
      // Nothing that Larder stored.
      return List.of();
    }
  }

  private static <T> T ask(GuardedStore store, Supplier<CompletionStage<T>> question) {
    try {
      return store.call(question, LIMIT).join();
    } catch (CompletionException failure) {
      throw new TierUnavailableException(
          store.store().name() + ": not all was erased, ask again", failure.getCause());
    }
  }
}
