package dev.larder.spring.session;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.codec.CodecProvider;
import dev.larder.memory.MemoryStore;
import dev.larder.tier.Store;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;

/**
 * Builds a {@link LarderSessionRepository}. Not safe for many threads.
 *
 * <p>With a database sessions lie in a table, and Redis is a cache before it where there is one. With
 * Redis alone they lie there; with neither, in this process.
 */
public final class LarderSessions {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final CodecProvider codecs;
  private String keyPrefix = "larder";
  private @Nullable String redis;
  private @Nullable Store redisStore;
  private @Nullable DataSource database;
  private boolean createTables = true;
  private @Nullable AttributeTypes types;
  private byte @Nullable [] secret;
  private Clock clock = Clock.systemUTC();
  private Duration timeout = Duration.ofDays(14);
  private Duration cleanupInterval = Duration.ofMinutes(1);
  private Duration tierTimeout = Duration.ofMillis(100);
  private Duration logTimeout = Duration.ofSeconds(1);
  private Duration startTimeout = Duration.ofSeconds(2);
  private SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;
  private FlushMode flushMode = FlushMode.ON_SAVE;
  private int maxInMemory = 100_000;
  private ApplicationEventPublisher events = event -> {};

  private LarderSessions(CodecProvider codecs) {
    this.codecs = codecs;
  }

  /** Begins with the defaults: in this process, two weeks. */
  public static LarderSessions builder(CodecProvider codecs) {
    return new LarderSessions(codecs);
  }

  /**
   * What keeps the sessions of two applications apart: default {@code larder}; 1 to 56 letters, digits,
   * {@code _ . -}. Keys in Redis begin with it and {@code -session}.
   */
  public LarderSessions keyPrefix(String keyPrefix) {
    this.keyPrefix = keyPrefix;
    return this;
  }

  /** Redis or Valkey at an address, whose database the sessions best have to themselves. */
  public LarderSessions redis(String address) {
    this.redis = address;
    this.redisStore = null;
    return this;
  }

  /** As {@link #redis(String)}, in a store of the caller's, who closes it. */
  public LarderSessions redis(Store store) {
    this.redisStore = store;
    this.redis = null;
    return this;
  }

  /** PostgreSQL. Needs larder-jdbc as well if there is Redis too: for the log that both follow. */
  public LarderSessions database(DataSource database) {
    this.database = database;
    return this;
  }

  /** Whether missing tables are made: default yes. */
  public LarderSessions createTables(boolean createTables) {
    this.createTables = createTables;
    return this;
  }

  /** What sessions may hold: default the types that are there from the start. */
  public LarderSessions types(AttributeTypes types) {
    this.types = types;
    return this;
  }

  /**
   * Secret under which ids are stored, so that sessions found by their principal have their own ids;
   * at least 16 bytes. Default null: ids are not stored in any form that can be read back.
   */
  public LarderSessions secret(byte @Nullable [] secret) {
    this.secret = secret == null ? null : secret.clone();
    return this;
  }

  /** The clock that ends sessions: default the system's. */
  public LarderSessions clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** How long a new session lives without use: default 14 days, 1 s to 366 days, negative for ever. */
  public LarderSessions timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** Time between two removals of what has ended: default 1 min, 1 s to 1 day. */
  public LarderSessions cleanupInterval(Duration interval) {
    this.cleanupInterval = interval;
    return this;
  }

  /** As {@link dev.larder.LarderBuilder#tierTimeout}, of the cache before the table. */
  public LarderSessions tierTimeout(Duration timeout) {
    this.tierTimeout = timeout;
    return this;
  }

  /** As {@link dev.larder.LarderBuilder#logTimeout}; without a database the longest wait for Redis. */
  public LarderSessions logTimeout(Duration timeout) {
    this.logTimeout = timeout;
    return this;
  }

  /** As {@link dev.larder.LarderBuilder#startTimeout}. */
  public LarderSessions startTimeout(Duration timeout) {
    this.startTimeout = timeout;
    return this;
  }

  /** Which attributes a save writes: default those that were set. */
  public LarderSessions saveMode(SaveMode saveMode) {
    this.saveMode = saveMode;
    return this;
  }

