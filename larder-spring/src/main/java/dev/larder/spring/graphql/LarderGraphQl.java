package dev.larder.spring.graphql;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheScope;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.micrometer.context.ContextRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * Switches the directives {@code @cached} and {@code @cachedResponse} on. The starter does so by itself;
 * without it, give this to {@link GraphQlSource.SchemaResourceBuilder#configureRuntimeWiring} and put {@link
 * #caching} before the service that executes requests.
 *
 * <p>For one schema. What is wrong with a directive is thrown as {@link dev.larder.ConfigurationException}
 * when the schema is built. Safe for many threads after that.
 */
public final class LarderGraphQl implements RuntimeWiringConfigurer {

  /** Name of the cache of responses for everybody; those of narrower scopes have theirs at its end. */
  public static final String RESPONSES = "graphql";

  private static final TypeRef<List<@Nullable Object>> KEY = new TypeRef<>() {};
  private static final String SCOPE = """
      "Whom a cached value is for."
      enum CacheScope { PUBLIC TENANT USER }
      """;
  private static final Map<String, String> DIRECTIVES =
      Map.of(CachedField.DIRECTIVE, """
      "Answers the field from a cache."
      directive @cached(cache: String, ttl: String, tags: [String!], source: String, \
      scope: CacheScope) on FIELD_DEFINITION
      """, ResponseHint.DIRECTIVE, """
      "Allows responses that contain the field to be stored."
      directive @cachedResponse(ttl: String!, tags: [String!], scope: CacheScope) on FIELD_DEFINITION
      """);

  private final Larder larder;
  private final CachePolicies policies;
  private final @Nullable CallerIdentity identity;
  private final FieldDirectives directives;

  /**
   * For one application.
   *
   * @param identity who is asking; null where nobody knows, which rules out all scopes but {@code PUBLIC}
   */
  public LarderGraphQl(Larder larder, CachePolicies policies, @Nullable CallerIdentity identity) {
    this.larder = larder;
    this.policies = policies;
    this.identity = identity;
    this.directives = new FieldDirectives(larder, policies, identity);
    ContextRegistry.getInstance().registerThreadLocalAccessor(new LoadingAccessor());
  }

  /** Has the directives carried out. */
  @Override
  public void configure(RuntimeWiring.Builder builder) {
    builder.directiveWiring(directives);
  }

  /** Declares the directives, where the schema does not itself. */
  @Override
  public void setTypeDefinitionRegistry(TypeDefinitionRegistry registry) {
    StringBuilder text = new StringBuilder();
    DIRECTIVES.forEach((name, directive) -> {
      if (registry.getDirectiveDefinition(name).isEmpty()) {
        text.append(directive);
      }
    });
    if (text.isEmpty()) {
      return;
    }
    if (registry.getTypeOrNull("CacheScope") == null) {
      text.append(SCOPE);
    }
    registry.merge(new SchemaParser().parse(text.toString()));
  }

  /**
   * A service that stores the responses which the schema allows to be stored; the same service if it
   * allows none.
   *
   * @param source of the schema that this took part in
   * @throws dev.larder.ConfigurationException if a cache of the name {@link #RESPONSES} exists
   */
  public ExecutionGraphQlService caching(ExecutionGraphQlService service, GraphQlSource source) {
    var hints = directives.hints();
    if (hints.isEmpty()) {
      return service;
    }
    Duration longest = hints.values().stream()
        .map(ResponseHint::ttl)
        .max(Comparator.naturalOrder())
        .orElseThrow();
    Map<CacheScope, Cache<List<@Nullable Object>, String>> caches = new EnumMap<>(CacheScope.class);
    for (CacheScope scope : CacheScope.values()) {
      if (scope != CacheScope.PUBLIC
          && hints.values().stream().noneMatch(hint -> hint.scope() == scope)) {
        continue;
      }
      String name = scope == CacheScope.PUBLIC
          ? RESPONSES
          : RESPONSES + "-" + scope.name().toLowerCase(Locale.ROOT);
      caches.put(
          scope,
          larder.cache(
              name,
              policies.apply(
                  name,
                  CachePolicy.of(KEY, TypeRef.of(String.class))
                      .purpose("api")
                      .ttl(longest)
                      .scope(scope)
                      .capture()
                      .l1MaxEntries(1_000)
                      .build())));
    }
    return new CachedResponses(
        service, new ResponsePlans(source.schema(), Map.copyOf(hints)), caches, identity);
  }
}
