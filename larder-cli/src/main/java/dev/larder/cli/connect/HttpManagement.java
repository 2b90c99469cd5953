package dev.larder.cli.connect;

import dev.larder.cli.connect.Api.Part;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.Outcome;
import dev.larder.manage.Overview;
import dev.larder.manage.Preview;
import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import dev.larder.manage.Simulation;
import dev.larder.manage.StoredValue;
import dev.larder.manage.Trials;
import dev.larder.manage.Verification;
import dev.larder.manage.WarmUp;
import dev.larder.stats.Distribution;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The management of a running application, over the API of its console. Who acts is decided there, by
 * the token. Safe for many threads.
 */
public final class HttpManagement implements Management {

  private static final Part<Outcome> OUTCOME = Part.of("outcome", Outcome.class);

  private final Api api;

  /**
   * For one application.
   *
   * @param url of the console
   * @param token that it asks for; null for none
   */
  public HttpManagement(URI url, @Nullable String token) {
    this.api = new Api(url, token);
  }

  @Override
  public Overview overview() {
    return api.get("api/overview", Map.of(), Part.of("overview", Overview.class));
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    Map<String, ?> parameters =
        Map.of("cache", query.cache(), "contains", query.contains(), "limit", query.limit());
    return api.get("api/keys", parameters, Part.of("page", KeyPage.class));
  }

  @Override
  public Explanation explain(String slot) {
    return api.get("api/explain", Map.of("key", slot), Part.of("explanation", Explanation.class));
  }

  @Override
  public Optional<StoredValue> value(String slot) {
    return api.find("api/value", Map.of("key", slot), Part.of("value", StoredValue.class));
  }

  @Override
  public Preview preview(Aim aim) {
    return api.post("api/preview", Map.of("aim", aim), Part.of("preview", Preview.class));
  }

  @Override
  public Outcome invalidate(Aim aim, String who) {
    return api.post("api/invalidate", Map.of("aim", aim), OUTCOME);
  }

  @Override
  public Outcome refresh(String slot, String who) {
    return api.post("api/refresh", Map.of("key", slot), OUTCOME);
  }

  @Override
  public Outcome touch(String slot, Duration ttl, String who) {
    Map<String, ?> body = Map.of("key", slot, "ttlMillis", ttl.toMillis());
    return api.post("api/touch", body, OUTCOME);
  }

  @Override
  public Outcome turn(String cache, int percent, String who) {
    Map<String, ?> body = Map.of("cache", cache, "percent", percent);
    return api.post("api/switch", body, OUTCOME);
  }

  @Override
  public List<Distribution> distributions(String cache) {
    return api.get(
        "api/distributions",
        Map.of("cache", cache),
        Part.listOf("distributions", Distribution.class));
  }

  @Override
  public List<Event> events(long after, int limit) {
    Map<String, ?> parameters = Map.of("after", after, "limit", limit);
    return api.get("api/events", parameters, Part.listOf("events", Event.class));
  }

  /** The stream is opened before this returns; a broken one is opened again from where it ended. */
  @Override
  public Subscription listen(Consumer<Event> listener) {
    return EventStream.open(api, listener);
  }

  @Override
  public Verification verify(int sample) {
    return api.post(
        "api/verify", Map.of("sample", sample), Part.of("verification", Verification.class));
  }

  @Override
  public AdviceReport adviceReport() {
    return api.get("api/advice", Map.of(), Part.with("advice", AdviceReport.class));
  }

  @Override
  public Simulation simulate(String cache, @Nullable Duration ttl, @Nullable Long l1MaxEntries) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("cache", cache);
    if (ttl != null) {
      parameters.put("ttl", ttl);
    }
    if (l1MaxEntries != null) {
      parameters.put("size", l1MaxEntries);
    }
    return api.get("api/simulate", parameters, Part.of("simulation", Simulation.class));
  }

  @Override
  public Trials trials() {
    return new HttpTrials(api);
  }

  @Override
  public List<WarmUp> warmUps() {
    return api.get("api/warm-ups", Map.of(), Part.listOf("warmUps", WarmUp.class));
  }

  @Override
  public RouteReport routes() {
    return api.get("api/routes", Map.of(), Part.of("report", RouteReport.class));
  }

  @Override
  public SessionReport sessions() {
    return api.get("api/sessions", Map.of(), Part.of("report", SessionReport.class));
  }

  @Override
  public Outcome warm(String name, WarmUp.Action action, WarmUp.Limits limits, String who) {
    Map<String, ?> body = Map.of("name", name, "action", action, "limits", limits);
    return api.post("api/warm", body, OUTCOME);
  }
}
