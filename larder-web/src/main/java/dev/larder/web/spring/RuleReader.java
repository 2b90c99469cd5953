package dev.larder.web.spring;

import dev.larder.Cache;
import dev.larder.CachePolicyBuilder;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.web.RequestKey;
import dev.larder.web.ResponseRule;
import dev.larder.web.RuleRequest;
import dev.larder.web.Scope;
import dev.larder.web.StoredResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.Expression;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Makes rules of annotations, and refuses what can't work in words that name it. */
final class RuleReader {

  private final Larder larder;
  private final Map<String, Cache<RequestKey, StoredResponse>> shared;
  private final UnaryOperator<String> placeholders;
  private final long l1Bytes;

  RuleReader(
      Larder larder,
      Map<String, Cache<RequestKey, StoredResponse>> shared,
      UnaryOperator<String> placeholders,
      long l1Bytes) {
    this.larder = larder;
    this.shared = shared;
    this.placeholders = placeholders;
    this.l1Bytes = l1Bytes;
  }

  /** The rule of a handler; null if it has no annotation. Adds what is wrong to the faults. */
  @Nullable ResponseRule read(HandlerMethod handler, RequestMappingInfo mapping, List<String> faults) {
    CachedResponse declared =
        AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), CachedResponse.class);
    if (declared == null) {
      return null;
    }
    List<String> found = new ArrayList<>();
    ResponseRule rule = rule(declared, handler, mapping, found);
    String where = "@" + annotation(handler) + " on " + name(handler) + ": ";
    found.forEach(fault -> faults.add(where + fault));
    return rule;
  }

  private static String annotation(HandlerMethod handler) {
    return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), CachedPage.class)
        ? "CachedPage"
        : "CachedResponse";
  }

  /** How messages name a handler. */
  static String name(HandlerMethod handler) {
    return handler.getBeanType().getSimpleName() + "." + handler.getMethod().getName();
  }

  private @Nullable ResponseRule rule(
      CachedResponse declared,
      HandlerMethod handler,
      RequestMappingInfo mapping,
      List<String> faults) {
    HandlerInputs inputs = HandlerInputs.of(handler.getMethod());
    Set<String> query = query(declared, inputs);
    Set<String> known = new TreeSet<>(query);
    mapping.getPatternValues().forEach(pattern -> known.addAll(Patterns.variables(pattern)));
    inputs.aliases().forEach((own, name) -> {
      if (known.contains(name)) {
        known.add(own);
      }
    });
    if (declared.scope() == Scope.USER) {
      known.add("user");
      if (!inputs.mayKnowUser()) {
        faults.add("the scope is USER, but the handler has no parameter that tells who asks: take a"
            + " Principal (or @AuthenticationPrincipal, or the request), or use the scope PUBLIC");
      }
    }
    RuleExpressions expressions = new RuleExpressions(inputs, known, faults);
    List<Expression> tags = Arrays.stream(declared.tags())
        .map(text -> expressions.template("tags", placeholders.apply(text)))
        .toList();
    String condition = placeholders.apply(declared.condition());
    Expression test = condition.isEmpty() ? null : expressions.condition(condition);
    Duration ttl = duration("ttl", declared.ttl(), faults);
    Duration browserTtl = duration("browserTtl", declared.browserTtl(), faults);
    Duration sharedTtl = duration("sharedTtl", declared.sharedTtl(), faults);
    Cache<RequestKey, StoredResponse> cache = cache(declared, handler, ttl, faults);
    if (cache == null) {
      return null;
    }
    List<String> vary = new ArrayList<>(List.of(declared.vary()));
    MediaType only = onlyType(handler, mapping);
    if (only == null && vary.stream().noneMatch("Accept"::equalsIgnoreCase)) {
      vary.add("Accept");
    }
    try {
      return ResponseRule.in(cache)
          .ttl(ttl)
          .browserTtl(browserTtl)
          .sharedTtl(sharedTtl)
          .scope(declared.scope())
          .roles(List.of(declared.roles()))
          .query(query)
          .vary(vary)
          .fixed(only == null ? Map.of() : Map.of("Accept", only.toString()))
          .statuses(Arrays.stream(declared.statuses()).boxed().toList())
          .tags(request -> tags(tags, expressions, request))
          .condition(request -> test == null
              || Boolean.TRUE.equals(test.getValue(expressions.context(request), Boolean.class)))
          .build();
    } catch (ConfigurationException wrong) {
      faults.add(String.valueOf(wrong.getMessage()).replaceFirst("^response rule: ", ""));
      return null;
    }
  }

  private static Set<String> tags(
      List<Expression> tags, RuleExpressions expressions, RuleRequest request) {
    Set<String> values = new LinkedHashSet<>();
    for (Expression tag : tags) {
      values.add(String.valueOf(tag.getValue(expressions.context(request), String.class)));
    }
    return values;
  }

  private static Set<String> query(CachedResponse declared, HandlerInputs inputs) {
    Set<String> query = new TreeSet<>(List.of(declared.query()));
    if (query.remove(CachedResponse.OF_PARAMETERS)) {
      query.addAll(inputs.parameters());
      if (inputs.takesAllParameters()) {
        query.add(CachedResponse.WHOLE_QUERY);
      }
    }
    // Spring MVC reads "page[]" too where there is no "page".
    for (String name : inputs.parameters()) {
      if (query.contains(name)) {
        query.add(name + "[]");
      }
    }
    return query;
  }

  /** The one type that a handler makes, so that Accept plays no part once it is matched. */
  private static @Nullable MediaType onlyType(HandlerMethod handler, RequestMappingInfo mapping) {
    Set<MediaType> types = mapping.getProducesCondition().getProducibleMediaTypes();
    if (types.size() == 1) {
      MediaType type = types.iterator().next();
      return type.isConcrete() ? type : null;
    }
    boolean isView = handler.getReturnType().getParameterType() == String.class
        && !handler.hasMethodAnnotation(ResponseBody.class)
        && !AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), ResponseBody.class);
    return types.isEmpty() && isView ? MediaType.TEXT_HTML : null;
  }

  private Duration duration(String attribute, String text, List<String> faults) {
    String value = placeholders.apply(text);
    try {
      return DurationStyle.detectAndParse(value);
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      faults.add(attribute + ": \"" + value + "\" is not a duration; write 90s, 5m, 1h or PT5M");
      return attribute.equals("ttl") ? Duration.ofMinutes(5) : Duration.ZERO;
    }
  }

  private @Nullable Cache<RequestKey, StoredResponse> cache(
      CachedResponse declared, HandlerMethod handler, Duration ttl, List<String> faults) {
    Duration staleFor = duration("staleFor", declared.staleFor(), faults);
    Duration staleIfError = duration("staleIfError", declared.staleIfError(), faults);
    Duration revalidateFor = duration("revalidateFor", declared.revalidateFor(), faults);
    if (!declared.cache().isEmpty()) {
      Cache<RequestKey, StoredResponse> cache = shared.get(declared.cache());
      if (cache == null) {
        faults.add(
            "cache: \"" + declared.cache() + "\" is not known; there are " + shared.keySet()
                + ". Make a bean of Cache<RequestKey, StoredResponse> with this name, or leave cache out");
      } else if (!staleFor.isZero() || !staleIfError.isZero() || !revalidateFor.isZero()) {
        faults.add("staleFor, staleIfError, revalidateFor: the policy of cache \""
            + declared.cache() + "\" decides; set them there");
      }
      return cache;
    }
    if (!faults.isEmpty()) {
      // What is wrong already is told first; a cache can't be made twice.
      return null;
    }
    try {
      CachePolicyBuilder<RequestKey, StoredResponse> policy = StoredResponse.policy(l1Bytes)
          .purpose(declared.purpose())
          .ttl(ttl)
          .staleFor(staleFor)
          .staleIfError(staleIfError)
          .revalidateFor(revalidateFor);
      if (declared.scope() == Scope.USER) {
        policy.hashedKeys();
      }
      return larder.cache("http." + name(handler), policy.build());
    } catch (ConfigurationException wrong) {
      faults.add(wrong.getMessage() + " (a handler of the same name? give one of them a cache)");
      return null;
    }
  }
}
