package dev.larder.web;

import dev.larder.Cache;
import dev.larder.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the responses of one handler depend on, how long they live, and what is said about them to
 * caches outside. Immutable; safe for many threads.
 */
public final class ResponseRule {

  /** In {@link Builder#query}: the whole query string is part of the key. */
  public static final String WHOLE_QUERY = "*";

  private static final Set<String> NEVER_KEYED = Set.of("cookie", "authorization", "set-cookie");

  private final Builder set;

  private ResponseRule(Builder set) {
    this.set = set;
  }

  /** Starts a rule; the policy of the cache comes from {@link StoredResponse#policy}. */
  public static Builder in(Cache<RequestKey, StoredResponse> cache) {
    return new Builder(cache);
  }

  /** Where responses are kept. */
  public Cache<RequestKey, StoredResponse> cache() {
    return set.cache;
  }

  /** See {@link Builder#scope}. */
  public Scope scope() {
    return set.scope;
  }

  /** See {@link Builder#roles}. */
  public List<String> roles() {
    return set.roles;
  }

  /** See {@link Builder#ttl}. */
  public Duration ttl() {
    return set.ttl;
  }

  /** See {@link Builder#query}. */
  public Set<String> query() {
    return set.query;
  }

  /** Whether all parameters are in the key. */
  public boolean takesWholeQuery() {
    return set.query.contains(WHOLE_QUERY);
  }

  /** See {@link Builder#vary}; with the spelling of the declaration. */
  public List<String> vary() {
    return set.vary;
  }

  /** See {@link Builder#fixed}. */
  public Map<String, String> fixed() {
    return set.fixed;
  }

  /** See {@link Builder#statuses}. */
  public Set<Integer> statuses() {
    return set.statuses;
  }

  /** See {@link Builder#undated}. */
  public Undated undated() {
    return set.undated;
  }

  /** See {@link Builder#browserTtl}. */
  public Duration browserTtl() {
    return set.browserTtl;
  }

  /** See {@link Builder#sharedTtl}. */
  public Duration sharedTtl() {
    return set.sharedTtl;
  }

  /** Whether this response may be kept by caches between here and the browser. */
  boolean isPrivate() {
    return set.scope == Scope.USER || set.scope == Scope.ROLES;
  }

  /** Whether what is sent on freshness is the rule's, whatever the handler says of it. */
  boolean saysFreshness() {
    return isPrivate() || !set.browserTtl.isZero() || !set.sharedTtl.isZero();
  }

  Collection<String> tags(RuleRequest request) {
    return set.tags.apply(request);
  }

  boolean applies(RuleRequest request) {
    return set.condition.test(request);
  }

  /** The {@code Cache-Control} that is sent with a stored response. */
  String cacheControl() {
    StringBuilder text = new StringBuilder();
    if (isPrivate()) {
      text.append("private, ");
    } else if (set.scope == Scope.PUBLIC) {
      text.append("public, ");
    }
    boolean isKept = !set.browserTtl.isZero() || !set.sharedTtl.isZero();
    if (!isKept) {
      return text.append("no-cache").toString();
    }
    text.append("max-age=").append(set.browserTtl.toSeconds());
    if (!set.sharedTtl.isZero()) {
      text.append(", s-maxage=").append(set.sharedTtl.toSeconds());
    }
    Duration staleFor = set.cache.policy().staleFor();
    if (!staleFor.isZero()) {
      text.append(", stale-while-revalidate=").append(staleFor.toSeconds());
    }
    return text.toString();
  }

  /** Builds a rule. Not safe for many threads. */
  public static final class Builder {

    private final Cache<RequestKey, StoredResponse> cache;
    private Scope scope = Scope.ANONYMOUS;
    private List<String> roles = List.of();
    private Duration ttl;
    private Set<String> query = Set.of();
    private List<String> vary = List.of();
    private Map<String, String> fixed = Map.of();
    private Set<Integer> statuses = Set.of(200);
    private Undated undated = Undated.TTL;
    private Duration browserTtl = Duration.ZERO;
    private Duration sharedTtl = Duration.ZERO;
    private Function<RuleRequest, ? extends Collection<String>> tags = request -> List.of();
    private Predicate<RuleRequest> condition = request -> true;

    private Builder(Cache<RequestKey, StoredResponse> cache) {
      this.cache = cache;
      this.ttl = cache.policy().ttl();
    }

    private Builder(Builder other) {
      this.cache = other.cache;
      this.scope = other.scope;
      this.roles = other.roles;
      this.ttl = other.ttl;
      this.query = other.query;
      this.vary = other.vary;
      this.fixed = other.fixed;
      this.statuses = other.statuses;
      this.undated = other.undated;
      this.browserTtl = other.browserTtl;
      this.sharedTtl = other.sharedTtl;
      this.tags = other.tags;
      this.condition = other.condition;
    }

