package dev.larder.spring.graphql;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.CacheScope;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLObjectType;
import graphql.schema.PropertyDataFetcher;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/** Carries out the directives of a schema's fields while it is built, and keeps the hints they give. */
final class FieldDirectives implements SchemaDirectiveWiring {

  private static final TypeRef<List<@Nullable Object>> KEY = new TypeRef<>() {};

  private final Larder larder;
  private final CachePolicies policies;
  private final @Nullable CallerIdentity identity;
  private final Map<FieldCoordinates, ResponseHint> hints = new ConcurrentHashMap<>();

  FieldDirectives(Larder larder, CachePolicies policies, @Nullable CallerIdentity identity) {
    this.larder = larder;
    this.policies = policies;
    this.identity = identity;
  }

  Map<FieldCoordinates, ResponseHint> hints() {
    return hints;
  }

  @Override
  public GraphQLFieldDefinition onField(
      SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
    GraphQLFieldDefinition field = environment.getElement();
    GraphQLFieldsContainer type = environment.getFieldsContainer();
    FieldCoordinates at = FieldCoordinates.coordinates(type.getName(), field.getName());
    GraphQLAppliedDirective cached = field.getAppliedDirective(CachedField.DIRECTIVE);
    GraphQLAppliedDirective hint = field.getAppliedDirective(ResponseHint.DIRECTIVE);
    if (!(type instanceof GraphQLObjectType)) {
      refuseOnInterface(cached, at);
      refuseOnInterface(hint, at);
      return field;
    }
    DataFetcher<?> fetcher = environment.getFieldDataFetcher();
    CachedResponseField annotation = annotation(fetcher);
    if (cached == null && hint == null && annotation == null) {
      return field;
    }
    DataFetcher<?> made = fetcher;
    if (cached != null) {
      refuseWrites(CachedField.DIRECTIVE, at, environment.getRegistry());
      made = cached(new FieldSettings(cached, at), field, type, fetcher, environment);
    }
    if (hint != null || annotation != null) {
      refuseWrites(ResponseHint.DIRECTIVE, at, environment.getRegistry());
      made = hinted(hint == null ? null : new FieldSettings(hint, at), annotation, at, field, made);
    }
    return environment.setFieldDataFetcher(made);
  }

  private static @Nullable CachedResponseField annotation(DataFetcher<?> fetcher) {
    Method method =
        fetcher instanceof SelfDescribingDataFetcher<?> described ? described.asMethod() : null;
    return method == null
        ? null
        : AnnotatedElementUtils.findMergedAnnotation(method, CachedResponseField.class);
  }

  private static void refuseOnInterface(
      @Nullable GraphQLAppliedDirective directive, FieldCoordinates at) {
    if (directive != null) {
      throw FieldFault.of(
          directive.getName(),
          at,
          "it stands on an interface, whose fields nobody fetches",
          "put it on the field of each type that implements " + at.getTypeName());
    }
  }

  private static void refuseWrites(
      String directive, FieldCoordinates at, TypeDefinitionRegistry registry) {
    for (String operation : List.of("mutation", "subscription")) {
      String type = registry
          .schemaDefinition()
          .flatMap(schema -> schema.getOperationTypeDefinitions().stream()
              .filter(each -> each.getName().equals(operation))
              .map(each -> each.getTypeName().getName())
              .findFirst())
          .orElse(Character.toUpperCase(operation.charAt(0)) + operation.substring(1));
      if (type.equals(at.getTypeName())) {
        throw FieldFault.of(
            directive,
            at,
            "a " + operation + " is never cached",
            "take the directive away; @Invalidates on its method ends entries");
      }
    }
  }

  // ---- @cached

