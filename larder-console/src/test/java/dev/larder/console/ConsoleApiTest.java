package dev.larder.console;

import static dev.larder.console.Client.TOKEN;
import static dev.larder.console.Client.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.manage.Event;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the API answers, how files are served. */
class ConsoleApiTest extends OnConsole {

  private JsonNode get(String path) throws Exception {
    Client.Reply reply = client.get(path, bearer(TOKEN));
    assertThat(reply.status()).as(path).isEqualTo(200);
    assertThat(reply.json().get("schema").asInt()).isEqualTo(1);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    return reply.json();
  }

  private Client.Reply post(String path, String json) throws Exception {
    return client.post(path, json, bearer(TOKEN));
  }

  @Test
  void get_answersWithTheRecordsAsTheyAre() throws Exception {
    JsonNode overview = get("api/overview").get("overview");
    assertThat(overview.get("isWhole").asBoolean()).isTrue();
    JsonNode node = overview.get("nodes").get(0);
    assertThat(node.get("state").asString()).isEqualTo("IN_SYNC");
    assertThat(node.get("tiers").get(0).get("isDegraded").asBoolean()).isFalse();
    assertThat(node.get("tiers").get(0).get("confirmedAgo").asString()).isEqualTo("PT0.12S");
    assertThat(node.get("caches").get(0).get("stats").get("cache").asString()).isEqualTo("feed");
    assertThat(get("api/keys?cache=album&contains=42&limit=5").get("page").get("keys"))
        .hasSize(1);
    assertThat(get("api/explain?key=app:album:v1:42")
            .get("explanation")
            .get("copies")
            .get(1)
            .get("state")
            .asString())
        .isEqualTo("INVALID");
    assertThat(get("api/value?key=app:album:v1:42").get("value").get("form").asString())
        .isEqualTo("json");
    JsonNode advice = get("api/advice");
    assertThat(advice.get("advice").get(0).get("kind").asString()).isEqualTo("TTL");
    assertThat(advice.get("whyNone").asString()).isEmpty();
    assertThat(advice.get("samples").get(0).get("lookups").asInt()).isEqualTo(12);
    assertThat(advice.get("silent").get(0).asString()).isEqualTo("n7");
    advice = get("api/advice?cache=album");
    assertThat(advice.get("advice")).isEmpty();
    assertThat(advice.get("whyNone").asString())
        .startsWith("Nothing to advise: too little is known of album (12 lookups of 400).");
    assertThat(get("api/warm-ups").get("warmUps").get(0).get("state").asString())
        .isEqualTo("RUNNING");
    JsonNode routes = get("api/routes").get("report");
    assertThat(routes.get("routes").get(0).get("notStored").get("status 404").asInt())
        .isEqualTo(48);
    assertThat(routes.get("requests").get(0).get("route").asString()).isEqualTo("GET /albums/{id}");
    JsonNode sessions = get("api/sessions").get("report");
    assertThat(sessions.get("nodes").get(1).get("sessions").get(0).get("living").asInt())
        .isEqualTo(214);
    management.happen(Event.Kind.LOAD, "album", "a", "site", 5, 1);
    management.happen(Event.Kind.LOAD, "album", "b", "site", 5, 1);
    assertThat(get("api/events?after=1&limit=10").get("events")).hasSize(1);
  }

  @Test
  void trial_isProposedStartedShownAndEnded() throws Exception {
    String plan = "{\"cache\":\"feed\",\"ttls\":[\"1m\",\"PT10M\"],\"share\":20,\"length\":\"2h\"}";
    JsonNode proposed = post("api/preview-trial", plan).json().get("trial");
    assertThat(proposed.get("state").asString()).isEqualTo("PROPOSED");
    assertThat(proposed.get("arms").get(2).get("ttlMillis").asLong()).isEqualTo(600_000);
    assertThat(management.orders).isEmpty();

    assertThat(post("api/trial", plan).status()).isEqualTo(200);
    assertThat(get("api/trials").get("trials").get(0).get("state").asString())
        .isEqualTo("WARMING_UP");
    post("api/trial", "{\"cache\":\"album\",\"ttls\":[\"1m\"]}");
    post("api/end-trial", "{\"cache\":\"feed\"}");
    String who = " by token from 127.0.0.1";
    assertThat(management.orders)
        .containsExactly(
            "trial feed [60000, 600000] 20 7200000" + who,
            "trial album [60000] 10 0" + who,
            "end feed" + who);
  }

