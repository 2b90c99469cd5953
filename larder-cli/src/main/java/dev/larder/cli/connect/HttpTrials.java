package dev.larder.cli.connect;

import dev.larder.cli.connect.Api.Part;
import dev.larder.manage.Outcome;
import dev.larder.manage.Trial;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The trials of a running application, over the API of its console. Safe for many threads. */
final class HttpTrials implements Trials {

  private static final Part<Outcome> OUTCOME = Part.of("outcome", Outcome.class);

  private final Api api;

  HttpTrials(Api api) {
    this.api = api;
  }

  @Override
  public List<Trial> all() {
    return api.get("api/trials", Map.of(), Part.listOf("trials", Trial.class));
  }

  @Override
  public Trial preview(TrialPlan plan) {
    return api.post("api/preview-trial", body(plan), Part.of("trial", Trial.class));
  }

  @Override
  public Outcome start(TrialPlan plan, String who) {
    return api.post("api/trial", body(plan), OUTCOME);
  }

  private static Map<String, ?> body(TrialPlan plan) {
    return Map.of(
        "cache", plan.cache(),
        "ttls", plan.ttlMillis().stream().map(HttpTrials::text).toList(),
        "share", plan.share(),
        "length", plan.lengthMillis() == 0 ? "" : text(plan.lengthMillis()));
  }

  private static String text(long millis) {
    return Duration.ofMillis(millis).toString();
  }

  @Override
  public Outcome end(String cache, String who) {
    return api.post("api/end-trial", Map.of("cache", cache), OUTCOME);
  }
}
