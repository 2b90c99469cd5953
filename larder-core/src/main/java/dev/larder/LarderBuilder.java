package dev.larder;

import dev.larder.codec.CodecProvider;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineStart;
import dev.larder.key.KeySettings;
import dev.larder.tier.Store;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Larder}. Without a store it caches in this process alone. Not safe for many threads.
 */
public final class LarderBuilder {

  private String keyPrefix = "larder";
  private @Nullable String l2Address;
  private @Nullable Store l2Store;
  private @Nullable String databaseAddress;
  private @Nullable DataSource dataSource;
  private @Nullable Store databaseStore;
  private @Nullable CodecProvider codecs;
  private TimeSource time = TimeSource.SYSTEM;
  private @Nullable Executor executor;
  private @Nullable ScheduledExecutorService scheduler;
  private UnaryOperator<Runnable> context = UnaryOperator.identity();
  private @Nullable LookupListener listener;
  private LoadObserver observer = LoadObserver.NONE;
  private byte @Nullable [] keySecret;
  private final List<byte[]> valueSecrets = new ArrayList<>();
  private Duration tierTimeout = Duration.ofMillis(100);
  private Duration logTimeout = Duration.ofSeconds(1);
  private Duration heartbeat = Duration.ofMillis(333);
  private Duration startTimeout = Duration.ofSeconds(2);
  private int maxTags = 500_000;
  private int ringSize = 65_536;
  private double checkedHits;
  private int retainedRecords = 100_000;
  private int maxDatabaseEntries = 1_000;
  private final Map<String, Integer> redisDatabases = new TreeMap<>();

  LarderBuilder() {}

  /**
   * First part of every key, and what keeps the logs of two applications apart: default {@code
   * larder}; 1 to 64 letters, digits, {@code _ . -}.
   */
  public LarderBuilder keyPrefix(String keyPrefix) {
    this.keyPrefix = keyPrefix;
    return this;
  }

  /** The L2 tier in Redis or Valkey, as {@code redis://host:port}. Needs larder-redis. */
  public LarderBuilder redis(String address) {
    this.l2Address = address;
    this.l2Store = null;
    return this;
  }

  /**
   * Has the caches of one {@link CachePolicyBuilder#purpose} in a Redis database of their own,
   * 0 or more, where they can be counted and emptied apart; the log stays where the address says. All
   * processes of a key prefix must say the same: one that differs is refused by the others' tier, since
   * it would look for entries, and invalidate them, in the wrong place. A cluster has no databases;
   * there the purpose is what the keys begin with, and this has no effect.
   */
  public LarderBuilder redisDatabase(String purpose, int database) {
    this.redisDatabases.put(purpose, database);
    return this;
  }

  /** The L2 tier in a store of the caller's, which stays the caller's to close. */
  public LarderBuilder l2(Store store) {
    this.l2Store = store;
    this.l2Address = null;
    return this;
  }

  /** The database tier in a data source of the caller's. Needs larder-jdbc. */
  public LarderBuilder database(DataSource dataSource) {
    this.dataSource = dataSource;
    this.databaseAddress = null;
    this.databaseStore = null;
    return this;
  }

  /** The database tier at an address, as {@code jdbc:postgresql://host/db}. Needs larder-jdbc. */
  public LarderBuilder database(String address) {
    this.databaseAddress = address;
    this.dataSource = null;
    this.databaseStore = null;
    return this;
  }

  /** The database tier in a store of the caller's, which stays the caller's to close. */
  public LarderBuilder database(Store store) {
    this.databaseStore = store;
    this.dataSource = null;
    this.databaseAddress = null;
    return this;
  }

  /** Where codecs come from: default the first on the class path (larder-json). */
  public LarderBuilder codecs(CodecProvider codecs) {
    this.codecs = codecs;
    return this;
  }