  @Test
  void trial_thatMakesNoSense_isRefusedWithTheReason() throws Exception {
    problem(post("api/trial", "{\"cache\":\"feed\"}"), 400, "WRONG_QUESTION", "ttls: is missing");
    problem(post("api/trial", "{\"ttls\":[\"1m\"]}"), 400, "WRONG_QUESTION", "cache: is missing");
    problem(
        post("api/trial", "{\"cache\":\"feed\",\"ttls\":[\"soon\"]}"),
        400,
        "WRONG_QUESTION",
        "ttls: soon is not a time");
    problem(
        post("api/trial", "{\"cache\":\"feed\",\"ttls\":[\"999999999999d\"]}"),
        400,
        "WRONG_QUESTION",
        "ttls: 999999999999d is longer");
    problem(
        post("api/preview-trial", "{\"cache\":\"feed\",\"ttls\":[\"5m\"]}"),
        400,
        "WRONG_QUESTION",
        "is the policy's");
    problem(post("api/end-trial", "{\"cache\":\"feed\"}"), 404, "NOT_FOUND", "'feed' has none now");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void simulate_takesTimesAsPeopleWriteThem_andEitherSettingAlone() throws Exception {
    JsonNode found = get("api/simulate?cache=search&ttl=1m&size=5000").get("simulation");
    assertThat(found.get("now").get("hitRate").asDouble()).isEqualTo(0.461);
    assertThat(found.get("then").get("ttlMillis").asLong()).isEqualTo(60_000);
    get("api/simulate?cache=search&ttl=PT2M");
    get("api/simulate?cache=search&ttl=90");
    get("api/simulate?cache=search&size=100");
    assertThat(management.simulated)
        .containsExactly(
            "search PT1M 5000", "search PT2M null", "search PT1M30S null", "search null 100");
    problem(
        client.get("api/simulate?cache=search&ttl=soon", bearer(TOKEN)),
        400,
        "WRONG_QUESTION",
        "ttl: soon is not a time");
    problem(
        client.get("api/simulate?cache=search&size=much", bearer(TOKEN)),
        400,
        "WRONG_QUESTION",
        "size: much");
    problem(
        client.get("api/simulate?ttl=1m", bearer(TOKEN)),
        400,
        "WRONG_QUESTION",
        "cache: is missing");
    problem(
        client.get("api/simulate?cache=albun&ttl=1m", bearer(TOKEN)),
        404,
        "NOT_FOUND",
        "no cache 'albun'");
  }

  @Test
  void post_givesOrders() throws Exception {
    String aim = "{\"aim\":{\"kind\":\"TAG\",\"names\":[\"user:7\"]}}";
    assertThat(post("api/preview", aim).json().get("preview").get("entries").asInt())
        .isEqualTo(214);
    assertThat(post("api/invalidate", aim).json().get("outcome").get("position").asString())
        .isEqualTo("9.121");
    post("api/refresh", "{\"key\":\"k\"}");
    post("api/touch", "{\"key\":\"k\",\"ttlMillis\":60000}");
    post("api/switch", "{\"cache\":\"feed\",\"percent\":50}");
    post("api/warm", "{\"name\":\"problem-list\",\"action\":\"PAUSE\"}");
    post(
        "api/warm",
        "{\"name\":\"problem-list\",\"action\":\"RESUME\",\"limits\":{\"perSecond\":50}}");
    assertThat(post("api/verify", "{\"sample\":100}")
            .json()
            .get("verification")
            .get("sampled")
            .asInt())
        .isEqualTo(100);
    String who = " by token from 127.0.0.1";
    assertThat(management.orders)
        .containsExactly(
            "invalidate TAG [user:7]" + who,
            "refresh k" + who,
            "touch k PT1M" + who,
            "turn feed 50" + who,
            "warm problem-list PAUSE" + who,
            "warm problem-list RESUME 50/s" + who);
  }

  @Test
  void faults_areProblemsWithAReason() throws Exception {
    problem(
        client.get("api/keys?limit=0", bearer(TOKEN)),
        400,
        "WRONG_QUESTION",
        "limit: 0 is not 1 to 10000");
    problem(client.get("api/keys?limit=x", bearer(TOKEN)), 400, "WRONG_QUESTION", "limit: x");
    problem(client.get("api/nothing", bearer(TOKEN)), 404, "NOT_FOUND", "api/nothing");
    problem(client.get("api/explain", bearer(TOKEN)), 400, "WRONG_QUESTION", "key: is missing");
    problem(client.get("api/stream?kinds=GHOST", bearer(TOKEN)), 400, "WRONG_QUESTION", "GHOST");
    problem(client.get("api/stream?after=x", bearer(TOKEN)), 400, "WRONG_QUESTION", "after: x");
    problem(
        post("api/invalidate", "{\"aim\":{\"kind\":\"KEY\",\"names\":[]}}"),
        400,
        "WRONG_QUESTION",
        "names nothing");
    problem(
        post("api/invalidate", "{\"aim\":{\"kind\":\"KEY\",\"names\":[\"unreachable\"]}}"),
        503,
        "UNREACHABLE",
        "redis");
    problem(post("api/invalidate", "not json"), 400, "WRONG_QUESTION", "not the JSON");
    problem(post("api/invalidate", "{}"), 400, "WRONG_QUESTION", "aim: is missing");
    problem(
        post("api/switch", "{\"cache\":\"feed\",\"percent\":101}"),
        400,
        "WRONG_QUESTION",
        "percent: 101");
    problem(post("api/switch", "{\"cache\":\"feed\"}"), 400, "WRONG_QUESTION", "percent: null");
    problem(
        post("api/touch", "{\"key\":\"k\",\"ttlMillis\":0}"),
        400,
        "WRONG_QUESTION",
        "ttlMillis: 0");
    problem(post("api/verify", "{\"sample\":0}"), 400, "WRONG_QUESTION", "sample: 0");
    problem(post("api/refresh", "x".repeat(300_000)), 413, "WRONG_QUESTION", "longer");
    assertThat(client.send(client.request("api/keys", bearer(TOKEN)).DELETE()).status())
        .isEqualTo(405);
    assertThat(management.orders).isEmpty();
  }

  private static void problem(Client.Reply reply, int status, String reason, String detail) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    JsonNode body = reply.json();
    assertThat(body.get("status").asInt()).isEqualTo(status);
    assertThat(body.get("reason").asString()).isEqualTo(reason);
    assertThat(body.get("detail").asString()).contains(detail);
  }

