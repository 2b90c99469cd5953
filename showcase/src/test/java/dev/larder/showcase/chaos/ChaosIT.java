package dev.larder.showcase.chaos;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.larder.showcase.chaos.FreshnessProbe.Seen;
import dev.larder.showcase.front.FrontApplication;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Chromium;
import dev.larder.testkit.EmbeddedRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The chaos page over HTTP and in a browser, with a real Redis that it stops and starts. */
class ChaosIT {

  private static final String TOKEN = "a token of the consoles";

  private static EmbeddedRedis redis;
  private static ConfigurableApplicationContext context;
  private static Caller anybody;
  private static Caller operator;

  /** Stands for the demo, which has started Redis. */
  @Configuration(proxyBeanMethods = false)
  static class Owner {
    @Bean
    RedisOwner owner() {
      return order -> {
        if (order == RedisOwner.Order.STOP) {
          redis.kill();
        } else if (!redis.isAlive()) {
          redis.startAgain();
        }
      };
    }
  }

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    context = new SpringApplication(Owner.class, FrontApplication.class)
        .run(
            "--server.port=0",
            "--showcase.chaos=true",
            "--showcase.console.token=" + TOKEN,
            "--REDIS_URL=" + redis.uri(),
            "--VALKEY_URL=");
    anybody = new Caller(
        URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")),
        Map.of());
    operator = anybody.with("Authorization", "Bearer " + TOKEN);
  }

  @AfterAll
  static void stop() {
    context.close();
    redis.close();
  }

  private static JsonNode state() {
    Caller.Reply reply = operator.get("/chaos/state");
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  private static void act(String what) {
    assertThat(operator.form("/chaos/act/" + what, "seconds=1").status())
        .as(what)
        .isEqualTo(200);
  }

  @Test
  void withoutTheToken_nothingIsToldOrDone() {
    for (Caller each : List.of(
        anybody,
        anybody.with("Authorization", "Bearer another"),
        anybody.with("Authorization", TOKEN))) {
      assertThat(each.get("/chaos/state").status()).isEqualTo(401);
      assertThat(each.form("/chaos/act/stop", "").status()).isEqualTo(401);
    }
    assertThat(redis.isAlive()).isTrue();
    Caller.Reply page = anybody.get("/chaos/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).doesNotContain(TOKEN);
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(operator.form("/chaos/act/burn", "").status()).isEqualTo(404);
    assertThat(operator.form("/chaos/act/slow", "seconds=31").status()).isEqualTo(400);
    assertThat(operator.get("/chaos/act/stop").status()).isEqualTo(405);
  }

  @Test
  void whateverIsDoneToRedis_noAnswerIsStale_andNoReadFails() {
    await().until(() -> state().get("seen").get("l1").asLong() > 0);
    for (String what : List.of("cut", "empty", "slow", "stop", "start")) {
      long before = state().get("seen").get("asked").asLong();
      act(what);
      if (what.equals("stop")) {
        await().until(() -> !state().get("answers").asBoolean());
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> state().get("seen").get("asked").asLong() > before + 30);
    }
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      assertThat(state().get("answers").asBoolean()).isTrue();
      assertThat(state().get("seen").get("isSkipped").asBoolean()).isFalse();
    });
    JsonNode seen = state().get("seen");
    assertThat(seen.get("stale").asLong()).isZero();
    assertThat(seen.get("failed").asLong()).isZero();
    assertThat(seen.get("deferred").asLong()).as("while Redis was gone").isPositive();
  }

  @Test
  void inABrowser_redisIsStoppedAndStarted() {
    List<String> complaints = new ArrayList<>();
    try (Playwright playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                .setExecutablePath(Chromium.program())
                .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
      Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(360, 740));
      page.setDefaultTimeout(30_000);
      page.onConsoleMessage(message -> {
        if (message.type().equals("error") && !message.text().contains("401")) {
          complaints.add(message.text());
        }
      });
      page.navigate(anybody.address() + "/chaos/");
      page.getByLabel("Token of the consoles").fill("wrong");
      page.getByText("Enter").click();
      assertThat(page.locator("#said")).containsText("This is not the token");
      page.getByLabel("Token of the consoles").fill(TOKEN);
      page.getByText("Enter").click();
      assertThat(page.locator("#redis")).hasText("answers");
      page.getByText("Stop Redis").click();
      assertThat(page.locator("#redis")).hasText("does not answer");
      page.getByText("Start Redis again").click();
      assertThat(page.locator("#redis")).hasText("answers");
      assertThat(page.locator("#stale")).hasText("0");
      assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(360);
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void probe_thatReadsWhatIsOlder_saysSo() {
    try (FreshnessProbe probe = new FreshnessProbe(redis.uri())) {
      probe.round();
      probe.judge(0, 1);
      Seen seen = probe.look();
      assertThat(seen.stale()).isEqualTo(1);
    }
  }

  @Test
  void anotherProbeOnTheSameRedis_isNoStaleAnswer() {
    try (FreshnessProbe first = new FreshnessProbe(redis.uri())) {
      await().until(() -> first.look().asked() > 150);
      try (FreshnessProbe second = new FreshnessProbe(redis.uri())) {
        await().until(() -> second.look().asked() > 150 & first.look().asked() > 300);
        assertThat(second.look().stale()).isZero();
      }
      assertThat(first.look().stale()).isZero();
    }
  }
}
