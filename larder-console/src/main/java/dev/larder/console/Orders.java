package dev.larder.console;

import dev.larder.manage.Aim;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Outcome;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.WarmUp;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a POST asks for. Every order is audited, also one that is refused or fails. */
final class Orders {

  private static final int MOST_NAMES = 1_000;

  /** One order, of which it is known who gave it. */
  private interface Order {
    Outcome carryOut(String who);
  }

  private record Aimed(@Nullable Aim aim) {}

  private record Key(@Nullable String key, long ttlMillis) {}

  private record Turn(@Nullable String cache, @Nullable Integer percent) {}

  private record Sampled(int sample) {}

  private record Warm(
      @Nullable String name, WarmUp.@Nullable Action action, WarmUp.@Nullable Limits limits) {}

  /** Times are as people write them; no length is the usual one. */
  private record Planned(
      @Nullable String cache,
      @Nullable List<String> ttls,
      @Nullable Integer share,
      @Nullable String length) {}

  private final Management management;

  Orders(Management management) {
    this.management = management;
  }

  /** The answer to a POST. */
  Map<String, Object> answer(String path, HttpServletRequest request, Visitor visitor)
      throws IOException {
    return switch (path) {
      case "preview" -> Json.answer("preview", management.preview(aim(request)));
      case "preview-trial" ->
        Json.answer("trial", management.trials().preview(plan(Json.read(request, Planned.class))));
      case "trial" -> {
        TrialPlan plan = plan(Json.read(request, Planned.class));
        yield order(path, plan.toString(), visitor, who -> management.trials().start(plan, who));
      }
      case "end-trial" -> {
        String cache = need("cache", Json.read(request, Planned.class).cache());
        yield order(path, cache, visitor, who -> management.trials().end(cache, who));
      }
      case "verify" -> verify(Json.read(request, Sampled.class).sample());
      case "invalidate" -> {
        Aim aim = aim(request);
        yield order(
            path, aim.kind() + " " + aim.names(), visitor, who -> management.invalidate(aim, who));
      }
      case "refresh" -> {
        String slot = need("key", Json.read(request, Key.class).key());
        yield order(path, slot, visitor, who -> management.refresh(slot, who));
      }
      case "touch" -> touch(path, Json.read(request, Key.class), visitor);
      case "switch" -> turn(path, Json.read(request, Turn.class), visitor);
      case "warm" -> warm(path, Json.read(request, Warm.class), visitor);
      default -> throw Problem.notFound("Nothing takes a POST at api/" + Audit.line(path));
    };
  }

  private Map<String, Object> verify(int sample) {
    if (sample < 1 || sample > 100_000) {
      throw Problem.wrong("sample: " + sample + " is not 1 to 100000");
    }
    return Json.answer("verification", management.verify(sample));
  }

  private Map<String, Object> touch(String path, Key key, Visitor visitor) {
    String slot = need("key", key.key());
    if (key.ttlMillis() < 1) {
      throw Problem.wrong("ttlMillis: " + key.ttlMillis() + " is not 1 or more");
    }
    Duration ttl = Duration.ofMillis(key.ttlMillis());
    return order(path, slot + " " + ttl, visitor, who -> management.touch(slot, ttl, who));
  }

  private Map<String, Object> turn(String path, Turn turn, Visitor visitor) {
    Integer percent = turn.percent();
    if (percent == null || percent < 0 || percent > 100) {
      throw Problem.wrong("percent: " + percent + " is not 0 to 100");
    }
    String cache = turn.cache() == null ? "" : turn.cache();
    return order(
        path,
        (cache.isEmpty() ? "all caches" : cache) + " to " + percent + " %",
        visitor,
        who -> management.turn(cache, percent, who));
  }

  private Map<String, Object> warm(String path, Warm warm, Visitor visitor) {
    String name = need("name", warm.name());
    WarmUp.Action action = warm.action();
    if (action == null) {
      throw Problem.wrong("action: is missing, one of START, PAUSE, RESUME, CANCEL, RERUN_FAILED");
    }
    WarmUp.Limits limits = Objects.requireNonNullElse(warm.limits(), WarmUp.Limits.AS_DECLARED);
    return order(
        path,
        (name + " " + action + " " + limits.shown()).strip(),
        visitor,
        who -> management.warm(name, action, limits, who));
  }

  private static TrialPlan plan(Planned planned) {
    List<String> ttls = planned.ttls();
    if (ttls == null) {
      throw Problem.wrong("ttls: is missing; it is a list of times such as 1m");
    }
    Integer share = planned.share();
    String length = planned.length();
    return new TrialPlan(
        need("cache", planned.cache()),
        ttls.stream().map(ttl -> millis("ttls", String.valueOf(ttl))).toList(),
        share == null ? TrialPlan.USUAL_SHARE : share,
        length == null || length.isEmpty() ? 0 : millis("length", length));
  }

  private static long millis(String name, String text) {
    try {
      return Ttl.parse(name, text).toMillis();
    } catch (ArithmeticException tooLong) {
      throw Problem.wrong(name + ": " + Audit.line(text) + " is longer than any trial");
    }
  }

  private static Aim aim(HttpServletRequest request) throws IOException {
    Aim aim = Json.read(request, Aimed.class).aim();
    if (aim == null || aim.kind() == null) {
      throw Problem.wrong("aim: is missing; it is {kind, names}");
    }
    if (aim.names().size() > MOST_NAMES) {
      throw Problem.wrong("aim: " + aim.names().size() + " names are more than " + MOST_NAMES);
    }
    return aim;
  }

  private static String need(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw Problem.wrong(name + ": is missing");
    }
    return value;
  }

  private static Map<String, Object> order(
      String action, String what, Visitor visitor, Order order) {
    if (!visitor.canAct()) {
      Audit.refused(action, visitor.user(), what + ": may not act");
      throw Problem.forbidden("This visitor may only look. Actions are off unless"
          + " larder.console.actions=true, and a user needs larder.console.act-role");
    }
    try {
      Outcome outcome = order.carryOut(visitor.user());
      Audit.done(action, visitor.user(), what, outcome.done());
      return Json.answer("outcome", outcome);
    } catch (ManagementException failure) {
      Audit.refused(action, visitor.user(), what + ": " + failure.getMessage());
      throw failure;
    }
  }
}
