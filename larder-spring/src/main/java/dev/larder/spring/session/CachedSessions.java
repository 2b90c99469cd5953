package dev.larder.spring.session;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.UnitOfWork;
import dev.larder.log.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a table, with a cache in Redis before it.
 *
 * <p>The table is the source: whatever the cache loses, or had when it went away, is judged by the
 * invalidation log, which lies in the database too. So a log-out while Redis is away holds when Redis
 * comes back with its old data. What ends an id, a deletion or a new id, writes its invalidation in the
 * same transaction. Memory of the process is left out: an id must be dead everywhere at once.
 */
final class CachedSessions implements SessionStore {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final TableSessions table;
  private final Larder larder;
  private final Cache<String, StoredSession> cache;
  private final @Nullable Outbox outbox;
  private final LongAdder foundInTable = new LongAdder();

  /**
   * Sessions in a cache of this larder, which they have to themselves and close: nothing that happens
   * to the caches of the application happens to them.
   */
  CachedSessions(TableSessions table, Larder larder, Clock clock) {
    this.table = table;
    this.larder = larder;
    this.outbox = larder.outbox().orElse(null);
    this.cache = larder.cache(
        "session",
        CachePolicy.of(String.class, StoredSession.class)
            // The database tier too: what opts out of it has its invalidations in Redis' log alone.
            .tiers(CacheTier.L2, CacheTier.DATABASE)
            .jitter(0)
            .ttlFrom((digest, session) -> life(session, clock))
            .build());
  }

  private static Duration life(StoredSession session, Clock clock) {
    long millis = session.expiresAt() - clock.millis();
    return millis >= LONGEST.toMillis() ? LONGEST : Duration.ofMillis(Math.max(1, millis));
  }

  @Override
  public void create(StoredSession session) {
    cache.write(session.digest(), () -> {
      table.create(session);
      return session;
    });
  }

  @Override
  public @Nullable StoredSession find(String digest) {
    return cache.get(digest, key -> {
      StoredSession found = table.find(key);
      if (found != null) {
        foundInTable.increment();
      }
      return found;
    });
  }

  @Override
  public boolean change(String digest, SessionChange change) {
    if (change.newId() != null) {
      return end(digest, connection -> table.change(connection, digest, change));
    }
    AtomicBoolean isThere = new AtomicBoolean();
    cache.write(digest, () -> {
      StoredSession changed = table.changed(digest, change);
      isThere.set(changed != null);
      return changed;
    });
    return isThere.get();
  }

  @Override
  public void delete(String digest) {
    end(digest, connection -> table.delete(connection, digest));
  }

  /** Ends an id: in the table and, by the same transaction, in the cache of every node. */
  private boolean end(String digest, SessionTable.Work<Boolean> work) {
    UnitOfWork unit = larder.beginUnit();
    boolean isKnown = false;
    try {
      cache.invalidate(digest);
      boolean done = table.table().in(connection -> {
        boolean isEnded = work.on(connection);
        if (outbox != null) {
          unit.write(outbox, connection);
        }
        return isEnded;
      });
      isKnown = true;
      unit.commit();
      return done;
    } finally {
      if (!isKnown) {
        // It may have been committed all the same, if the link broke then.
        unit.endUnknown();
      }
    }
  }

  @Override
  public List<StoredSession> ofPrincipal(String principal) {
    return table.ofPrincipal(principal);
  }

  @Override
  public List<StoredSession> removeExpired(long now, int most) {
    return table.removeExpired(now, most);
  }

  @Override
  public long living(long now) {
    return table.living(now);
  }

  @Override
  public long foundInStore() {
    return foundInTable.sum();
  }

  @Override
  public boolean isSkippingCache() {
    return larder.tiers().stream()
        .anyMatch(tier -> tier.tier() == CacheTier.L2 && tier.isDegraded());
  }

  @Override
  public String description() {
    return table.description() + ", with a cache in Redis before it";
  }

  @Override
  public void close() {
    larder.close();
  }
}
