package dev.larder.console;

import static dev.larder.console.Client.TOKEN;
import static dev.larder.console.Client.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who gets in, and for what. */
class ConsoleAccessTest {

  private static final String KEY = "{\"aim\":{\"kind\":\"KEY\",\"names\":[\"app:album:v1:42\"]}}";

  private final FakeManagement management = new FakeManagement();
  private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
  private Mounted console;

  @BeforeEach
  void listen() {
    audit.start();
    ((Logger) LoggerFactory.getLogger("dev.larder.audit")).addAppender(audit);
  }

  @AfterEach
  void close() throws Exception {
    ((Logger) LoggerFactory.getLogger("dev.larder.audit")).detachAppender(audit);
    if (console != null) {
      console.close();
    }
  }

  private Client open(Consumer<ConsoleSettings.Builder> settings) throws Exception {
    ConsoleSettings.Builder builder = ConsoleSettings.builder();
    settings.accept(builder);
    console = Mounted.of(management, builder.build());
    return new Client(console);
  }

  @Test
  void console_withoutTokenAndRole_servesNothingAndAsksNothing() throws Exception {
    Client client = open(settings -> {});

    for (String path : new String[] {"", "api/overview", "api/stream", "api/session"}) {
      Client.Reply reply = client.get(path, bearer(TOKEN));
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.json().get("detail").asString()).contains("larder.console.token");
    }
    assertThat(management.overviews).hasValue(0);
  }

  @Test
  void api_withoutToken_isUnauthorized() throws Exception {
    Client client = open(settings -> settings.token(TOKEN));

    for (String path : new String[] {"api/overview", "api/stream", "api/history", "api/keys"}) {
      Client.Reply reply = client.get(path);
      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(reply.json().has("logIn")).isFalse();
      assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }
    assertThat(client.post("api/invalidate", KEY).status()).isEqualTo(401);
  }

  @Test
  void api_withToken_isOpen() throws Exception {
    Client client = open(settings -> settings.token(TOKEN));

    assertThat(client.get("api/session", bearer(TOKEN)).json().get("canAct").asBoolean())
        .isFalse();
    assertThat(client.get("api/session", bearer(TOKEN + "x")).status()).isEqualTo(401);
    assertThat(client.get("api/session", bearer(TOKEN.substring(1))).status()).isEqualTo(401);
  }

  @Test
  void tokens_wrongTooOften_areRefusedEvenIfRight() throws Exception {
    Client client = open(settings -> settings.token(TOKEN));

    for (int wrong = 0; wrong < Attempts.ALLOWED; wrong++) {
      assertThat(client.get("api/session", bearer("wrong-" + wrong)).status()).isEqualTo(401);
    }
    Client.Reply reply = client.get("api/session", bearer(TOKEN));
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Retry-After")).isEqualTo("60");
    assertThat(client.post("api/log-in", "{\"token\":\"" + TOKEN + "\"}").status())
        .isEqualTo(429);
  }

  @Test
  void attempts_aMinuteLater_beginAnew() {
    AtomicLong nanos = new AtomicLong(-5);
    Attempts attempts = new Attempts(nanos::get);
    for (int wrong = 0; wrong < Attempts.ALLOWED; wrong++) {
      attempts.check("a");
      attempts.wrong("a");
    }
    assertThatThrownBy(() -> attempts.check("a")).isInstanceOf(Problem.class);
    attempts.check("b");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    attempts.check("a");
  }

  @Test
  void logIn_givesACookieThatNoScriptAndNoOtherSiteHas() throws Exception {
    Client client = open(settings -> settings.token(TOKEN).allowActions(true));

    Client.Reply reply = client.post("api/log-in", "{\"token\":\"" + TOKEN + "\"}");
    String cookie = reply.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/shop/admin/larder/");
    assertThat(cookie).doesNotContain(TOKEN);

    String pair = cookie.substring(0, cookie.indexOf(';'));
    Client.Reply session = client.get("api/session", "Cookie", pair);
    assertThat(session.status()).isEqualTo(200);
    assertThat(session.json().get("canAct").asBoolean()).isTrue();

    String forged = pair.substring(0, pair.length() - 2) + (pair.endsWith("AA") ? "BB" : "AA");
    assertThat(client.get("api/session", "Cookie", forged).status()).isEqualTo(401);
    String later = pair.replaceFirst("=(\\d+)", "=99999999999");
    assertThat(client.get("api/session", "Cookie", later).status()).isEqualTo(401);
    assertThat(client.post("api/log-in", "{\"token\":\"wrong\"}").status()).isEqualTo(401);
  }

  @Test
  void post_byCookie_needsTheCsrfHeader() throws Exception {
    Client client = open(settings -> settings.token(TOKEN).allowActions(true));
    String cookie = client.post("api/log-in", "{\"token\":\"" + TOKEN + "\"}").header("Set-Cookie");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    String csrf = client.get("api/session", "Cookie", pair).json().get("csrf").asString();

    assertThat(client.post("api/invalidate", KEY, "Cookie", pair).status()).isEqualTo(403);
    assertThat(client
            .post("api/invalidate", KEY, "Cookie", pair, "X-Larder-Csrf", csrf + "x")
            .status())
        .isEqualTo(403);
    assertThat(client
            .post(
                "api/invalidate",
                KEY,
                "Cookie",
                pair,
                "X-Larder-Csrf",
                csrf,
                "Sec-Fetch-Site",
                "cross-site")
            .status())
        .isEqualTo(403);
    assertThat(client
            .send(client
                .request("api/invalidate", "Cookie", pair, "X-Larder-Csrf", csrf)
                .setHeader("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(KEY)))
            .status())
        .isEqualTo(415);
    assertThat(management.orders).isEmpty();

    assertThat(client
            .post("api/invalidate", KEY, "Cookie", pair, "X-Larder-Csrf", csrf)
            .status())
        .isEqualTo(200);
    assertThat(management.orders).hasSize(1);
  }

  @Test
  void post_byRole_needsTheCsrfHeader() throws Exception {
    Client client = open(settings -> settings.actRole("ops").allowActions(true));

    assertThat(client.post("api/invalidate", KEY, "X-Test-Roles", "ops").status())
        .isEqualTo(403);
    Client.Reply session = client.get("api/session", "X-Test-Roles", "ops");
    String csrf = session.json().get("csrf").asString();
    String cookie = session.header("Set-Cookie").split(";", 2)[0];
    assertThat(session.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict");
    String[] right = {"X-Test-Roles", "ops", "Cookie", cookie, "X-Larder-Csrf", csrf};
    assertThat(client.post("api/invalidate", KEY, right).status()).isEqualTo(200);
    assertThat(management.orders).first().asString().contains("olga from 127.0.0.1");

    // Of another visit.
    String[] other = {
      "X-Test-Roles", "ops", "Cookie", cookie.replaceFirst("=.", "=."), "X-Larder-Csrf", csrf
    };
    assertThat(client.post("api/invalidate", KEY, other).status()).isEqualTo(403);

    // Another node of the same application takes it.
    try (Mounted node = Mounted.of(
        management, ConsoleSettings.builder().actRole("ops").allowActions(true).build())) {
      assertThat(new Client(node).post("api/invalidate", KEY, right).status()).isEqualTo(200);
    }
  }

  @Test
  void roles_giveWhatTheyAreFor() throws Exception {
    Client client = open(settings ->
        settings.viewRole("look").actRole("ops").valueRole("support").allowActions(true));

    Client.Reply guest = client.get("api/session", "X-Test-Roles", "guest");
    assertThat(guest.status()).isEqualTo(403);
    // The page then asks for no token: there is none.
    assertThat(guest.json().get("logIn").asString()).isEqualTo("application");
    Client.Reply nobody = client.get("api/session");
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.json().get("logIn").asString()).isEqualTo("application");
    assertThat(rights(client, "look")).isEqualTo("false false");
    assertThat(rights(client, "ops")).isEqualTo("true false");
    assertThat(rights(client, "support")).isEqualTo("false true");
    assertThat(rights(client, "ops,support")).isEqualTo("true true");
  }

  private static String rights(Client client, String roles) throws Exception {
    var session = client.get("api/session", "X-Test-Roles", roles).json();
    return session.get("canAct").asBoolean() + " " + session.get("canSeeValues").asBoolean();
  }

  @Test
  void actions_offUnlessAllowed_alsoForTheToken() throws Exception {
    Client client = open(settings -> settings.token(TOKEN).actRole("ops"));

    for (String path :
        new String[] {"invalidate", "refresh", "touch", "switch", "warm", "trial", "end-trial"}) {
      String body = "{\"aim\":{\"kind\":\"ALL\",\"names\":[]},\"key\":\"k\",\"ttlMillis\":5,"
          + "\"cache\":\"feed\",\"ttls\":[\"1m\"],\"percent\":5,\"name\":\"n\",\"action\":\"START\"}";
      assertThat(client.post("api/" + path, body, bearer(TOKEN)).status())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(management.orders).isEmpty();
    assertThat(audit.list).hasSize(7).allMatch(line -> line.toString().contains("refused"));
  }

  @Test
  void value_withoutTheRight_isForbidden() throws Exception {
    Client client = open(settings -> settings.token(TOKEN).valueRole("support"));

    assertThat(client.get("api/value?key=app:album:v1:42", bearer(TOKEN)).status())
        .isEqualTo(403);
    Client.Reply shown = client.get("api/value?key=app:album:v1:42", "X-Test-Roles", "support");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().get("value").get("text").asString()).contains("OK Computer");
    assertThat(client
            .get("api/value?key=app:album:v1:missing", "X-Test-Roles", "support")
            .status())
        .isEqualTo(404);
  }

  @Test
  void sessions_areShownByNobody() throws Exception {
    Client client = open(settings -> settings.token(TOKEN).tokenSeesValues(true));
    management.happen(
        dev.larder.manage.Event.Kind.INVALIDATION,
        "",
        "key " + FakeManagement.SESSION + ", tag x",
        "logout",
        0,
        1);

    assertThat(
            client.get("api/value?key=" + FakeManagement.SESSION, bearer(TOKEN)).status())
        .isEqualTo(403);
    for (String path :
        new String[] {"api/keys", "api/overview", "api/events", "api/explain?key=a:b:v1:c"}) {
      Client.Reply reply = client.get(path, bearer(TOKEN));
      assertThat(reply.response().body())
          .as(path)
          .contains("app:session:v1:hidden-")
          .doesNotContain("4f1c9a77d0a2");
    }
  }

  @Test
  void audit_tellsWhoDidWhat_inOneLineAndWithoutTheToken() throws Exception {
    Client client = open(settings -> settings.token(TOKEN).allowActions(true));

    client.post("api/refresh", "{\"key\":\"app:album:v1:4\\n2 forged line\"}", bearer(TOKEN));
    client.get("api/session", bearer("not-the-token"));

    assertThat(audit.list).hasSize(2);
    assertThat(audit.list.get(0).getFormattedMessage())
        .startsWith("refresh by token from 127.0.0.1: app:album:v1:4?2 forged line")
        .doesNotContain("\n");
    assertThat(audit.list.get(1).getFormattedMessage())
        .contains("wrong token")
        .doesNotContain("not-the-token");
    assertThat(audit.list.toString()).doesNotContain(TOKEN);
  }

  @Test
  void settings_outOfRange_areRefusedTogetherWithoutTheToken() {
    assertThatThrownBy(() -> ConsoleSettings.builder()
            .token("short-secret")
            .maxStreams(0)
            .history(Duration.ofHours(2))
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token: 12 characters")
        .hasMessageContaining("maxStreams: 0 is not 1 to 1000")
        .hasMessageContaining("history: PT2H is not PT0S to PT1H")
        .hasMessageNotContaining("short-secret");
    assertThat(ConsoleSettings.builder().token(TOKEN).build().toString()).doesNotContain(TOKEN);
  }
}
