package dev.larder.redis;

import dev.larder.ConfigurationException;
import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.tier.Board;
import dev.larder.tier.Finding;
import dev.larder.tier.Store;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on Redis or Valkey, 6.2 or later: slots, log and markers.
 *
 * <p>Opening it does not wait and does not fail when the server cannot be reached: the store
 * connects in the background, tries on for ever, and fails calls at once meanwhile. It comes back
 * by itself within about half a second of the server.
 *
 * <p>It holds two connections: one that all commands share, and one on which the log waits for
 * records. Redis runs commands one after another, so more connections would not make it faster; on
 * one they travel together, many in a packet. An answer waits for those before it: values of
 * megabytes belong elsewhere. On a cluster it holds two to each primary. Caches with a database of
 * their own have a connection for each such database.
 *
 * <p>Stages complete on Lettuce's event loop. What hangs on them must be short and must not block.
 * Cancelling a stage has no effect on anything else. Safe for use by many threads.
 */
public final class RedisStore implements Store {

  private static final Logger LOGGER = LoggerFactory.getLogger(RedisStore.class);

  private final String name;
  private final LettuceClient client;
  private final RedisLink link;
  private final RedisLink waitingLink;
  private final Databases databases;
  private final List<RedisLink> others;
  private final Tier tier;
  private final RedisLog log;
  private final RedisBoard board;
  private final RedisCheckup checkup;

  private RedisStore(Builder builder, StoreSettings settings, LettuceClient client) {
    name = builder.name;
    this.client = client;
    RedisLog.Keys keys = RedisLog.Keys.of(settings.keyPrefix());
    // A cluster has one database; there the keys' beginnings part the purposes.
    databases = Databases.of(
        settings.keyPrefix(),
        client.database(),
        client.isCluster() ? Map.of() : settings.databases());
    link = new RedisLink(
        client.setup(databases.own(), keys.probe(), new SameDatabases(keys, databases)),
        false,
        this::logWarnings);
    waitingLink = new RedisLink(
        client.setup(databases.own(), keys.probe(), any -> CompletableFuture.completedFuture(true)),
        true,
        () -> {});
    others = new ArrayList<>();
    tier = tier(keys);
    log = new RedisLog(
        name, link, waitingLink, keys, settings.commandTimeout(), settings.retainedRecords());
    board = new RedisBoard(link, keys);
    checkup = new RedisCheckup(link, keys, board, settings.keyPrefix(), settings.retainedRecords());
  }

