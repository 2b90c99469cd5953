package dev.larder.spring.graphql;

import dev.larder.CacheScope;
import dev.larder.spring.CachePolicies;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a directive as its field has them. */
record FieldSettings(GraphQLAppliedDirective directive, FieldCoordinates field) {

  @Nullable String text(String argument) {
    Object value = value(argument);
    return value == null ? null : value.toString();
  }

  List<String> texts(String argument) {
    List<String> texts = new ArrayList<>();
    if (value(argument) instanceof Iterable<?> many) {
      many.forEach(each -> texts.add(String.valueOf(each)));
    }
    return texts;
  }

  CacheScope scope() {
    String scope = text("scope");
    return scope == null ? CacheScope.PUBLIC : CacheScope.valueOf(scope);
  }

  private @Nullable Object value(String argument) {
    GraphQLAppliedDirectiveArgument given = directive.getArgument(argument);
    return given == null ? null : given.getValue();
  }

  /** A length of time as it stands in a schema or annotation. */
  static Duration ttl(
      String text, CachePolicies policies, String directive, FieldCoordinates field) {
    try {
      Duration duration = policies.time(text);
      if (duration.compareTo(Duration.ofMillis(1)) < 0
          || duration.compareTo(Duration.ofDays(366)) > 0) {
        throw new IllegalArgumentException("not 1 ms to 366 days");
      }
      return duration;
    } catch (IllegalArgumentException fault) {
      throw FieldFault.of(
          directive,
          field,
          "ttl \"" + text + "\" is not 1 ms to 366 days",
          "write 5m, 300 (seconds), PT5M, or one of the ttl classes " + policies.ttlClasses(),
          fault);
    }
  }
}
