package dev.larder.memory;

import dev.larder.ConfigurationException;
import dev.larder.log.InvalidationLog;
import dev.larder.log.OriginLog;
import dev.larder.tier.Board;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store on the heap of this process: slots, log and markers.
 *
 * <p>Several larders may share one instance; each is then a node of a cluster whose server is this
 * object. The sharer that made it closes it.
 *
 * <p>Every stage is complete when its method returns, except that {@link InvalidationLog#await}
 * waits. What depends on such a wait runs on the thread that appends the record, before its {@code
 * append} returns; a wait that runs out completes on the scheduler. Safe for use by many threads.
 *
 * <p>The store forgets everything when it is closed: waits end with an empty list, later calls fail
 * with {@link dev.larder.TierUnavailableException}.
 */
public final class MemoryStore implements Store {

  private final String name;
  private final Tier tier;
  private final InvalidationLog log;
  private final Board board;
  private final Runnable closer;

  private MemoryStore(Builder builder) {
    name = builder.name;
    Lifetime lifetime = new Lifetime(name, builder.clock, builder.scheduler);
    MemoryTier slots = new MemoryTier(lifetime, builder.maxEntries);
    MemoryLog records = builder.origin
        ? new MemoryOriginLog(name, lifetime, builder.retainedRecords)
        : new MemoryLog(name, lifetime, builder.retainedRecords);
    tier = slots;
    log = records;
    MemoryBoard notes = new MemoryBoard(lifetime);
    board = notes;
    closer = () -> {
      lifetime.end();
      slots.clear();
      records.clear();
      notes.clear();
    };
  }

  /** A store with the defaults of {@link Builder}. */
  public static MemoryStore create() {
    return builder().build();
  }

  /** Begins a store. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tier tier() {
    return tier;
  }

  /** Where invalidations are recorded; an {@link OriginLog} if {@link Builder#origin} was set. */
  @Override
  public InvalidationLog log() {
    return log;
  }

  @Override
  public Board board() {
    return board;
  }

  @Override
  public void close() {
    closer.run();
  }

  /** Collects the settings of a {@link MemoryStore}. Not safe for use by many threads. */
  public static final class Builder {

    private String name = "memory";
    private LongSupplier clock = System::currentTimeMillis;
    private @Nullable ScheduledExecutorService scheduler;
    private int retainedRecords = 100_000;
    private int maxEntries = 100_000;
    private boolean origin;

    private Builder() {}

    /**
     * Name of the store and of its log. Letters, digits and hyphens; default {@code memory}. Two
     * stores of one larder need different names.
     */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /**
     * The store's clock, in milliseconds since 1970: it ends lives and gives {@link
     * dev.larder.log.Tail#storeMillis}. Default: the system's.
     */
    public Builder clock(LongSupplier clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Ends waits that run out. It stays the caller's. Default: one daemon thread, started at the
     * first wait and ended by {@link MemoryStore#close}.
     */
    public Builder scheduler(ScheduledExecutorService scheduler) {
      this.scheduler = scheduler;
      return this;
    }

    /**
     * How many records the log keeps; older ones are dropped. Default 100,000, at least 1. Below
     * 10,000 it keeps less than {@link InvalidationLog} asks for, so that followers find gaps.
     */
    public Builder retainedRecords(int retainedRecords) {
      this.retainedRecords = retainedRecords;
      return this;
    }

    /**
     * How many slots the tier holds. Default 100,000, at least 1. When there are more, an eighth is
     * dropped: expired ones, then those that would expire first.
     */
    public Builder maxEntries(int maxEntries) {
      this.maxEntries = maxEntries;
      return this;
    }

    /**
     * Makes the log an {@link OriginLog}. It keeps records that were not marked as forwarded however
     * many they are, so it wants a relay. Default off.
     */
    public Builder origin(boolean origin) {
      this.origin = origin;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws ConfigurationException if a setting is out of range; the message has every fault
     */
    public MemoryStore build() {
      List<String> faults = new ArrayList<>();
      if (!name.matches("[A-Za-z0-9-]+")) {
        faults.add("name: '" + name + "' is not letters, digits and hyphens");
      }
      if (retainedRecords < 1) {
        faults.add("retainedRecords: " + retainedRecords + " is not 1 or greater");
      }
      if (maxEntries < 1) {
        faults.add("maxEntries: " + maxEntries + " is not 1 or greater");
      }
      if (!faults.isEmpty()) {
        throw new ConfigurationException("memory store: " + String.join("; ", faults));
      }
      return new MemoryStore(this);
    }
  }
}
