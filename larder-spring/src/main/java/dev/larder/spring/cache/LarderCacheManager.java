package dev.larder.spring.cache;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.spring.CachePolicies;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.CacheManager;

/**
 * The caches of a {@link Larder} for Spring's annotations. A cache is made when its name is first asked
 * for, with the policy that configuration gives it.
 *
 * <p>Stored values are bound to a type: {@code larder.caches.<name>.type}, else the return type that
 * all methods annotated with the cache share. A cache without such a type, or whose type has no stored
 * form, uses L1 alone, and a warning says how to mend that. It stays coherent with other nodes all the
 * same. Safe for many threads.
 */
public final class LarderCacheManager implements CacheManager, SmartInitializingSingleton {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.cache");
  private static final String LEGAL_NAME = "[A-Za-z0-9_.-]{1,64}";

  private final Larder larder;
  private final CachePolicies policies;
  private final Supplier<ValueTypes> types;
  private final @Nullable ClassLoader loader;
  private final ConcurrentMap<String, LarderCache> caches = new ConcurrentHashMap<>();
  private final ReentrantLock making = new ReentrantLock();

  /** A manager that knows no types but those of the configuration. */
  public LarderCacheManager(Larder larder, CachePolicies policies) {
    this(larder, policies, ValueTypes::none, LarderCacheManager.class.getClassLoader());
  }

  /**
   * A manager.
   *
   * @param types asked when the first cache is made
   * @param loader finds the classes that the configuration names
   */
  public LarderCacheManager(
      Larder larder,
      CachePolicies policies,
      Supplier<ValueTypes> types,
      @Nullable ClassLoader loader) {
    this.larder = larder;
    this.policies = policies;
    this.types = types;
    this.loader = loader;
  }

  /**
   * The cache of a name.
   *
   * @throws ConfigurationException if its configuration cannot work, or the larder has a cache of the
   *     name that was not made here
   */
  @Override
  public LarderCache getCache(String name) {
    LarderCache cache = caches.get(name);
    if (cache != null) {
      return cache;
    }
    making.lock();
    try {
      cache = caches.get(name);
      if (cache == null) {
        cache = new LarderCache(name, make(name));
        caches.put(name, cache);
      }
      return cache;
    } finally {
      making.unlock();
    }
  }

  /** Makes the caches that annotated methods name, so that what is wrong with one stops the start. */
  @Override
  public void afterSingletonsInstantiated() {
    types.get().caches().forEach(this::getCache);
  }

  /** The caches made so far. */
  @Override
  public Collection<String> getCacheNames() {
    return new TreeSet<>(caches.keySet());
  }

  private dev.larder.Cache<List<@Nullable Object>, Object> make(String name) {
    String configured = policies.settings(name).type();
    if (configured != null) {
      String property = "larder.caches." + name + ".type";
      Type type = TypeText.read(property, configured, loader);
      try {
        return make(name, type);
      } catch (ConfigurationException refused) {
        throw new ConfigurationException(
            property + "=" + configured + ": " + refused.getMessage(), refused);
      }
    }
    List<ValueTypes.Declared> declared = types.get().of(name);
    if (declared.size() != 1) {
      return makeLocal(
          name,
          declared.isEmpty()
              ? "no annotated method tells the type of its values"
              : "its values are of several types: "
                  + declared.stream()
                      .map(each -> each.type().getTypeName() + " by " + each.method())
                      .collect(Collectors.joining(", ")));
    }
    Type type = declared.get(0).type();
    if (type == void.class || type == Void.class) {
      return makeLocal(name, declared.get(0).method() + " returns nothing");
    }
    try {
      return make(name, type);
    } catch (ConfigurationException refused) {
      if (larder.cacheNames().contains(plain(name))) {
        throw taken(name, refused);
      }
      return makeLocal(
          name,
          "values of " + declared.get(0).method() + " have no stored form: "
              + refused.getMessage());
    }
  }

  private dev.larder.Cache<List<@Nullable Object>, Object> make(String name, Type type) {
    CachePolicy<List<@Nullable Object>, Object> policy =
        policies.apply(name, declared(name, TypeRef.of(type)));
    if (larder.cacheNames().contains(plain(name))) {
      throw taken(name, null);
    }
    return larder.cache(plain(name), policy);
  }

  private dev.larder.Cache<List<@Nullable Object>, Object> makeLocal(String name, String why) {
    if (!larder.tiers().isEmpty()) {
      logger.warn(
          "cache {}: kept in L1 only, {}. To share it through Redis or the database set"
              + " larder.caches.{}.type, for example to java.util.List<com.acme.Album>, or use one"
              + " cache for each type",
          name,
          why,
          name);
    }
    if (larder.cacheNames().contains(plain(name))) {
      throw taken(name, null);
    }
    CachePolicy<List<@Nullable Object>, Object> policy =
        policies.apply(name, declared(name, TypeRef.of(Object.class)));
    if (!policy.tiers().equals(EnumSet.of(CacheTier.L1))) {
      policy = policy.toBuilder().tiers(CacheTier.L1).build();
    }
    return larder.cache(plain(name), policy);
  }

  /** Null is a value unless absences have a time of their own; the two exclude each other. */
  private CachePolicy<List<@Nullable Object>, Object> declared(String name, TypeRef<Object> type) {
    CachePolicyBuilder<List<@Nullable Object>, Object> builder =
        CachePolicy.<List<@Nullable Object>, Object>of(new TypeRef<>() {}, type).purpose("query");
    policies.ttlClass("default").ifPresent(builder::ttl);
    var negativeTtl = policies.settings(name).negativeTtl();
    if (negativeTtl == null || negativeTtl.isZero()) {
      builder.nullValues();
    }
    return builder.build();
  }

  private static ConfigurationException taken(String name, @Nullable ConfigurationException cause) {
    return new ConfigurationException(
        "cache " + name
            + ": there is one of this name already; the annotations of Spring need one of"
            + " their own, since its keys are Spring's. Give one of the two another name",
        cause);
  }

  /** Larder's names have few characters, since they stand in keys; a digest keeps others apart. */
  private static String plain(String name) {
    return name.matches(LEGAL_NAME)
        ? name
        : name.replaceAll("[^A-Za-z0-9_.-]", "-").substring(0, Math.min(40, name.length())) + "-"
            + Digest.of(name);
  }
}
