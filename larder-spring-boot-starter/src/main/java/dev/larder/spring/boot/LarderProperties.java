package dev.larder.spring.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * What {@code larder.*} says. Durations without a unit are milliseconds here, and seconds in {@code
 * larder.ttl} and {@code larder.caches}.
 *
 * @param enabled Whether Larder is configured at all.
 * @param keyPrefix First part of every key, and what keeps two applications on one Redis apart: 1 to 64 letters, digits, "_", ".", "-".
 * @param failFast Whether the start fails when a shared tier does not answer; otherwise the tier is degraded until it does.
 * @param tierTimeout Longest wait for a read or fill of a tier, 1 ms to 1 min.
 * @param logTimeout Longest wait for a log to take an invalidation, 1 ms to 1 min.
 * @param heartbeat Time between two proofs that this process knows all invalidations, 1 ms to 1 min.
 * @param startTimeout Longest time that the start waits for the shared tiers, 0 to 5 min.
 * @param keySecret Secret for hashed keys, so that they can't be guessed; at least 16 bytes.
 * @param valueSecret Secret of caches with encrypted values, at least 32 bytes; earlier ones, which are still read, behind it, apart by commas.
 * @param maxTags Tags that this process remembers, 100 to 100 million.
 * @param ringSize Invalidated keys that this process remembers, 100 to 10 million.
 * @param retainedRecords Records that the log keeps at least, 10,000 to 100 million.
 * @param redis The L2 tier.
 * @param database The database tier.
 * @param springCache Spring's own cache annotations.
 * @param annotations Larder's own annotations.
 * @param transactions Spring's transactions as units of work.
 * @param hibernate Invalidation by what Hibernate writes.
 * @param graphql The directives of GraphQL schemas.
 * @param session Sessions of Spring Session.
 * @param fragments Fragments of Thymeleaf templates.
 * @param warming Warm-ups.
 * @param metrics Meters of Micrometer.
 * @param observations Observations of loads.
 * @param health The health contributor.
 * @param console The web console, where larder-console is on the class path.
 * @param switches Which caches are on at the start; see larder.switches() for later.
 * @param ttl Named times, such as "larder.ttl.long=1800": seconds unless a unit is given, 1 ms to 366 days. The one named "default" holds for Spring's caches that have no other.
 * @param caches What the policy of a cache is to be, whatever code declares: "larder.caches.NAME.ttl=300". What is said of the name "default" holds for all caches of which nothing else is said.
 */
