package dev.larder.console;

import dev.larder.manage.Advice;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Obstacles;
import dev.larder.manage.Simulation;
import dev.larder.manage.StoredValue;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a GET asks for. */
final class Api {

  private static final int MOST_EVENTS = 20_000;

  private final Management management;
  private final Masking masking;
  private final Pulse pulse;

  Api(Management management, Masking masking, Pulse pulse) {
    this.management = management;
    this.masking = masking;
    this.pulse = pulse;
  }

  Map<String, Object> answer(String path, HttpServletRequest request, Visitor visitor) {
    return switch (path) {
      case "session" -> session(visitor);
      case "overview" -> Json.answer("overview", pulse.overview());
      case "history" -> Json.answer("samples", pulse.history());
      case "keys" -> Json.answer("page", keys(request));
      case "explain" -> explanation(need(request, "key"));
      case "value" -> Json.answer("value", value(need(request, "key"), visitor));
      case "events" -> Json.answer("events", events(request));
      case "distributions" ->
        Json.answer("distributions", management.distributions(need(request, "cache")));
      case "advice" -> advice(request);
      case "simulate" -> Json.answer("simulation", simulation(request));
      case "trials" -> Json.answer("trials", management.trials().all());
      case "routes" -> Json.answer("report", management.routes());
      case "sessions" -> Json.answer("report", management.sessions());
      case "warm-ups" -> warmUps();
      default -> throw Problem.notFound("There is nothing at api/" + Audit.line(path));
    };
  }

  private Map<String, Object> explanation(String slot) {
    Explanation explanation = management.explain(slot);
    Map<String, Object> answer = Json.answer("explanation", masking.explanation(explanation));
    answer.put("obstacles", Obstacles.of(explanation, management.overview()));
    return answer;
  }

  private Map<String, Object> warmUps() {
    Map<String, Object> answer = Json.answer(
        "warmUps", management.warmUps().stream().map(masking::warmUp).toList());
    answer.put("obstacle", Obstacles.toWarm(pulse.overview()));
    return answer;
  }

  private Map<String, Object> advice(HttpServletRequest request) {
    String cache = request.getParameter("cache");
    AdviceReport report = management.adviceReport().of(cache == null ? "" : cache);
    Map<String, Object> answer = Json.answer("advice", report.advice());
    answer.put("samples", report.samples());
    answer.put("silent", report.silent());
    answer.put("whyNone", report.whyNone());
    answer.put("caution", Advice.caution(management.overview()).orElse(null));
    return answer;
  }

  private static Map<String, Object> session(Visitor visitor) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("schema", Json.SCHEMA);
    session.put("user", visitor.user());
    session.put("canAct", visitor.canAct());
    session.put("canSeeValues", visitor.canSeeValues());
    session.put("csrf", visitor.csrf());
    return session;
  }

  private KeyPage keys(HttpServletRequest request) {
    String limit = request.getParameter("limit");
    String contains = text(request, "contains");
    KeyPage page = management.keys(new KeyQuery(
        text(request, "cache"),
        contains,
        limit == null ? 200 : (int) Math.min(number("limit", limit), Integer.MAX_VALUE)));
    return new KeyPage(
        page.tier(),
        page.keys().stream()
            // Else a secret key could be guessed letter by letter.
            .filter(slot -> !masking.isSecret(slot) || masking.text(slot).contains(contains))
            .map(masking::text)
            .toList(),
        page.hasMore());
  }

  private StoredValue value(String slot, Visitor visitor) {
    if (!visitor.canSeeValues()) {
      Audit.refused("value", visitor.user(), slot);
      throw Problem.forbidden("This visitor may not see values: a user needs"
          + " larder.console.value-role, the token larder.console.token-sees-values=true");
    }
    if (masking.isSecret(slot)) {
      Audit.refused("value", visitor.user(), masking.text(slot));
      throw Problem.forbidden(
          "Values of this cache are shown to nobody" + " (larder.console.secret-caches)");
    }
    StoredValue value =
        management.value(slot).orElseThrow(() -> Problem.notFound("No shared tier has the key"));
    Audit.done("value", visitor.user(), slot, "shown");
    return value;
  }

  private Simulation simulation(HttpServletRequest request) {
    String ttl = text(request, "ttl");
    String size = text(request, "size");
    return management.simulate(
        need(request, "cache"),
        ttl.isEmpty() ? null : Ttl.parse("ttl", ttl),
        size.isEmpty() ? null : number("size", size));
  }

  private List<Event> events(HttpServletRequest request) {
    String after = request.getParameter("after");
    String limit = request.getParameter("limit");
    long most = limit == null ? 200 : number("limit", limit);
    if (most < 1 || most > MOST_EVENTS) {
      throw Problem.wrong("limit: " + most + " is not 1 to " + MOST_EVENTS);
    }
    return management.events(after == null ? 0 : number("after", after), (int) most).stream()
        .map(masking::event)
        .toList();
  }

  /** The kinds that a request names, comma between; all if it names none. */
  static Set<Event.Kind> kinds(HttpServletRequest request) {
    String names = text(request, "kinds");
    if (names.isEmpty()) {
      return EnumSet.allOf(Event.Kind.class);
    }
    Set<Event.Kind> kinds = EnumSet.noneOf(Event.Kind.class);
    for (String name : names.split(",", -1)) {
      try {
        kinds.add(Event.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw Problem.wrong(
            "kinds: " + Audit.line(name) + " is none of " + EnumSet.allOf(Event.Kind.class));
      }
    }
    return kinds;
  }

  private static String text(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value;
  }

  private static String need(HttpServletRequest request, String name) {
    @Nullable String value = request.getParameter(name);
    if (value == null || value.isEmpty()) {
      throw Problem.of(ManagementException.Reason.WRONG_QUESTION, name + ": is missing");
    }
    return value;
  }

  static long number(String name, String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException wrong) {
      // Said below.
    }
    throw Problem.wrong(name + ": " + Audit.line(text) + " is not a number, 0 or more");
  }
}
