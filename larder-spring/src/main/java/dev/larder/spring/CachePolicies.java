package dev.larder.spring;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * What configuration says of the caches, and the last word on their policies.
 *
 * <p>Three sources, the later wins over the earlier and over what code declares: {@code
 * larder.caches.<name>.*}, and for the ttl a variable {@code CACHE_<NAME>_TTL} in seconds, where the
 * name is in capitals and each character but letters and digits is {@code _} ({@code
 * CACHE_PROBLEM_LIST_TTL} for {@code problem_list}). A ttl class is a named ttl, {@code
 * larder.ttl.<class>}, which {@code CACHE_<CLASS>_TTL} overrides too.
 *
 * <p>What {@code larder.caches.default.*} says holds for every cache, where nothing is said of that cache
 * itself; it wins over what code declares.
 *
 * <p>Names are found as they are, else without regard to case, {@code _} and {@code -}. Immutable; safe
 * for many threads. No I/O.
 */
public final class CachePolicies {

  private static final String ALL = "default";

  private static final Duration LONGEST = Duration.ofDays(366);

  private final Map<String, CacheSettings> caches;
  private final Map<String, Duration> ttlClasses;
  private final Function<String, @Nullable String> variables;

  /** Says nothing: every policy stays as declared. */
  public static CachePolicies none() {
    return new CachePolicies(Map.of(), Map.of(), name -> null);
  }

  /**
   * The settings given.
   *
   * @param caches by name of the cache
   * @param ttlClasses by name of the class; 1 ms to 366 days
   * @param variables value of an environment variable, null if it is not set
   * @throws ConfigurationException if a ttl class is out of range
   */
  public CachePolicies(
      Map<String, CacheSettings> caches,
      Map<String, Duration> ttlClasses,
      Function<String, @Nullable String> variables) {
    this.caches = new LinkedHashMap<>(caches);
    this.ttlClasses = new LinkedHashMap<>(ttlClasses);
    this.variables = variables;
    ttlClasses.forEach((name, ttl) -> check("larder.ttl." + name, String.valueOf(ttl), ttl));
  }

  /**
   * The policy of a cache: as declared, where configuration says nothing else.
   *
   * @throws ConfigurationException naming the properties, if they and what is declared do not go
   *     together
   */
  public <K, V> CachePolicy<K, V> apply(String cacheName, CachePolicy<K, V> declared) {
    CacheSettings settings = settings(cacheName);
    CacheSettings all = caches.getOrDefault(ALL, CacheSettings.NONE);
    Optional<Duration> ttl = variable(cacheName);
    if (settings.equals(CacheSettings.NONE) && all.equals(CacheSettings.NONE) && ttl.isEmpty()) {
      return declared;
    }
    Set<CacheTier> tiers = Stream.of(settings.tiers(), all.tiers())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(declared.tiers());
    CachePolicyBuilder<K, V> builder =
        settings.over(all.over(declared.toBuilder(), tiers.contains(CacheTier.L1)), true);
    ttl.ifPresent(builder::ttl);
    try {
      return builder.build();
    } catch (ConfigurationException fault) {
      throw new ConfigurationException(
          "larder.caches." + cacheName + ": " + fault.getMessage()
              + ttl.map(value -> " (ttl " + value + " from " + variableOf(cacheName) + ")")
                  .orElse(""),
          fault);
    }
  }

  /** The ttl of a cache: as declared, where configuration says nothing else. */
  public Duration ttl(String cacheName, Duration declared) {
    Duration configured = settings(cacheName).ttl();
    return variable(cacheName).orElse(configured == null ? declared : configured);
  }

  /** The ttl of a class, such as {@code long}; empty if there is no such class. */
  public Optional<Duration> ttlClass(String name) {
    return variable(name).or(() -> find(ttlClasses, name));
  }

  /**
   * A length of time as declarations write it: the name of a ttl class, {@code 5m}, {@code PT5M}, or a
   * number of seconds.
   *
   * @throws IllegalArgumentException if it is none of these, or not more than nothing
   */
  public Duration time(String text) {
    Optional<Duration> named = ttlClass(text.trim());
    if (named.isPresent()) {
      return named.get();
    }
    Duration time = DurationFormatterUtils.detectAndParse(text.trim(), DurationFormat.Unit.SECONDS);
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("not more than nothing");
    }
    return time;
  }

  /** The names of the ttl classes. */
  public Set<String> ttlClasses() {
    return Set.copyOf(ttlClasses.keySet());
  }

  /** What {@code larder.caches.<name>} says; {@link CacheSettings#NONE} if nothing. */
  public CacheSettings settings(String cacheName) {
    return find(caches, cacheName).orElse(CacheSettings.NONE);
  }

  /** The caches that configuration names. */
  public Set<String> cacheNames() {
    return Set.copyOf(caches.keySet());
  }

  private static <T> Optional<T> find(Map<String, T> map, String name) {
    T found = map.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    String plain = plain(name);
    return map.entrySet().stream()
        .filter(each -> plain(each.getKey()).equals(plain))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String plain(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  private Optional<Duration> variable(String name) {
    String variable = variableOf(name);
    String text = variables.apply(variable);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    Duration ttl;
    try {
      ttl = Duration.ofSeconds(Long.parseLong(text.strip()));
    } catch (NumberFormatException notANumber) {
      throw new ConfigurationException(
          variable + "=" + text + " is not a number of seconds", notANumber);
    }
    check(variable, text, ttl);
    return Optional.of(ttl);
  }

  private static String variableOf(String name) {
    return "CACHE_" + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) + "_TTL";
  }

  private static void check(String property, String seen, Duration ttl) {
    if (ttl.compareTo(Duration.ofMillis(1)) < 0 || ttl.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(property + "=" + seen + " is not 1 ms to 366 days");
    }
  }
}
