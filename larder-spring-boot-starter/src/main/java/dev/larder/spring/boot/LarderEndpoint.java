package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.manage.Aim;
import dev.larder.manage.Explanation;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Outcome;
import dev.larder.manage.Overview;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * What operators see and do, as the actuator's endpoint {@code larder}: the same as console and command
 * line, over all nodes.
 *
 * <p>As every endpoint it is closed until it is exposed, and it only reads until its access is {@code
 * unrestricted}. What it is asked to do is told in the log {@code dev.larder.audit}. It shows no values.
 * Calls block for a few round trips. Safe for many threads.
 */
@WebEndpoint(id = "larder", defaultAccess = Access.READ_ONLY)
public class LarderEndpoint {

  private static final Logger audit = LoggerFactory.getLogger("dev.larder.audit");

  private final Management management;

  /** Of one larder. */
  public LarderEndpoint(Larder larder) {
    this.management = larder.management();
  }

  /** {@code GET}: nodes, tiers, caches and switches. */
  @ReadOperation
  public Overview overview() {
    return management.overview();
  }

  /** {@code GET /KEY}: all that is known of one slot key. */
  @ReadOperation
  public WebEndpointResponse<?> explain(
      @Selector(match = Selector.Match.ALL_REMAINING) String... key) {
    return answer(() -> explanation(String.join("/", key)));
  }

  private Explanation explanation(String key) {
    return management.explain(key);
  }

  /**
   * {@code DELETE ?tag=NAME}: invalidates what a key, a tag, a prefix or a cache covers. Exactly one is
   * given.
   */
  @DeleteOperation
  public WebEndpointResponse<?> invalidate(
      SecurityContext security,
      @Nullable String key,
      @Nullable String tag,
      @Nullable String prefix,
      @Nullable String cache) {
    return answer(() -> {
      List<Aim> aims = new ArrayList<>();
      add(aims, Aim.Kind.KEY, key);
      add(aims, Aim.Kind.TAG, tag);
      add(aims, Aim.Kind.PREFIX, prefix);
      add(aims, Aim.Kind.CACHE, cache);
      if (aims.size() != 1) {
        throw new ManagementException(
            ManagementException.Reason.WRONG_QUESTION,
            "name one of key, tag, prefix and cache; saw " + aims.size());
      }
      Aim aim = aims.get(0);
      return audited(security, "invalidate " + aim, who -> management.invalidate(aim, who));
    });
  }

  private static void add(List<Aim> aims, Aim.Kind kind, @Nullable String name) {
    if (name != null) {
      aims.add(new Aim(kind, List.of(name)));
    }
  }

  /** {@code POST {"cache": …, "percent": …}}: turns a cache on all nodes, or all caches without a name. */
  @WriteOperation
  public WebEndpointResponse<?> turn(
      SecurityContext security, @Nullable String cache, int percent) {
    String name = cache == null ? "" : cache;
    return answer(() -> audited(
        security,
        "switch " + (name.isEmpty() ? "all" : name) + " to " + percent + " %",
        who -> management.turn(name, percent, who)));
  }

  /** An order. */
  private interface Order {
    Outcome by(String who);
  }

  private static Outcome audited(SecurityContext security, String what, Order order) {
    Principal principal = security.getPrincipal();
    String who = "actuator " + (principal == null ? "nobody known" : principal.getName());
    try {
      Outcome outcome = order.by(who);
      audit.info("{}: {}: {}", line(who), line(what), line(outcome.done()));
      return outcome;
    } catch (ManagementException refused) {
      audit.warn("{}: {}: refused: {}", line(who), line(what), line(refused.getMessage()));
      throw refused;
    }
  }

  /** What others wrote makes no lines of its own in the log. */
  private static String line(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
  }

  private static WebEndpointResponse<?> answer(Supplier<Object> question) {
    try {
      return new WebEndpointResponse<>(question.get());
    } catch (ManagementException failure) {
      return new WebEndpointResponse<>(
          Map.of("reason", failure.reason().name(), "detail", String.valueOf(failure.getMessage())),
          status(failure.reason()));
    }
  }

  private static int status(ManagementException.Reason reason) {
    return switch (reason) {
      case WRONG_QUESTION -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case REFUSED -> 409;
      case UNREACHABLE -> 503;
    };
  }
}
