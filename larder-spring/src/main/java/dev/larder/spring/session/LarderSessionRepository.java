package dev.larder.spring.session;

import dev.larder.TierUnavailableException;
import dev.larder.stats.SessionStats;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.SaveMode;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

/**
 * Sessions of Spring Session on Larder's tiers.
 *
 * <p>Concurrent requests' changes merge attribute by attribute. A session that was deleted, or whose id
 * was changed, can't be saved again by its old id. A last use alone is written only if the stored one
 * is a hundredth of the idle time old, so that reading pages writes nothing. Stores, logs and messages
 * know digests of ids, never ids; see {@link #findByIndexNameAndIndexValue} for what follows.
 *
 * <p>Safe for many threads. Cost: a session is read with one round trip where it is cached, or one
 * statement; a save that changed something takes one to five.
 */
public final class LarderSessionRepository
    implements FindByIndexNameSessionRepository<LarderSession>, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(LarderSessionRepository.class);
  private static final String SECURITY_CONTEXT = "SPRING_SECURITY_CONTEXT";
  private static final int SHOWN = 8;

  /** Deletions that wait for the store; a digest takes about 150 bytes. */
  private static final int MOST_WAITING = 100_000;

  private static final int BATCH = 500;
  private static final int BATCHES = 20;

  private final SessionStore store;
  private final AttributeTypes types;
  private final SessionIds ids;
  private final Clock clock;
  private final Duration timeout;
  private final SaveMode saveMode;
  private final FlushMode flushMode;
  private final ApplicationEventPublisher events;
  private final PrincipalNameIndexResolver<LarderSession> principals =
      new PrincipalNameIndexResolver<>();
  private final SessionCounts counts = new SessionCounts();
  private final Set<String> waitingDeletions = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "larder-sessions");
        thread.setDaemon(true);
        return thread;
      });

  LarderSessionRepository(LarderSessions settings, SessionStore store) {
    this.store = store;
    this.types = settings.types();
    this.ids = new SessionIds(settings.secret());
    this.clock = settings.clock();
    this.timeout = settings.timeout();
    this.saveMode = settings.saveMode();
    this.flushMode = settings.flushMode();
    this.events = settings.events();
    long cleanup = settings.cleanupInterval().toMillis();
    every(1_000, this::retryDeletions);
    every(1_000, () -> counts.watch(store.isSkippingCache()));
    every(cleanup, this::cleanUp);
  }

  private void every(long millis, Runnable task) {
    // Neither task throws, and both end with the executor.
    var unused = upkeep.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * What this node did with sessions, and how many there are. Costs at most one bounded count of the
   * store in five seconds.
   */
  public SessionStats stats() {
    return counts.stats(store, clock.millis(), waitingDeletions::size);
  }

  /** Where the sessions lie and what that means, in one sentence. */
  public String description() {
    return store.description();
  }

  @Override
  public LarderSession createSession() {
    String id = ids.generate();
    return new LarderSession(this, id, digest(id), clock, timeout);
  }

  /**
   * {@inheritDoc} Nothing is stored if the session was deleted meanwhile, or its id changed by another
   * request.
   *
   * @throws TierUnavailableException if there was something to store and the store did not answer. A
   *     last use that could not be stored is no failure
   */
  @Override
  public void save(LarderSession session) {
    if (!session.isWorthSaving()) {
      return;
    }
    if (session.isNew()) {
      create(session);
      return;
    }
    SessionChange.NewId newId = session.isIdChanged() ? newId(session.getId()) : null;
    SessionChange change = session.change(newId, newPrincipal(session));
    boolean isTouch = newId == null
        && change.newPrincipal() == null
        && change.maxIdle() == null
        && change.put().isEmpty()
        && change.removed().isEmpty();
    String digest = session.savedDigest();
    try {
      if (waitingDeletions.contains(digest) || !counts.asking(() -> store.change(digest, change))) {
        counts.refused.increment();
        logger.debug("session {} is not saved: it was ended meanwhile", shown(digest));
      } else if (newId != null) {
        counts.idChanges.increment();
      }
    } catch (TierUnavailableException failure) {
      if (!isTouch) {
        throw failure;
      }
      logger.warn(
          "the last use of session {} is not stored: {}", shown(digest), failure.getMessage());
    }
    session.saved(newId == null ? digest : newId.digest());
  }

  private void create(LarderSession session) {
    // Its id may have been changed before it was ever stored.
    String digest = digest(session.getId());
    session.saved(digest);
    StoredSession whole = session.whole(ids.seal(session.getId(), digest), principal(session));
    counts.asking(() -> {
      store.create(whole);
      return true;
    });
    counts.created.increment();
    publish(new SessionCreatedEvent(this, session));
  }

  private SessionChange.NewId newId(String id) {
    String digest = digest(id);
    return new SessionChange.NewId(digest, ids.seal(id, digest));
  }

  private SessionChange.@Nullable NewPrincipal newPrincipal(LarderSession session) {
    return session.isChanged(PRINCIPAL_NAME_INDEX_NAME) || session.isChanged(SECURITY_CONTEXT)
        ? new SessionChange.NewPrincipal(principal(session))
        : null;
  }

  private @Nullable String principal(LarderSession session) {
    String name = principals.resolveIndexValueFor(session);
    return name == null ? null : ids.principal(name);
  }

  private String digest(String id) {
    String digest = ids.digest(id);
    if (digest == null) {
      throw new IllegalStateException("a handle stands for a session and is not its id");
    }
    return digest;
  }

  @Override
  public @Nullable LarderSession findById(String id) {
    String digest = ids.digest(id);
    StoredSession stored =
        digest == null ? null : counts.<@Nullable StoredSession>asking(() -> live(digest));
    return stored == null ? null : new LarderSession(this, id, stored, clock);
  }

  private @Nullable StoredSession live(String digest) {
    StoredSession stored = waitingDeletions.contains(digest) ? null : store.find(digest);
    StoredSession live = stored == null || stored.expiresAt() <= clock.millis() ? null : stored;
    counts.read(live != null);
    return live;
  }

  /**
   * {@inheritDoc} If the store does not answer, the deletion waits in this process, which refuses the
   * session from now on, and is made as soon as it does.
   *
   * @throws TierUnavailableException if 100,000 deletions wait already
   */
  @Override
  public void deleteById(String id) {
    String digest = ids.digest(id);
    if (digest == null) {
      return;
    }
    StoredSession ended = null;
    try {
      ended = live(digest);
      store.delete(digest);
    } catch (TierUnavailableException failure) {
      if (waitingDeletions.size() >= MOST_WAITING) {
        throw failure;
      }
      waitingDeletions.add(digest);
      logger.warn(
          "session {} is ended here; its store will know when it answers: {}",
          shown(digest),
          failure.getMessage());
    }
    if (ended != null) {
      counts.deleted.increment();
      publish(new SessionDeletedEvent(this, new LarderSession(this, id, ended, clock)));
    }
  }

  /**
   * The sessions of a principal; empty for any index but {@link #PRINCIPAL_NAME_INDEX_NAME}.
   *
   * <p>The keys, and the ids of the sessions found, are the ids of the sessions where a secret is set.
   * Without one nobody can tell an id from what is stored: they are handles then, with which this
   * process takes {@link #findById}, {@link #save} and {@link #deleteById}, and no other.
   */
  @Override
  public Map<String, LarderSession> findByIndexNameAndIndexValue(
      String indexName, String indexValue) {
    Map<String, LarderSession> found = new LinkedHashMap<>();
    if (!indexName.equals(PRINCIPAL_NAME_INDEX_NAME)) {
      return found;
    }
    long now = clock.millis();
    for (StoredSession stored : store.ofPrincipal(ids.principal(indexValue))) {
      if (stored.expiresAt() > now && !waitingDeletions.contains(stored.digest())) {
        String name = ids.name(stored.digest(), stored.sealedId());
        found.put(name, new LarderSession(this, name, stored, clock));
      }
    }
    return found;
  }

  private void retryDeletions() {
    try {
      for (Iterator<String> each = waitingDeletions.iterator(); each.hasNext(); ) {
        store.delete(each.next());
        each.remove();
      }
    } catch (RuntimeException failure) {
      logger.debug("deletions of sessions wait on: {}", failure.getMessage());
    }
  }

  /** Removes sessions that have ended, in batches, and tells who listens. Returns how many. */
  int cleanUp() {
    int removed = 0;
    try {
      for (int i = 0; i < BATCHES; i++) {
        List<StoredSession> expired = store.removeExpired(clock.millis(), BATCH);
        for (StoredSession each : expired) {
          String name = ids.name(each.digest(), each.sealedId());
          publish(new SessionExpiredEvent(this, new LarderSession(this, name, each, clock)));
        }
        removed += expired.size();
        counts.expired.add(expired.size());
        if (expired.size() < BATCH) {
          break;
        }
      }
    } catch (RuntimeException failure) {
      logger.warn("sessions that have ended are not removed now: {}", failure.getMessage());
    }
    return removed;
  }

  private void publish(ApplicationEvent event) {
    try {
      events.publishEvent(event);
    } catch (RuntimeException listener) {
      logger.error("a listener to sessions failed", listener);
    }
  }

  String newId() {
    return ids.generate();
  }

  AttributeTypes types() {
    return types;
  }

  SaveMode saveMode() {
    return saveMode;
  }

  FlushMode flushMode() {
    return flushMode;
  }

  private static String shown(String digest) {
    return digest.substring(0, SHOWN);
  }

  /** Ends background work and closes what the repository opened. Idempotent. */
  @Override
  public void close() {
    upkeep.shutdownNow();
    store.close();
  }
}
