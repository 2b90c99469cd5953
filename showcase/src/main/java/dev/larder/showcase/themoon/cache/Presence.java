package dev.larder.showcase.themoon.cache;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.strategy.TtlOnly;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * TTL only: who is online, for a minute after the last sign of life, and who is typing, for ten
 * seconds. It lies in L2, where every instance sees it, and nowhere else; while Redis is away nobody
 * is seen online, and nothing else happens. Where there is no Redis at all each instance knows its own
 * visitors only.
 */
@Component
public final class Presence {
  /** How long one who types counts as typing. */
  public static final Duration TYPING = Duration.ofSeconds(10);

  private static final Duration ONLINE = Duration.ofSeconds(60);

  private final TtlOnly<Long, Instant> online;
  private final TtlOnly<TypingKey, Instant> typing;

  /** Who types where. */
  record TypingKey(long conversation, long user) {}

  Presence(Larder larder, CachePolicies policies) {
    boolean hasL2 = larder.tiers().stream().anyMatch(tier -> tier.tier() == CacheTier.L2);
    CacheTier seen = hasL2 ? CacheTier.L2 : CacheTier.L1;
    online = TtlOnly.of(
        larder,
        "online",
        policies.apply(
            "online",
            CachePolicy.of(Long.class, Instant.class)
                .tiers(seen)
                .ttl(ONLINE)
                .jitter(0)
                .build()));
    typing = TtlOnly.of(
        larder,
        "typing",
        policies.apply(
            "typing",
            CachePolicy.of(TypingKey.class, Instant.class)
                .tiers(seen)
                .ttl(TYPING)
                .jitter(0)
                .build()));
  }

  /** A sign of life. */
  public void isHere(long user) {
    online.set(user, Instant.now());
  }

  /** Those of the users who gave a sign of life within a minute. */
  public Set<Long> online(Collection<Long> users) {
    return online.getMany(users).keySet();
  }

  /** Somebody types, or stopped. */
  public void types(long conversation, long user, boolean isTyping) {
    TypingKey key = new TypingKey(conversation, user);
    if (isTyping) {
      typing.set(key, Instant.now());
    } else {
      typing.delete(key);
    }
  }

  /** Whether somebody types. */
  public boolean isTyping(long conversation, long user) {
    return typing.get(new TypingKey(conversation, user)) != null;
  }
}