  /** Clocks, for tests: default the machine's. */
  public LarderBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /** Runs background loads and loads with a time-out: default a pool of daemon threads. */
  public LarderBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  /**
   * Runs heartbeats, relays and waits, all of them short: default two daemon threads. It stays the
   * caller's.
   */
  public LarderBuilder scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    return this;
  }

  /** Carries the caller's context (transaction, security, logging) to the executor: default nothing. */
  public LarderBuilder context(UnaryOperator<Runnable> context) {
    this.context = context;
    return this;
  }

  /** Hears of every answered lookup, beside those that were added before. */
  public LarderBuilder listener(LookupListener listener) {
    LookupListener before = this.listener;
    this.listener = before == null ? listener : new BothListeners(before, listener);
    return this;
  }

  /** Stands around every load, for traces. */
  public LarderBuilder observer(LoadObserver observer) {
    this.observer = observer;
    return this;
  }

  /** Secret for hashed keys, so that they can't be guessed: at least 16 bytes. */
  public LarderBuilder keySecret(byte[] secret) {
    this.keySecret = secret.clone();
    return this;
  }

  /**
   * Secret under which caches with {@link CachePolicyBuilder#encrypted} store their values: at least 32
   * bytes, none of them guessable. All nodes have the same. To change it, give the new one everywhere as
   * an earlier one first, then in this place with the old one as an earlier one, and leave the old one out
   * when what it encrypted has run out.
   *
   * @param earlier values that one of these encrypted are read too
   */
  public LarderBuilder valueSecret(byte[] secret, byte[]... earlier) {
    valueSecrets.clear();
    valueSecrets.add(secret.clone());
    for (byte[] each : earlier) {
      valueSecrets.add(each.clone());
    }
    return this;
  }

  /** Longest wait for a read or fill of a tier: default 100 ms, 1 ms to 1 min. */
  public LarderBuilder tierTimeout(Duration timeout) {
    this.tierTimeout = timeout;
    return this;
  }

  /** Longest wait for a log to take an invalidation: default 1 s, 1 ms to 1 min. */
  public LarderBuilder logTimeout(Duration timeout) {
    this.logTimeout = timeout;
    return this;
  }

  /**
   * Time between two proofs that this node is current: default 333 ms, 1 ms to 1 min. At most a third
   * of the smallest {@code maxStaleness}, or L1 pauses between proofs.
   */
  public LarderBuilder heartbeat(Duration heartbeat) {
    this.heartbeat = heartbeat;
    return this;
  }

  /** Longest time that {@link #build} waits for the stores: default 2 s; 0 does not wait. */
  public LarderBuilder startTimeout(Duration timeout) {
    this.startTimeout = timeout;
    return this;
  }

  /** Tags that this node remembers: default 500,000, 100 to 100 million. */
  public LarderBuilder maxTags(int tags) {
    this.maxTags = tags;
    return this;
  }

  /** Invalidated keys that this node remembers: default 65,536, 100 to 10 million. */
  public LarderBuilder ringSize(int keys) {
    this.ringSize = keys;
    return this;
  }

  /**
   * Compares a sample of the fresh hits in L1 with the source, in the background, and tells operators of
   * those that differ though nothing was invalidated. Each check is one load that callers don't wait
   * for; at most two of a cache run at once. Default 0.
   *
   * @param share of hits, 0 (none) to 1 (all)
   */
  public LarderBuilder checkHits(double share) {
    this.checkedHits = share;
    return this;
  }

  /** Records that the log keeps at least: default 100,000, 10,000 to 100 million. */
  public LarderBuilder retainedRecords(int records) {
    this.retainedRecords = records;
    return this;
  }

  /** Entries that the database tier holds at most: default 1,000, 10 to 100 million. */
  public LarderBuilder maxDatabaseEntries(int entries) {
    this.maxDatabaseEntries = entries;
    return this;
  }

  /**
   * The larder. Waits for the stores up to the start time-out; one that does not answer by then is
   * degraded until it does.
   *
   * @throws ConfigurationException naming every wrong setting
   */
  public Larder build() {
    List<String> faults = new ArrayList<>();
    check(
        faults,
        keyPrefix.matches("[A-Za-z0-9_.-]{1,64}"),
        "keyPrefix: '" + keyPrefix + "' is not 1 to 64 letters, digits, _ . -");
    range(faults, "tierTimeout", tierTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    range(faults, "logTimeout", logTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    range(faults, "heartbeat", heartbeat, Duration.ofMillis(1), Duration.ofMinutes(1));
    range(faults, "startTimeout", startTimeout, Duration.ZERO, Duration.ofMinutes(5));
    range(faults, "maxTags", maxTags, 100, 100_000_000);
    range(faults, "ringSize", ringSize, 100, 10_000_000);
    check(
        faults,
        checkedHits >= 0 && checkedHits <= 1,
        "checkHits: " + checkedHits + " is not 0 to 1");
    range(faults, "retainedRecords", retainedRecords, 10_000, 100_000_000);
    range(faults, "maxDatabaseEntries", maxDatabaseEntries, 10, 100_000_000);
    check(
        faults,
        keySecret == null || keySecret.length >= 16,
        "keySecret: fewer than 16 bytes are too easy to guess");
    check(
        faults,
        valueSecrets.stream().allMatch(secret -> secret.length >= 32),
        "valueSecret: fewer than 32 bytes are too easy to guess");
    redisDatabases.forEach((purpose, database) -> {
      check(
          faults,
          KeySettings.isPurpose(purpose),
          "redisDatabase: purpose '" + purpose + "' is not 1 to " + KeySettings.LONGEST_PURPOSE
              + " of a-z 0-9 _ -");
      check(
          faults,
          database >= 0,
          "redisDatabase: " + purpose + "=" + database + " is not 0 or more");
    });
    check(
        faults,
        redisDatabases.isEmpty() || l2Address != null,
        "redisDatabase: needs redis(address)");
    if (!faults.isEmpty()) {
      throw new ConfigurationException("larder: " + String.join("; ", faults));
    }
    StoreSettings settings = new StoreSettings(
        keyPrefix, logTimeout, retainedRecords, maxDatabaseEntries, redisDatabases);
    List<Store> opened = new ArrayList<>();
    try {
      Store l2 = l2Store;
      if (l2 == null && l2Address != null) {
        String address = l2Address;
        l2 = open("redis", opened, provider -> provider.open(address, settings));
      }
      Store database = databaseStore;
      if (database == null && dataSource != null) {
        DataSource source = dataSource;
        database = open("database", opened, provider -> provider.open(source, settings));
      } else if (database == null && databaseAddress != null) {
        String address = databaseAddress;
        database = open("database", opened, provider -> provider.open(address, settings));
      }
      return new Larder(EngineStart.start(
          new Engine.Settings(
              keyPrefix,
              l2,
              database,
              codecs,
              time,
              executor,
              scheduler,
              context,
              listener,
              observer,
              keySecret,
              List.copyOf(valueSecrets),
              tierTimeout,
              logTimeout,
              heartbeat,
              startTimeout,
              maxTags,
              ringSize,
              checkedHits),
          opened));
    } catch (RuntimeException failure) {
      opened.forEach(Store::close);
      throw failure;
    }
  }

  private static Store open(
      String option, List<Store> opened, Function<StoreProvider, @Nullable Store> opening) {
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      Store store = opening.apply(provider);
      if (store != null) {
        opened.add(store);
        return store;
      }
    }
    throw new ConfigurationException(option
        + ": nothing on the class path opens this address; add larder-redis for redis://, "
        + "larder-jdbc for a DataSource or jdbc:postgresql:");
  }

  private static void range(
      List<String> faults, String name, Duration value, Duration least, Duration most) {
    check(
        faults,
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        name + ": " + value + " is not " + least + " to " + most);
  }

  private static void range(List<String> faults, String name, int value, int least, int most) {
    check(
        faults,
        value >= least && value <= most,
        name + ": " + value + " is not " + least + " to " + most);
  }

  private static void check(List<String> faults, boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
