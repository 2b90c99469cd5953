package dev.larder.memory;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Slots in a map.
 *
 * <p>Every change is one compare-and-set of the map on the object that was read before, so no lock
 * is held and no change sees half of another. Expired slots are dropped where they are met.
 */
final class MemoryTier implements Tier {

  private final Lifetime lifetime;
  private final int maxEntries;
  private final ConcurrentHashMap<String, Content> slots = new ConcurrentHashMap<>();
  private final ReentrantLock culling = new ReentrantLock();

  MemoryTier(Lifetime lifetime, int maxEntries) {
    this.lifetime = lifetime;
    this.maxEntries = maxEntries;
  }

  /** What lies in a slot; a placeholder has no body. No equals: the map compares identity. */
  private static final class Content {
    final long nonce;
    final byte @Nullable [] body;
    final long untilMillis;

    Content(long nonce, byte @Nullable [] body, long untilMillis) {
      this.nonce = nonce;
      this.body = body;
      this.untilMillis = untilMillis;
    }
  }

  @Override
  public CompletionStage<Slot> read(String key) {
    return lifetime.answer(() -> slot(key));
  }

  @Override
  public CompletionStage<Map<String, Slot>> readAll(Collection<String> keys) {
    return lifetime.answer(() -> {
      Map<String, Slot> found = new HashMap<>();
      for (String key : keys) {
        found.put(key, slot(key));
      }
      return found;
    });
  }

  @Override
  public CompletionStage<Boolean> plant(
      String key, @Nullable Long expected, long nonce, Duration life) {
    return lifetime.answer(() -> plantNow(key, expected, nonce, life));
  }

  @Override
  public CompletionStage<Collection<String>> plantAll(Map<String, Long> nonces, Duration life) {
    return lifetime.answer(() -> {
      Collection<String> planted = new ArrayList<>();
      nonces.forEach((key, nonce) -> {
        if (plantNow(key, 0L, nonce, life)) {
          planted.add(key);
        }
      });
      return planted;
    });
  }

  @Override
  public CompletionStage<Boolean> fill(String key, long expected, Fill fill) {
    return lifetime.answer(() -> fillNow(key, expected, fill));
  }

  @Override
  public CompletionStage<Collection<String>> fillAll(
      Map<String, Long> expected, Map<String, Fill> fills) {
    return lifetime.answer(() -> {
      Collection<String> stored = new ArrayList<>();
      fills.forEach((key, fill) -> {
        if (fillNow(key, expected.getOrDefault(key, 0L), fill)) {
          stored.add(key);
        }
      });
      return stored;
    });
  }

  @Override
  public CompletionStage<Boolean> release(String key, long expected) {
    return lifetime.answer(() -> {
      Content found = live(key);
      return found != null && found.nonce == expected && slots.remove(key, found);
    });
  }

  @Override
  public CompletionStage<Void> delete(Collection<String> keys) {
    return lifetime
        .answer(() -> {
          keys.forEach(slots::remove);
          return keys;
        })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long expected, Duration life) {
    return lifetime.answer(() -> {
      while (true) {
        Content found = live(key);
        if (found == null || found.nonce != expected) {
          return false;
        }
        Content touched = new Content(expected, found.body, lifetime.until(life));
        // Another touch may have come between; its nonce is the same, so try again.
        if (slots.replace(key, found, touched)) {
          return true;
        }
      }
    });
  }

  /** {@inheritDoc} In the order of the keys, all of which are looked at for each page. */
  @Override
  public CompletionStage<KeyPage> keys(
      String keyPrefix, String contains, String cursor, int limit) {
    return lifetime.answer(() -> {
      KeyPage.checkLimit(limit);
      long now = lifetime.now();
      List<String> keys = slots.entrySet().stream()
          .filter(slot -> slot.getValue().untilMillis > now)
          .map(Map.Entry::getKey)
          .filter(key -> key.startsWith(keyPrefix) && key.contains(contains))
          .filter(key -> key.compareTo(cursor) > 0)
          .sorted()
          .limit(limit)
          .toList();
      return new KeyPage(keys, keys.size() < limit ? "" : keys.get(limit - 1));
    });
  }

  @Override
  public CompletionStage<Long> size(String keyPrefix) {
    return lifetime.answer(() -> {
      long now = lifetime.now();
      return slots.entrySet().stream()
          .filter(slot -> slot.getKey().startsWith(keyPrefix))
          .filter(slot -> slot.getValue().untilMillis > now)
          .count();
    });
  }

  void clear() {
    slots.clear();
  }

  private Slot slot(String key) {
    Content found = live(key);
    if (found == null) {
      return Slot.Empty.FREE;
    }
    // A copy, since the contract gives the body to the reader alone.
    return found.body == null
        ? new Slot.Placeholder(found.nonce)
        : new Slot.Filled(found.nonce, ByteBuffer.wrap(found.body.clone()));
  }

  private @Nullable Content live(String key) {
    Content found = slots.get(key);
    if (found != null && found.untilMillis <= lifetime.now()) {
      slots.remove(key, found);
      return null;
    }
    return found;
  }

  private boolean plantNow(String key, @Nullable Long expected, long nonce, Duration life) {
    Content placeholder = new Content(checked(nonce), null, lifetime.until(life));
    while (true) {
      Content found = live(key);
      if (expected != null && expected != (found == null ? 0 : found.nonce)) {
        return false;
      }
      boolean planted = found == null
          ? slots.putIfAbsent(key, placeholder) == null
          : slots.replace(key, found, placeholder);
      if (planted) {
        cullIfFull();
        return true;
      }
    }
  }

  private boolean fillNow(String key, long expected, Fill fill) {
    while (true) {
      Content found = live(key);
      if (found == null || found.nonce != expected) {
        return false;
      }
      Content entry = new Content(checked(fill.nonce()), fill.body(), lifetime.until(fill.life()));
      if (slots.replace(key, found, entry)) {
        return true;
      }
    }
  }

  private static long checked(long nonce) {
    if (nonce == 0) {
      throw new IllegalArgumentException("nonce: 0 is reserved");
    }
    return nonce;
  }

  private void cullIfFull() {
    if (slots.mappingCount() <= maxEntries || !culling.tryLock()) {
      return;
    }
    try {
      long now = lifetime.now();
      slots.values().removeIf(content -> content.untilMillis <= now);
      if (slots.mappingCount() > maxEntries) {
        List<Map.Entry<String, Content>> byEnd = new ArrayList<>(slots.entrySet());
        byEnd.sort(Comparator.comparingLong(slot -> slot.getValue().untilMillis));
        int surplus = byEnd.size() - (maxEntries - maxEntries / 8);
        byEnd.stream()
            .limit(Math.max(0, surplus))
            .forEach(slot -> slots.remove(slot.getKey(), slot.getValue()));
      }
    } finally {
      culling.unlock();
    }
  }
}