    /** Who may share a response: default {@link Scope#ANONYMOUS}. */
    public Builder scope(Scope scope) {
      this.scope = scope;
      return this;
    }

    /** The roles that make a difference; for {@link Scope#ROLES}, which needs at least one. */
    public Builder roles(Collection<String> roles) {
      this.roles = List.copyOf(new LinkedHashSet<>(roles));
      return this;
    }

    /**
     * How long a response is fresh: default the cache's ttl, 1 s to 366 days. A handler that says
     * less by its own {@code Cache-Control} or {@code Expires} is obeyed.
     */
    public Builder ttl(Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    /**
     * The query parameters that make a difference: default none. Others may be sent and are not in
     * the key; a handler that reads one is not cached. {@link #WHOLE_QUERY} takes all, as they stand.
     */
    public Builder query(Collection<String> names) {
      // In one order everywhere: keys are shared between processes.
      this.query = Collections.unmodifiableSet(new TreeSet<>(names));
      return this;
    }

    /**
     * The request headers that make a difference: default none. {@code Host} stands for scheme, name
     * and port. {@code Cookie} and {@code Authorization} can't be keyed: see {@link #scope}.
     */
    public Builder vary(Collection<String> headers) {
      this.vary = List.copyOf(new LinkedHashSet<>(headers));
      return this;
    }

    /**
     * Headers that the handler is shown with one value, whatever was sent, since they have done their
     * work when the route was matched: {@code Accept} of a handler that makes one type. Default none.
     */
    public Builder fixed(Map<String, String> headers) {
      this.fixed = Map.copyOf(headers);
      return this;
    }

    /**
     * Statuses whose responses are kept: default 200. Not 1xx, 206 or 304; of 5xx only responses for
     * which the handler itself names a lifetime.
     */
    public Builder statuses(Collection<Integer> statuses) {
      this.statuses = Set.copyOf(statuses);
      return this;
    }

    /** How long a response is fresh that says nothing of it: default the {@link #ttl}. */
    public Builder undated(Undated undated) {
      this.undated = undated;
      return this;
    }

    /**
     * How long browsers may use it without asking: default 0, they ask each time and get 304. An
     * invalidation does not reach what a browser holds.
     */
    public Builder browserTtl(Duration ttl) {
      this.browserTtl = ttl;
      return this;
    }

    /** As {@link #browserTtl}, for shared caches such as a CDN; only with {@link Scope#PUBLIC}. */
    public Builder sharedTtl(Duration ttl) {
      this.sharedTtl = ttl;
      return this;
    }

    /** The tags of a response, from what is in its key. */
    public Builder tags(Function<RuleRequest, ? extends Collection<String>> tags) {
      this.tags = tags;
      return this;
    }

    /** Which requests the rule is for; others go to the handler. */
    public Builder condition(Predicate<RuleRequest> condition) {
      this.condition = condition;
      return this;
    }

    /**
     * The rule.
     *
     * @throws ConfigurationException naming every wrong setting and combination
     */
    public ResponseRule build() {
      List<String> faults = new ArrayList<>();
      if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofDays(366)) > 0) {
        faults.add("ttl: " + ttl + " is not 1 s to 366 days");
      }
      if (browserTtl.isNegative() || sharedTtl.isNegative()) {
        faults.add("browserTtl, sharedTtl: less than 0");
      }
      if (!sharedTtl.isZero() && scope != Scope.PUBLIC) {
        faults.add("sharedTtl: needs the scope PUBLIC, since a cache outside can't tell visitors"
            + " apart; the scope is " + scope);
      }
      if (scope == Scope.ROLES && roles.isEmpty()) {
        faults.add("roles: the scope ROLES needs at least one");
      }
      if (scope != Scope.ROLES && !roles.isEmpty()) {
        faults.add("roles: only the scope ROLES uses them; the scope is " + scope);
      }
      for (String header : vary) {
        if (NEVER_KEYED.contains(header.toLowerCase(Locale.ROOT))) {
          faults.add("vary: " + header + " can't be part of a key; use the scope USER or ROLES");
        } else if (!header.matches("[A-Za-z0-9!#$%&'+.^_`|~-]+")) {
          faults.add("vary: \"" + header + "\" is not the name of a header");
        }
      }
      for (int status : statuses) {
        if (status < 200 || status > 599 || status == 206 || status == 304) {
          faults.add("statuses: " + status + " can't be stored");
        }
      }
      if (!cache.policy().softTimeout().isZero()
          || !cache.policy().hardTimeout().isZero()
          || cache.policy().earlyRefresh() > 0) {
        faults.add("cache " + cache.name() + ": softTimeout, hardTimeout and earlyRefresh would run"
            + " a handler on a thread that is not its request's");
      }
      if (!faults.isEmpty()) {
        throw new ConfigurationException("response rule: " + String.join("; ", faults));
      }
      return new ResponseRule(new Builder(this));
    }
  }
}
