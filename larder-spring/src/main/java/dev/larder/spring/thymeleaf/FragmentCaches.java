package dev.larder.spring.thymeleaf;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The caches of the fragments of one application: one for each name in {@code larder:cache}, made when
 * the name is first met.
 *
 * <p>Shape of a key: the parts of {@code larder:key}, then where the fragment stands and what its source
 * is, the language and time zone, and whom it is for. So {@code larder.find("club_stats")} and {@code
 * invalidatePrefix(42)} ends all variants for club 42. Values are markup.
 *
 * <p>Safe for many threads.
 */
public final class FragmentCaches {

  /** Characters of markup that L1 holds for one cache. */
  private static final long L1_CHARACTERS = 16L * 1024 * 1024;

  /** What an entry weighs beside its markup. */
  private static final int FIXED_WEIGHT = 256;

  private static final TypeRef<List<@Nullable Object>> KEY = new TypeRef<>() {};

  private record Made(FragmentDeclaration first, Cache<List<@Nullable Object>, String> cache) {}

  private final Larder larder;
  private final CachePolicies policies;
  private final CallerIdentity identity;
  private final ConcurrentMap<String, Made> made = new ConcurrentHashMap<>();

  /** For one application. */
  public FragmentCaches(Larder larder, CachePolicies policies, CallerIdentity identity) {
    this.larder = larder;
    this.policies = policies;
    this.identity = identity;
  }

  CachePolicies policies() {
    return policies;
  }

  CallerIdentity identity() {
    return identity;
  }

  /**
   * The cache of a fragment.
   *
   * @throws ConfigurationException if it can't be made as declared, or another fragment of the same
   *     cache says something else
   */
  Cache<List<@Nullable Object>, String> of(FragmentDeclaration declared) {
    Made there = made.get(declared.cache());
    if (there == null) {
      there = made.computeIfAbsent(declared.cache(), name -> new Made(declared, make(declared)));
    }
    FragmentDeclaration first = there.first();
    if (first.scope() != declared.scope()) {
      throw differs("larder:scope", declared, declared.scope(), first, first.scope());
    }
    if (!Objects.equals(first.ttl(), declared.ttl())) {
      throw differs("larder:ttl", declared, declared.ttl(), first, first.ttl());
    }
    return there.cache();
  }

  private Cache<List<@Nullable Object>, String> make(FragmentDeclaration declared) {
    FragmentPlace place = declared.place();
    if (declared.scope() == FragmentScope.ROLES && !FragmentAudience.HAS_SECURITY) {
      throw FragmentDeclaration.fault(
          place,
          "larder:scope \"roles\" needs Spring Security",
          "add it, or use the scope public and name in larder:key what makes the difference");
    }
    if (declared.scope() != FragmentScope.PUBLIC && identity.isNobodyKnown()) {
      throw FragmentDeclaration.fault(
          place,
          "larder:scope \"" + declared.scope() + "\" needs to know who is asking",
          "add Spring Security or a bean of type " + CallerIdentity.class.getName());
    }
    CachePolicyBuilder<List<@Nullable Object>, String> builder = CachePolicy.of(
            KEY, TypeRef.of(String.class))
        .purpose("fragment")
        .scope(declared.scope().ofCache())
        .capture()
        .l1MaxWeight(L1_CHARACTERS, (key, markup) -> FIXED_WEIGHT + markup.length());
    if (declared.ttl() != null) {
      builder.ttl(declared.ttl());
    }
    try {
      CachePolicy<List<@Nullable Object>, String> policy =
          policies.apply(declared.cache(), builder.build());
      if (!policy.staleFor().isZero()
          || policy.earlyRefresh() > 0
          || !policy.softTimeout().isZero()
          || !policy.hardTimeout().isZero()) {
        throw new ConfigurationException("a fragment is rendered on its request's own thread, so"
            + " stale-for, early-refresh, soft-timeout and hard-timeout have no place in it");
      }
      return larder.cache(declared.cache(), policy);
    } catch (ConfigurationException wrong) {
      throw FragmentDeclaration.fault(
          place,
          String.valueOf(wrong.getMessage()),
          "mend the attributes, or larder.caches." + declared.cache() + " in the configuration");
    }
  }

  private static ConfigurationException differs(
      String attribute,
      FragmentDeclaration declared,
      @Nullable Object own,
      FragmentDeclaration first,
      @Nullable Object its) {
    return FragmentDeclaration.fault(
        declared.place(),
        attribute + " is " + said(own) + ", and " + said(its) + " in " + first.place()
            + ", which shares the cache \"" + declared.cache() + "\"",
        "say the same in both, or give one another cache (after a change, restart)");
  }

  private static String said(@Nullable Object value) {
    return value == null ? "not set" : String.valueOf(value);
  }
}