  /** When changes are written: default when the session is saved. */
  public LarderSessions flushMode(FlushMode flushMode) {
    this.flushMode = flushMode;
    return this;
  }

  /**
   * Most sessions in this process, where there is neither Redis nor a database: default 100,000, 100 to
   * 10 million. Past that those go that would end first.
   */
  public LarderSessions maxInMemory(int sessions) {
    this.maxInMemory = sessions;
    return this;
  }

  /** Who hears of created, deleted and expired sessions. */
  public LarderSessions events(ApplicationEventPublisher events) {
    this.events = events;
    return this;
  }

  /**
   * The repository. Close it.
   *
   * @throws ConfigurationException naming every wrong setting, or a table that is not there
   */
  public LarderSessionRepository build() {
    List<String> faults = new ArrayList<>();
    if (!keyPrefix.matches("[A-Za-z0-9_.-]{1,56}")) {
      faults.add("key prefix '" + keyPrefix + "' is not 1 to 56 letters, digits, _ . -");
    }
    if (!timeout.isNegative()) {
      range(faults, "timeout", timeout, Duration.ofSeconds(1), LONGEST);
    }
    range(faults, "cleanup interval", cleanupInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    if (maxInMemory < 100 || maxInMemory > 10_000_000) {
      faults.add("at most " + maxInMemory + " in memory is not 100 to 10,000,000");
    }
    if (secret != null && secret.length < 16) {
      faults.add("a secret of fewer than 16 bytes is too easy to guess");
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException("larder.session: " + String.join("; ", faults));
    }
    return new LarderSessionRepository(this, store());
  }

  private SessionStore store() {
    String prefix = keyPrefix + "-session";
    DataSource source = database;
    if (source == null) {
      return held(prefix);
    }
    SessionTable table = new SessionTable(source, createTables);
    table.prepare();
    TableSessions sessions = new TableSessions(table, keyPrefix);
    if (redis == null && redisStore == null) {
      return sessions;
    }
    var builder = Larder.builder()
        .keyPrefix(prefix)
        .codecs(codecs)
        .tierTimeout(tierTimeout)
        .logTimeout(logTimeout)
        .startTimeout(startTimeout)
        .database(source);
    if (redisStore != null) {
      builder.l2(redisStore);
    } else if (redis != null) {
      builder.redis(redis);
    }
    return new CachedSessions(sessions, builder.build(), clock);
  }

  private SessionStore held(String prefix) {
    Store store = redisStore;
    boolean isOwned = store == null;
    if (store == null) {
      store = redis == null
          ? MemoryStore.builder().clock(clock::millis).maxEntries(maxInMemory).build()
          : open(redis, prefix);
    }
    awaitAnswer(store, prefix);
    return new TierSessions(store, isOwned, prefix, logTimeout, clock, codecs);
  }

  /** Stores connect in the background; the first request is not to fail for that. */
  private void awaitAnswer(Store store, String prefix) {
    long deadline = System.nanoTime() + startTimeout.toNanos();
    while (deadline - System.nanoTime() > 0) {
      try {
        var read = store.tier().read(prefix + ":probe").toCompletableFuture();
        read.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return;
      } catch (ExecutionException | TimeoutException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Store open(String address, String prefix) {
    StoreSettings settings = new StoreSettings(prefix, logTimeout, 10_000, 1_000);
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      Store store = provider.open(address, settings);
      if (store != null) {
        return store;
      }
    }
    throw new ConfigurationException("larder.session: nothing on the class path opens this address;"
        + " add larder-redis for redis://");
  }

  private static void range(
      List<String> faults, String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      faults.add(name + " " + value + " is not " + least + " to " + most);
    }
  }

  AttributeTypes types() {
    return types == null ? AttributeTypes.builder(codecs).build() : types;
  }

  byte @Nullable [] secret() {
    return secret;
  }

  Clock clock() {
    return clock;
  }

  Duration timeout() {
    return timeout;
  }

  Duration cleanupInterval() {
    return cleanupInterval;
  }

  SaveMode saveMode() {
    return saveMode;
  }

  FlushMode flushMode() {
    return flushMode;
  }

  ApplicationEventPublisher events() {
    return events;
  }
}
