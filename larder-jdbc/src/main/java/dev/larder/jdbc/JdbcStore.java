package dev.larder.jdbc;

import dev.larder.ConfigurationException;
import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.tier.Board;
import dev.larder.tier.Finding;
import dev.larder.tier.Store;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database tier: slots, log and outbox in PostgreSQL 12 or later.
 *
 * <p>It borrows connections from a data source, which should be a pool: up to {@value Calls#THREADS}
 * for calls, one that listens for as long as a follower waits, and one for the relay. Every statement
 * is a transaction of its own under READ COMMITTED; the connections' modes are set back. Where
 * application threads hold connections of the same pool while they wait for the cache, give the store a
 * pool of its own.
 *
 * <p>No call blocks its caller. A stage fails with {@link dev.larder.TierUnavailableException} when the
 * database failed or did not answer within the command time-out, when too many calls wait, or when a
 * table is missing: then {@link JdbcSchema#create} mends it without a restart. It fails with {@link
 * IllegalArgumentException} for what cannot be stored: keys of more than about 2,600 bytes, and
 * characters that the database's encoding lacks if that is not UTF-8.
 *
 * <p>Safe for use by many threads. {@link #close} leaves the data source open.
 */
public final class JdbcStore implements Store {

  private final Database database;
  private final Calls calls;
  private final JdbcTier tier;
  private final JdbcLog log;
  private final JdbcOutbox outbox;
  private final JdbcBoard board;
  private final JdbcCheckup checkup;
  private final Relay relay;
  private final Upkeep upkeep;
  private final Runnable owned;
  private final AtomicBoolean closed = new AtomicBoolean();

  private JdbcStore(Builder builder) {
    StoreSettings settings = builder.settings;
    String keyPrefix = settings.keyPrefix();
    Duration timeout = settings.commandTimeout();
    SchemaName schema = new SchemaName(builder.schema);
    database = new Database(builder.dataSource, schema, timeout, builder.createSchema);
    LogTable table = new LogTable(schema, keyPrefix);
    calls = new Calls(timeout, builder.executor);
    tier = new JdbcTier(database, calls, keyPrefix, settings.maxEntries(), builder.cullFrequency);
    log = new JdbcLog(database, table, calls, timeout, builder.forwarding);
    outbox = new JdbcOutbox(log, schema, keyPrefix);
    board = new JdbcBoard(database, calls, keyPrefix);
    checkup =
        new JdbcCheckup(builder.dataSource, schema, keyPrefix, settings.retainedRecords(), timeout);
    upkeep = new Upkeep(database, keyPrefix, settings.retainedRecords(), log::isForwarding);
    relay = new Relay(database, table, upkeep, timeout);
    owned = builder.owned;
    if (!builder.relayEvery.isZero()) {
      relay.start(builder.relayEvery);
    }
  }

  /**
   * Begins a store in a database.
   *
   * @param dataSource stays the caller's
   * @param settings names and limits
   */
  public static Builder builder(DataSource dataSource, StoreSettings settings) {
    return new Builder(dataSource, settings);
  }

  @Override
  public String name() {
    return Database.NAME;
  }

  @Override
  public String address() {
    return database.address();
  }

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public OriginLog log() {
    return log;
  }

  @Override
  public JdbcOutbox outbox() {
    return outbox;
  }

  @Override
  public Board board() {
    return board;
  }

  /** {@inheritDoc} One transaction does both. */
  @Override
  public CompletionStage<LogRecord> invalidate(Change change, Duration markerLife) {
    return log.append(change, markerLife);
  }

  /** {@inheritDoc} Some forty short statements on one connection. */
  @Override
  public CompletionStage<List<Finding>> checkup() {
    return calls.submit(checkup::run);
  }

  /** Does now what the store does every ten seconds: drops old records and what has expired. */
  void upkeep() {
    upkeep.run();
  }

  /** Refuses further calls and waits for those under way, at most the command time-out for each kind. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      relay.close();
      log.close();
      calls.close();
      owned.run();
    }
  }

  /** Collects the settings of a {@link JdbcStore}. Not safe for use by many threads. */
  public static final class Builder {

    private static final Duration LONGEST_RELAY = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final StoreSettings settings;
    private String schema = JdbcSchema.DEFAULT_NAME;
    private boolean createSchema = true;
    private @Nullable Executor executor;
    private Duration relayEvery = Duration.ofMillis(250);
    private int cullFrequency = 3;
    private boolean forwarding;
    private Runnable owned = () -> {};

    private Builder(DataSource dataSource, StoreSettings settings) {
      this.dataSource = dataSource;
      this.settings = settings;
    }

    /**
     * The schema that the tables lie in. Several larders with different key prefixes may share one.
     * Default {@code larder}; 1 to 63 lower-case letters, digits and underscores; not {@code public}.
     */
    public Builder schema(String schema) {
      this.schema = schema;
      return this;
    }

    /**
     * Whether the schema is created when it is not complete, at the first connection. Default true. A
     * table that is dropped later is not created again: the calls fail until {@link
     * JdbcSchema#create}.
     */
    public Builder createSchema(boolean createSchema) {
      this.createSchema = createSchema;
      return this;
    }

    /**
     * Runs the blocking calls; it must refuse rather than block when it is full, and stays the
     * caller's. Default: {@value Calls#THREADS} daemon threads of the store with room for 1,000
     * waiting calls.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /**
     * How often the outbox is looked at, at least 1 ms, at most 1 s. Default 250 ms. With 0 this store
     * neither relays by itself nor drops old records, and another has to.
     */
    public Builder relayEvery(Duration relayEvery) {
      this.relayEvery = relayEvery;
      return this;
    }

    /**
     * What goes when there are more than {@link StoreSettings#maxEntries} entries: what has expired,
     * then one in so many of the rest, the oldest first, and at least those over the limit. Default 3,
     * at least 0, which means all.
     */
    public Builder cullFrequency(int cullFrequency) {
      this.cullFrequency = cullFrequency;
      return this;
    }

    /**
     * Whether another store's log gets its records from this one: then none is dropped before it was
     * marked as forwarded, however many wait. Default: as soon as {@link OriginLog#unforwarded} or
     * {@link OriginLog#markForwarded} is called.
     */
    public Builder forwarding(boolean forwarding) {
      this.forwarding = forwarding;
      return this;
    }

    /** What the store closes when it is closed. */
    Builder owned(Runnable owned) {
      this.owned = owned;
      return this;
    }

    /**
     * Opens the store. It connects in the background: an unreachable server is no error here.
     *
     * @throws ConfigurationException if a setting is out of range; the message has every fault
     */
    public JdbcStore build() {
      List<String> faults = new ArrayList<>();
      Duration timeout = settings.commandTimeout();
      if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofHours(1)) > 0) {
        faults.add("commandTimeout: " + timeout + " is not between 1 ms and 1 h");
      }
      if (settings.retainedRecords() < 1) {
        faults.add("retainedRecords: " + settings.retainedRecords() + " is not 1 or greater");
      }
      if (settings.maxEntries() < 1) {
        faults.add("maxEntries: " + settings.maxEntries() + " is not 1 or greater");
      }
      if (!relayEvery.isZero()
          && (relayEvery.toMillis() < 1 || relayEvery.compareTo(LONGEST_RELAY) > 0)) {
        faults.add("relayEvery: " + relayEvery + " is not 0 or between 1 ms and 1 s");
      }
      if (cullFrequency < 0) {
        faults.add("cullFrequency: " + cullFrequency + " is not 0 or greater");
      }
      try {
        new SchemaName(schema);
      } catch (ConfigurationException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
      if (!faults.isEmpty()) {
        throw new ConfigurationException("database store: " + String.join("; ", faults));
      }
      return new JdbcStore(this);
    }
  }
}