  private DataFetcher<?> cached(
      FieldSettings settings,
      GraphQLFieldDefinition field,
      GraphQLFieldsContainer type,
      DataFetcher<?> fetcher,
      SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
    FieldCoordinates at = settings.field();
    if (!(fetcher instanceof SelfDescribingDataFetcher<?> described)) {
      throw FieldFault.of(
          CachedField.DIRECTIVE,
          at,
          "its fetcher does not say what type it returns",
          "map the field by a controller method, or implement SelfDescribingDataFetcher");
    }
    if (described.usesDataLoader()) {
      throw FieldFault.of(
          CachedField.DIRECTIVE,
          at,
          "its fetcher uses a DataLoader, whose values would be looked up one by one",
          "register the batch loader with LarderDataLoaders.mapped(cache, loader) instead");
    }
    FetchedForm form = FetchedForm.of(described.getReturnType(), at);
    PropertyDataFetcher<?> source = source(settings, type, environment);
    FieldTags tags = FieldTags.of(CachedField.DIRECTIVE, at, field, settings.texts("tags"));
    CacheScope scope = settings.scope();
    refuseUnknown(CachedField.DIRECTIVE, at, scope);
    CachePolicyBuilder<List<@Nullable Object>, Object> policy = CachePolicy.of(
            KEY, TypeRef.<Object>of(form.stored()))
        .purpose("query")
        .scope(scope)
        .nullValues();
    String ttl = settings.text("ttl");
    if (ttl != null) {
      policy.ttl(FieldSettings.ttl(ttl, policies, CachedField.DIRECTIVE, at));
    }
    String named = settings.text("cache");
    String name = named == null ? FieldFault.name(at) : named;
    Cache<List<@Nullable Object>, Object> cache;
    try {
      cache = larder.cache(name, policies.apply(name, policy.build()));
    } catch (ConfigurationException | IllegalArgumentException fault) {
      throw FieldFault.of(
          CachedField.DIRECTIVE,
          at,
          String.valueOf(fault.getMessage()),
          "mend the directive, or larder.caches." + name + " in the configuration",
          fault);
    }
    return new CachedField(cache, fetcher, form, source, tags, identity);
  }

  private static @Nullable PropertyDataFetcher<?> source(
      FieldSettings settings,
      GraphQLFieldsContainer type,
      SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
    String query = environment
        .getRegistry()
        .schemaDefinition()
        .flatMap(schema -> schema.getOperationTypeDefinitions().stream()
            .filter(each -> each.getName().equals("query"))
            .map(each -> each.getTypeName().getName())
            .findFirst())
        .orElse("Query");
    if (type.getName().equals(query)) {
      return null;
    }
    String given = settings.text("source");
    String name = given == null ? "id" : given;
    if (given == null && type.getFieldDefinition(name) == null) {
      throw FieldFault.of(
          CachedField.DIRECTIVE,
          settings.field(),
          "type " + type.getName() + " has no field \"id\" to tell its objects apart",
          "name the property that does, such as source: \"isbn\"");
    }
    return PropertyDataFetcher.fetching(name);
  }

  // ---- @cachedResponse

  private DataFetcher<?> hinted(
      @Nullable FieldSettings settings,
      @Nullable CachedResponseField annotation,
      FieldCoordinates at,
      GraphQLFieldDefinition field,
      DataFetcher<?> fetcher) {
    if (settings != null && annotation != null) {
      throw FieldFault.of(
          ResponseHint.DIRECTIVE,
          at,
          "its controller method has @CachedResponseField too",
          "keep one of them");
    }
    String ttl;
    CacheScope scope;
    List<String> tags;
    if (settings != null) {
      ttl = String.valueOf(settings.text("ttl"));
      scope = settings.scope();
      tags = settings.texts("tags");
    } else if (annotation != null) {
      ttl = annotation.ttl();
      scope = annotation.scope();
      tags = List.of(annotation.tags());
    } else {
      return fetcher;
    }
    refuseUnknown(ResponseHint.DIRECTIVE, at, scope);
    hints.put(
        at, new ResponseHint(FieldSettings.ttl(ttl, policies, ResponseHint.DIRECTIVE, at), scope));
    return new HintedField(at, fetcher, FieldTags.of(ResponseHint.DIRECTIVE, at, field, tags));
  }

  private void refuseUnknown(String directive, FieldCoordinates at, CacheScope scope) {
    if (scope != CacheScope.PUBLIC && identity == null) {
      throw FieldFault.of(
          directive,
          at,
          "scope " + scope + " needs to know who is asking",
          "add Spring Security or a bean of type " + CallerIdentity.class.getName());
    }
  }
}
