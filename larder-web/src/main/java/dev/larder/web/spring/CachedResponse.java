package dev.larder.web.spring;

import dev.larder.web.ResponseRule;
import dev.larder.web.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The responses of this handler method are stored and served again.
 *
 * <p>Nothing is stored that depends on what is not in the key: the matched handler and pattern, its
 * path variables, {@link #query}, {@link #vary} and {@link #scope}. A handler that reads more of its
 * request is not cached, and the log names what it read.
 *
 * <p>Texts may hold placeholders, as <code>${app.ttl}</code>. A wrong declaration stops the start of the
 * application. May be put on annotations: <code>@CachedResponse(ttl = "1m") @interface Live</code>.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface CachedResponse {

  /** In {@link #query}: the names of the handler's {@code @RequestParam}s. */
  String OF_PARAMETERS = "@RequestParam";

  /** In {@link #query}: the whole query string. */
  String WHOLE_QUERY = ResponseRule.WHOLE_QUERY;

  /**
   * Name of a bean's cache, a {@code Cache<RequestKey, StoredResponse>}; by default the handler has
   * one of its own, {@code http.}class{@code .}method.
   */
  String cache() default "";

  /** How long a response is fresh: {@code 90s}, {@code 5m}, {@code 1h}, {@code PT5M}; at least 1 s. */
  String ttl() default "5m";

  /** How long past that it is served while it is refreshed. Not with {@link #cache}. */
  String staleFor() default "0s";

  /** How long past that it stands in when the handler fails. Not with {@link #cache}. */
  String staleIfError() default "0s";

  /**
   * How long past its ttl a response is kept for the handler to say whether it still holds: with 304, to
   * the {@code ETag} or {@code Last-Modified} that it gave. Not with {@link #cache}.
   */
  String revalidateFor() default "0s";

  /**
   * Tags, as texts with expressions: <code>album:#{#id}</code>. Path variables, query parameters and
   * the handler's parameters of those are variables; {@code user} is one where the scope is USER.
   */
  String[] tags() default {};

  /** Request headers that make a difference, as {@code Accept-Language}. */
  String[] vary() default {};

  /** Query parameters that make a difference; by default those of the handler's parameters. */
  String[] query() default {OF_PARAMETERS};

  /** Who may share a response. */
  Scope scope() default Scope.ANONYMOUS;

  /** Roles that make a difference, for {@link Scope#ROLES}. */
  String[] roles() default {};

  /** Expression that a request must fulfil; with the same variables as {@link #tags}. */
  String condition() default "";

  /** Statuses whose responses are stored; of 5xx only what the handler names a lifetime for. */
  int[] statuses() default {200};

  /** What the cache is for; see {@link dev.larder.CachePolicyBuilder#purpose}. Not with {@link #cache}. */
  String purpose() default "api";

  /** How long a browser may use it without asking; by default it asks each time and gets 304. */
  String browserTtl() default "0s";

  /** How long a shared cache outside may use it without asking; only with {@link Scope#PUBLIC}. */
  String sharedTtl() default "0s";
}