@ConfigurationProperties("larder")
public record LarderProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("larder") String keyPrefix,
    @DefaultValue("false") boolean failFast,
    @DefaultValue("100ms") Duration tierTimeout,
    @DefaultValue("1s") Duration logTimeout,
    @DefaultValue("333ms") Duration heartbeat,
    @DefaultValue("2s") Duration startTimeout,
    @Nullable String keySecret,
    @DefaultValue List<String> valueSecret,
    @DefaultValue("500000") int maxTags,
    @DefaultValue("65536") int ringSize,
    @DefaultValue("100000") int retainedRecords,
    @DefaultValue Redis redis,
    @DefaultValue Database database,
    @DefaultValue SpringCache springCache,
    @DefaultValue Annotations annotations,
    @DefaultValue Transactions transactions,
    @DefaultValue Hibernate hibernate,
    @DefaultValue Graphql graphql,
    @DefaultValue Session session,
    @DefaultValue Fragments fragments,
    @DefaultValue Warming warming,
    @DefaultValue Metrics metrics,
    @DefaultValue Observations observations,
    @DefaultValue Health health,
    @DefaultValue Console console,
    @DefaultValue Switches switches,
    @DefaultValue Map<String, String> ttl,
    @DefaultValue Map<String, CacheProperties> caches) {

  /** The prefix that is used when none is set. */
  static final String DEFAULT_PREFIX = "larder";

  /**
   * The L2 tier.
   *
   * @param enabled Whether Redis is used where an address is known.
   * @param url Address of Redis or Valkey, such as redis://localhost:6379. Without it REDIS_URL, VALKEY_URL, spring.data.redis.url and spring.data.redis.host are asked, in this order.
   * @param database Number of the Redis database of the log and of the caches that have no other, 0 or more, in place of the one in the address; the same in all processes. No effect on a cluster.
   * @param databases Redis database of the caches of one purpose, such as "larder.redis.databases.query=3"; 0 or more, the same in all processes. The purposes are view, fragment, query, api, and what "larder.caches.NAME.purpose" says. No effect on a cluster.
   */
  public record Redis(
      @DefaultValue("true") boolean enabled,
      @Nullable String url,
      @Nullable Integer database,
      @DefaultValue Map<String, Integer> databases) {}

  /**
   * The database tier.
   *
   * @param enabled Whether the database tier is used. Unset: where larder-jdbc is on the class path and there is a DataSource of PostgreSQL, or an address.
   * @param url Address of a database of its own, such as jdbc:postgresql://localhost/cache, instead of the application's DataSource.
   * @param maxEntries Entries that the tier holds at most, 10 to 100 million.
   */
  public record Database(
      @Nullable Boolean enabled,
      @Nullable String url,
      @DefaultValue("1000") int maxEntries) {}

  /**
   * Spring's own cache annotations.
   *
   * @param enabled Whether there is a CacheManager on Larder for @Cacheable, @CacheEvict and @CachePut.
   */
  public record SpringCache(@DefaultValue("true") boolean enabled) {}

  /**
   * Larder's own annotations.
   *
   * @param enabled Whether @Cached, @CachedAll, @Writes and @Invalidates work.
   */
  public record Annotations(@DefaultValue("true") boolean enabled) {}

  /**
   * Spring's transactions as units of work.
   *
   * @param enabled Whether invalidations inside a transaction wait for its commit.
   */
  public record Transactions(@DefaultValue("true") boolean enabled) {}

  /**
   * Invalidation by what Hibernate writes.
   *
   * @param enabled Whether larder-hibernate, where it is on the class path, joins the session factory.
   */
  public record Hibernate(@DefaultValue("true") boolean enabled) {}

  /**
   * The directives of GraphQL schemas.
   *
   * @param enabled Whether @cached and @cachedResponse work in the schema of Spring for GraphQL.
   */
  public record Graphql(@DefaultValue("true") boolean enabled) {}

  /**
   * Sessions of Spring Session, in servlet applications with spring-session-core.
   *
   * @param enabled Whether there is a SessionRepository on Larder's tiers.
   * @param timeout How long a session lives without use, in seconds unless a unit is given, 1 s to 366 days; negative is for ever. Unset: spring.session.timeout, then server.servlet.session.timeout, then 14 days.
   * @param redisDatabase Number of the Redis database that sessions have to themselves, 0 to 999; a cluster has but one, where their prefix keeps them apart.
   * @param database Whether sessions lie in a table. Unset: where the database tier is in the application's DataSource.
   * @param createTables Whether missing tables are made.
   * @param cleanupInterval Time between two removals of sessions that have ended, 1 s to 1 day.
   * @param saveMode Which attributes a save writes: on-set-attribute, on-get-attribute, always.
   * @param flushMode When changes are written: on-save, immediate.
   * @param maxInMemory Most sessions where there is neither Redis nor a table, 100 to 10 million.
   * @param attributeTypes Types that session attributes may have besides those that are there from the start, by a name that is stored: "larder.session.attribute-types.cart=com.acme.Cart". Lists are named as in Java.
   */
  public record Session(
      @DefaultValue("true") boolean enabled,
      @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration timeout,
      @DefaultValue("1") int redisDatabase,
      @Nullable Boolean database,
      @DefaultValue("true") boolean createTables,
      @DefaultValue("1m") Duration cleanupInterval,
      @DefaultValue("on-set-attribute") String saveMode,
      @DefaultValue("on-save") String flushMode,
      @DefaultValue("100000") int maxInMemory,
      @DefaultValue Map<String, String> attributeTypes) {}

  /**
   * Fragments of Thymeleaf templates.
   *
   * @param enabled Whether fragments of Thymeleaf templates are kept; otherwise they are rendered with each page.
   * @param checkAtStart Whether all templates are read at the start, so that a fragment that can't work stops it.
   */
  public record Fragments(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("true") boolean checkAtStart) {}

  /**
   * Warm-ups.
   *
   * @param enabled Whether methods with @Warms and beans of type WarmPlan are declared and run.
   * @param holdReadiness Whether the application is ready only when the warm-ups that ask for it have loaded their share, or their time is over.
   * @param hottest How many keys of each cache that the other nodes are asked for most are brought into L1 at the start, 0 (none) to 1000.
   */
  public record Warming(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("false") boolean holdReadiness,
      @DefaultValue("0") int hottest) {}

  /**
   * Meters of Micrometer, where it is on the class path.
   *
   * @param enabled Whether the registries of Spring Boot get the meters of the caches and tiers.
   */
  public record Metrics(@DefaultValue("true") boolean enabled) {}

  /**
   * Observations of loads, where an ObservationRegistry is.
   *
   * @param enabled Whether each load is an observation, so a timer and a span; hits never are.
   */
  public record Observations(@DefaultValue("true") boolean enabled) {}

  /**
   * The health contributor, where the actuator is on the class path; management.health.larder.enabled switches it off.
   *
   * @param impairedStatus Status while a tier is degraded, a log is not proved current, or invalidations wait: up, down, out-of-service, unknown. With all of them the reasons are told.
   */
  public record Health(@DefaultValue("up") String impairedStatus) {}

  /**
   * The web console, in servlet applications with larder-console.
   *
   * @param enabled Whether the console is mounted. It serves nothing until a token or a role is set too.
   * @param path Where it is mounted: begins with "/", and is followed by nothing.
   * @param token What opens the console to whoever knows it, 16 to 512 visible characters.
   * @param role Roles whose users may look.
   * @param actRole Roles whose users may look and, where actions are on, act.
   * @param valueRole Roles whose users may look and see stored values.
   * @param actions Whether anybody may invalidate, refresh, switch and warm.
   * @param tokenSeesValues Whether the token shows stored values.
   * @param secretCaches Caches whose values and key parts are shown to nobody.
   * @param history How long figures are kept for the chart, 0 to 1 h.
   * @param maxStreams Most live streams at once, 1 to 1,000.
   */
  public record Console(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("/larder") String path,
      @Nullable String token,
      @DefaultValue Set<String> role,
      @DefaultValue Set<String> actRole,
      @DefaultValue Set<String> valueRole,
      @DefaultValue("false") boolean actions,
      @DefaultValue("false") boolean tokenSeesValues,
      @DefaultValue({"session", "sessions"}) Set<String> secretCaches,
      @DefaultValue("10m") Duration history,
      @DefaultValue("32") int maxStreams) {

    /** Without the token. */
    @Override
    public String toString() {
      return "Console[enabled=" + enabled + ", path=" + path + "]";
    }
  }

  /**
   * What is cached from the start on, in this process.
   *
   * @param percent Share of the keys of all caches that are cached, 0 (none) to 100.
   * @param caches The same of one cache: "larder.switches.caches.NAME=0".
   */
  public record Switches(
      @DefaultValue("100") int percent, @DefaultValue Map<String, Integer> caches) {}

  /** Without secrets: what is printed by accident must not tell them. */
  @Override
  public String toString() {
    return "LarderProperties[keyPrefix=" + keyPrefix + "]";
  }
}