  private Tier tier(RedisLog.Keys keys) {
    RedisTier own = new RedisTier(link);
    Map<Integer, RedisTier> tiers = new HashMap<>(Map.of(databases.own(), own));
    for (int database : databases.others()) {
      RedisLink other = new RedisLink(
          client.setup(database, keys.probe(), any -> CompletableFuture.completedFuture(true)),
          true,
          () -> {});
      others.add(other);
      tiers.put(database, new RedisTier(other));
    }
    return others.isEmpty() ? own : new PartedTier(databases, tiers);
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
  public String address() {
    return client.server();
  }

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public InvalidationLog log() {
    return log;
  }

  @Override
  public Board board() {
    return board;
  }

  /**
   * {@inheritDoc} One round trip and one atomic step for up to {@value
   * RedisTier#KEYS_PER_COMMAND} keys in the log's own database of a single server; else two.
   */
  @Override
  public CompletionStage<LogRecord> invalidate(Change change, Duration markerLife) {
    List<String> slots = change.keys();
    boolean isOneScript = !client.isCluster()
        && slots.size() <= RedisTier.KEYS_PER_COMMAND
        && slots.stream().allMatch(slot -> databases.of(slot) == databases.own());
    return !isOneScript
        ? Store.super.invalidate(change, markerLife)
        : log.append(change, markerLife, slots);
  }

  /** Whether the store is connected to a primary that accepts writes, as far as is known. */
  public boolean isConnected() {
    return link.isUp();
  }

  /**
   * What in the server's set-up will hurt, one sentence each; empty if nothing was found or the
   * server does not say. Logged once, at the first connection. One round trip.
   *
   * <p>Evictions never make a stale entry valid. They cost hits: an evicted marker turns entries
   * into misses, an evicted log all of them.
   */
  public CompletionStage<List<String>> warnings() {
    return link.call(
            connection -> connection.commands().info("memory"), RedisStore::evictionWarnings)
        .exceptionallyCompose(failure -> {
          for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
              // An access list that forbids the question is no fault.
              return CompletableFuture.completedFuture(List.of());
            }
          }
          return CompletableFuture.failedFuture(failure);
        });
  }

  /** {@inheritDoc} Some thirty commands. Of a cluster one node is asked for what concerns a server. */
  @Override
  public CompletionStage<List<Finding>> checkup() {
    return checkup.run();
  }

  /**
   * Ends the connections and whatever else the store opened. Calls under way fail, later ones too.
   * Waits at most two seconds, also when the server is gone. Has no effect the second time.
   */
  @Override
  public void close() {
    link.close();
    waitingLink.close();
    others.forEach(RedisLink::close);
    client.close();
  }

  private void logWarnings() {
    warnings()
        .thenAccept(warnings ->
            warnings.forEach(warning -> LOGGER.warn("redis {}: {}", client.server(), warning)));
  }

  static List<String> evictionWarnings(String memory) {
    String limit = field(memory, "maxmemory");
    String policy = field(memory, "maxmemory_policy");
    if (limit == null || limit.equals("0") || policy == null) {
      return List.of();
    }
    if (policy.startsWith("allkeys-")) {
      return List.of("maxmemory-policy is " + policy + ": when memory runs out the server may drop"
          + " the invalidation log and its markers, which makes every entry a miss. volatile-ttl or"
          + " noeviction keeps the log; a server of its own for the cache with enough memory keeps"
          + " both");
    }
    if (policy.startsWith("volatile-") && !policy.equals("volatile-ttl")) {
      return List.of("maxmemory-policy is " + policy + ": when memory runs out the server may drop"
          + " markers of whole caches, which makes their entries misses. volatile-ttl drops what"
          + " ends soonest, and markers end last");
    }
    return List.of();
  }

  static @Nullable String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  /** Collects the settings of a {@link RedisStore}. Not safe for use by many threads. */
  public static final class Builder {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration GREATEST_TIMEOUT = Duration.ofMinutes(1);

    private String name = "redis";
    private @Nullable String uri;
    private @Nullable RedisClient caller;
    private @Nullable RedisURI callersUri;
    private @Nullable StoreSettings settings;
    private Duration connectTimeout = Duration.ofSeconds(1);

    private Builder() {}

    /**
     * The server's address, for example {@code redis://:password@localhost:6379/0}. Schemes: {@code
     * redis}, {@code rediss} (TLS), {@code valkey}, {@code valkeys}, each also with {@code
     * -sentinel} or {@code -cluster}. This or {@link #client} is needed.
     */
    public Builder uri(String uri) {
      this.uri = uri;
      return this;
    }

    /**
     * The application's own Lettuce client, instead of {@link #uri}. The store takes its resources
     * (threads), its TLS and socket options; it keeps its own connections and its own rules for
     * time-outs and broken links, and closes nothing of the client's.
     *
     * @param client the application's, open for as long as the store is
     * @param uri the server, with credentials; a single server or sentinels
     */
    public Builder client(RedisClient client, RedisURI uri) {
      this.caller = client;
      this.callersUri = uri;
      return this;
    }

    /**
     * Prefix, time-out and limits. Needed. The prefix has no braces; the time-out is 1 ms to 1 min;
     * with less than 10,000 retained records the log keeps less than its contract asks for, so that
     * followers find gaps. The most entries are the server's affair.
     */
    public Builder settings(StoreSettings settings) {
      this.settings = settings;
      return this;
    }

    /**
     * Name of the store and of its log: letters, digits and hyphens. Default {@code redis}. Two
     * stores of one larder need different names, and all nodes the same.
     */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /**
     * Longest time to reach the server, and again to greet it. Default 1 s, 1 ms to 1 min. No call
     * waits for it longer than the command time-out.
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    /**
     * Opens the store. Does not wait for the server.
     *
     * @throws ConfigurationException if a setting is missing or wrong; the message has every fault
     *     and no credentials
     */
    public RedisStore build() {
      List<String> faults = new ArrayList<>();
      if (!name.matches("[A-Za-z0-9-]+")) {
        faults.add("name: '" + name + "' is not letters, digits and hyphens");
      }
      if ((uri == null) == (caller == null)) {
        faults.add("give either uri or client");
      }
      checkTimeout("connectTimeout", connectTimeout, faults);
      StoreSettings given = settings;
      if (given == null) {
        faults.add("settings: missing");
      } else {
        checkTimeout("commandTimeout", given.commandTimeout(), faults);
        if (given.keyPrefix().matches("(?s).*[{}].*")) {
          faults.add("keyPrefix: '" + given.keyPrefix() + "' has braces, which part hash tags");
        }
        if (given.retainedRecords() < 1) {
          faults.add("retainedRecords: " + given.retainedRecords() + " is not 1 or greater");
        }
      }
      RedisAddress address = null;
      if (uri != null) {
        try {
          address = RedisAddress.parse(uri);
        } catch (ConfigurationException e) {
          faults.add(String.valueOf(e.getMessage()));
        }
      }
      if (!faults.isEmpty() || given == null) {
        throw new ConfigurationException("redis store: " + String.join("; ", faults));
      }
      RedisStore store = new RedisStore(this, given, client(address, given.commandTimeout()));
      store.link.start();
      store.others.forEach(RedisLink::start);
      return store;
    }

    private LettuceClient client(@Nullable RedisAddress address, Duration commandTimeout) {
      if (address != null) {
        return LettuceClient.open(address, commandTimeout, connectTimeout);
      }
      if (caller == null || callersUri == null) {
        throw new IllegalStateException("neither uri nor client");
      }
      return LettuceClient.beside(caller, callersUri, commandTimeout, connectTimeout);
    }

    private static void checkTimeout(String option, Duration given, List<String> faults) {
      if (given.compareTo(LEAST_TIMEOUT) < 0 || given.compareTo(GREATEST_TIMEOUT) > 0) {
        faults.add(option + ": " + given + " is not 1 ms to 1 min");
      }
    }
  }
}