  @Test
  void history_keepsWhatWasRead_withoutAnybodyWatching() throws Exception {
    await().untilAsserted(() -> {
      management.reads.addAndGet(1_000);
      JsonNode samples = get("api/history").get("samples");
      assertThat(samples.size()).isGreaterThan(1);
      assertThat(samples.get(samples.size() - 1).get("l1").asDouble()).isGreaterThan(0);
    });
  }

  @Test
  void page_isStrict_andItsFilesAreKeptForEver() throws Exception {
    Client.Reply page = client.get("");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "'sha256-")
        .doesNotContain("unsafe-");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.response().body()).doesNotContain("http://", "https://", "${");

    Matcher script = Pattern.compile("src=\"(assets/[0-9a-f]{12}/app\\.js)\"")
        .matcher(page.response().body());
    assertThat(script.find()).isTrue();
    Client.Reply file = client.get(script.group(1));
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Cache-Control")).contains("immutable");
    assertThat(file.header("Content-Type")).startsWith("text/javascript");
    String folder = script.group(1).replace("app.js", "");
    assertThat(client.get(folder + "chart.js/dist/chart.js").status()).isEqualTo(200);
    for (String path : new String[] {
      "assets/000000000000/app.js",
      folder + "index.html",
      folder + "lit/package.json",
      folder + "lit/../../../application.js",
      folder + "lit/%2e%2e/%2e%2e/x.js",
      "elsewhere"
    }) {
      assertThat(client.get(path).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void path_withoutSlash_leadsToTheOneWithIt() throws Exception {
    Client.Reply reply = client.get("../larder");
    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Location")).isEqualTo("/shop/admin/larder/");
  }
}
