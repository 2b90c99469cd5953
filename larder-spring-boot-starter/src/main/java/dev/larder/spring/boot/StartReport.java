package dev.larder.spring.boot;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.TierUnavailableException;
import dev.larder.spring.CachePolicies;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** One line for each tier, and a warning for each setting that will hurt some day. */
final class StartReport implements SmartInitializingSingleton {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.boot");
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration LONG_ALONE = Duration.ofMinutes(10);
  private static final Duration VERY_STALE = Duration.ofSeconds(5);

  /** What pages, fragments, queries and answers to programs are, also before there are any. */
  private static final Set<String> PURPOSES = Set.of("view", "fragment", "query", "api");

  private final Larder larder;
  private final LarderProperties properties;
  private final CachePolicies policies;
  private final LarderAutoConfiguration.FoundTiers found;

  StartReport(
      Larder larder,
      LarderProperties properties,
      CachePolicies policies,
      LarderAutoConfiguration.FoundTiers found) {
    this.larder = larder;
    this.properties = properties;
    this.policies = policies;
    this.found = found;
  }

  /**
   * Reports.
   *
   * @throws TierUnavailableException if a tier does not answer and the start is to fail then
   * @throws dev.larder.ConfigurationException if the tables of the database tier are missing and can't
   *     be made
   */
  @Override
  public void afterSingletonsInstantiated() {
    logger.info("Larder '{}': tier L1, in this process", properties.keyPrefix());
    for (TierStats tier : larder.tiers()) {
      String address = address(tier);
      FoundDatabase database = found.database();
      if (!tier.isConfirmed() && tier.tier() == CacheTier.DATABASE && database != null) {
        DatabaseTables.require(database.url(), database.source());
      }
      if (tier.isConfirmed() && !tier.isDegraded()) {
        logger.info(
            "Larder '{}': tier {}, {}, ready", properties.keyPrefix(), tier.tier(), address);
      } else if (properties.failFast()) {
        throw new TierUnavailableException(
            "larder.fail-fast: tier " + tier.tier() + " does not answer: " + address, null);
      } else {
        logger.warn(
            "Larder '{}': tier {}, {}, degraded: it does not answer and is skipped until it does",
            properties.keyPrefix(),
            tier.tier(),
            address);
      }
    }
    risks().forEach(logger::warn);
  }

  private String address(TierStats tier) {
    if (tier.tier() == CacheTier.L2 && found.redis() != null) {
      return found.redis() + " (" + found.redis().from() + ")";
    }
    if (tier.tier() == CacheTier.DATABASE && found.database() != null) {
      return found.database().toString();
    }
    return tier.store();
  }

  /** One sentence for each risky setting. */
  List<String> risks() {
    List<String> risks = new ArrayList<>();
    boolean isShared = !larder.tiers().isEmpty();
    if (isShared && properties.keyPrefix().equals(LarderProperties.DEFAULT_PREFIX)) {
      risks.add("larder.key-prefix is 'larder', as in every application that does not set it: two"
          + " applications on one Redis or database would share entries. Set a name of your own");
    }
    RedisAddresses.Found redis = found.redis();
    if (redis != null
        && redis.url().startsWith("redis://")
        && !redis.url().contains("@")
        && !isLocal(redis.toString())) {
      risks.add(redis.from() + " names a Redis on another machine without password or TLS: whoever"
          + " reaches it reads and writes the cache");
    }
    addUnusedDatabases(risks);
    for (String name : policies.cacheNames()) {
      var settings = policies.settings(name);
      Set<CacheTier> tiers = settings.tiers();
      Duration ttl = settings.ttl() == null ? null : policies.ttl(name, settings.ttl());
      String property = "larder.caches." + name;
      if (Boolean.TRUE.equals(settings.hashedKeys()) && properties.keySecret() == null) {
        risks.add(property + ".hashed-keys without larder.key-secret: keys that can be guessed can"
            + " be found by their hash. Set a secret of at least 16 bytes");
      }
      if (name.toLowerCase(Locale.ROOT).contains("session")
          && isShared
          && (tiers == null || tiers.contains(CacheTier.L1))
          && settings.l1Ttl() == null) {
        risks.add(property + " keeps sessions in L1: a process that lost its link serves an ended"
            + " session for up to max-staleness. Set tiers to l2,database, or a short l1-ttl");
      }
      addTtlRisk(risks, property + ".ttl", ttl, isShared);
      if (settings.maxStaleness() != null && settings.maxStaleness().compareTo(VERY_STALE) > 0) {
        risks.add(property + ".max-staleness=" + settings.maxStaleness()
            + ": for so long a process that lost its link may serve what was invalidated");
      }
    }
    for (String name : policies.ttlClasses()) {
      addTtlRisk(risks, "larder.ttl." + name, policies.ttlClass(name).orElse(null), isShared);
    }
    return risks;
  }

  /** A purpose that is misspelt would go unnoticed. */
  private void addUnusedDatabases(List<String> risks) {
    Set<String> purposes = new TreeSet<>(PURPOSES);
    policies.cacheNames().forEach(name -> {
      String purpose = policies.settings(name).purpose();
      if (purpose != null) {
        purposes.add(purpose);
      }
    });
    larder
        .cacheNames()
        .forEach(name ->
            larder.find(name).ifPresent(cache -> purposes.add(cache.policy().purpose())));
    purposes.remove("");
    for (String purpose : properties.redis().databases().keySet()) {
      if (!purposes.contains(purpose)) {
        risks.add("larder.redis.databases." + purpose + ": no cache has this purpose; there are "
            + purposes);
      }
    }
  }

  private static void addTtlRisk(
      List<String> risks, String property, @Nullable Duration ttl, boolean isShared) {
    if (ttl != null && ttl.compareTo(LONG) > 0) {
      risks.add(property + "=" + ttl
          + " is more than a day: what nobody invalidates stays wrong for" + " so long");
    } else if (ttl != null && !isShared && ttl.compareTo(LONG_ALONE) > 0) {
      risks.add(
          property + "=" + ttl + " with no tier but L1: other processes of this application do"
              + " not hear of invalidations here. Set REDIS_URL, or run one process");
    }
  }

  private static boolean isLocal(String address) {
    return address.matches("redis://(localhost|127\\.[0-9.]+|\\[::1])([:/].*)?");
  }
}
