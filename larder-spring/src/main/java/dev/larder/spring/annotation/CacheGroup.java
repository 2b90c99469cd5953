package dev.larder.spring.annotation;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.spring.CachePolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The methods that share a cache, and the cache they come to. */
final class CacheGroup {

  private static final TypeRef<List<@Nullable Object>> KEY = new TypeRef<>() {};

  private final List<Declaration> declarations = new ArrayList<>();

  void add(Declaration declaration) {
    declarations.add(declaration);
  }

  /** Makes the cache, as all of its methods want it and configuration has it. */
  Cache<List<@Nullable Object>, Object> build(Larder larder, CachePolicies policies) {
    Declaration first = declarations.get(0);
    for (Declaration other : declarations) {
      if (!other.stored().getTypeName().equals(first.stored().getTypeName())) {
        throw other.fault(
            "cache \"" + other.cache() + "\" holds " + first.stored().getTypeName() + " for "
                + Fault.name(first.method()) + " and " + other.stored().getTypeName() + " here",
            "give each a cache of its own; one tag can end the entries of both");
      }
    }
    CachePolicyBuilder<List<@Nullable Object>, Object> policy =
        CachePolicy.of(KEY, TypeRef.<Object>of(first.stored())).purpose("query");
    duration("ttl", agreed("ttl", Declaration::ttl), policies, first).ifPresent(policy::ttl);
    duration("staleFor", agreed("staleFor", Declaration::staleFor), policies, first)
        .ifPresent(policy::staleFor);
    var negative =
        duration("negativeTtl", agreed("negativeTtl", Declaration::negativeTtl), policies, first);
    if (negative.isPresent()) {
      policy.negativeTtl(negative.get());
    } else if (declarations.stream().anyMatch(Declaration::remembersNull)) {
      policy.nullValues();
    }
    policy.version(same("version", Declaration::version)).scope(same("scope", Declaration::scope));
    if (declarations.stream().anyMatch(Declaration::capture)) {
      policy.capture();
    }
    List<Declaration> tagged =
        declarations.stream().filter(each -> each.elementTags() != null).toList();
    if (!tagged.isEmpty()) {
      policy.tags((key, value) -> {
        Set<String> tags = new LinkedHashSet<>();
        tagged.forEach(
            each -> tags.addAll(Objects.requireNonNull(each.elementTags()).apply(key, value)));
        return tags;
      });
    }
    try {
      return larder.cache(first.cache(), policies.apply(first.cache(), policy.build()));
    } catch (ConfigurationException fault) {
      throw Fault.of(
          first.annotation(),
          first.method(),
          String.valueOf(fault.getMessage()),
          "mend the annotation, or larder.caches." + first.cache() + " in the configuration",
          fault);
    }
  }

  private <T> T same(String attribute, Function<Declaration, T> of) {
    Declaration first = declarations.get(0);
    for (Declaration other : declarations) {
      if (!of.apply(first).equals(of.apply(other))) {
        throw differs(attribute, first, of.apply(first), other, of.apply(other));
      }
    }
    return of.apply(first);
  }

  private String agreed(String attribute, Function<Declaration, String> of) {
    Declaration named = null;
    for (Declaration each : declarations) {
      if (!of.apply(each).isBlank()) {
        if (named != null && !of.apply(named).equals(of.apply(each))) {
          throw differs(attribute, named, of.apply(named), each, of.apply(each));
        }
        named = each;
      }
    }
    return named == null ? "" : of.apply(named);
  }

  private static RuntimeException differs(
      String attribute, Declaration first, Object its, Declaration other, Object own) {
    return other.fault(
        attribute + " is " + own + ", and " + its + " on " + Fault.name(first.method())
            + ", which shares the cache \"" + other.cache() + "\"",
        "say it on one of them only");
  }

  private static Optional<Duration> duration(
      String attribute, String text, CachePolicies policies, Declaration where) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(policies.time(text));
    } catch (IllegalArgumentException fault) {
      throw Fault.of(
          where.annotation(),
          where.method(),
          attribute + " \"" + text + "\" is no length of time",
          "write 5m, 300 (seconds), PT5M, or one of the ttl classes " + policies.ttlClasses(),
          fault);
    }
  }
}
