package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.boottests.console.Records.Album;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The console of two instances on a real Redis and PostgreSQL, in a real Chromium. */
class ConsoleIT {

  private static final String TOKEN = "0123456789abcdef0123";
  private static final double PATIENCE = 60_000;

  private static EmbeddedPostgreSql postgresql;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();
  private final ScheduledExecutorService traffic = Executors.newScheduledThreadPool(2);
  private EmbeddedRedis redis;
  private ConfigurableApplicationContext first;
  private ConfigurableApplicationContext second;
  private BrowserContext window;

  @BeforeAll
  static void startServers() {
    Path program = chromium();
    postgresql = EmbeddedPostgreSql.start();
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(program)
            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  private static Path chromium() {
    String named = System.getenv().getOrDefault("LARDER_CHROMIUM", "");
    Stream<Path> onPath = Stream.of(
            System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of(folder, name)));
    Path found = (named.isEmpty() ? onPath.filter(Files::isExecutable) : Stream.of(Path.of(named)))
        .findFirst()
        .orElse(null);
    String message = "There is no Chromium on the PATH, and LARDER_CHROMIUM names none";
    assumeTrue(found != null || System.getenv("LARDER_NO_INSTALL") == null, message);
    assertThat(found).as(message).isNotNull();
    return found;
  }

  @AfterAll
  static void stopServers() {
    browser.close();
    playwright.close();
    postgresql.close();
  }

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start();
    EmbeddedPostgreSql.Database database = postgresql.newDatabase();
    first = records(database);
    second = records(database);
    window = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 1000));
    window.setDefaultTimeout(PATIENCE);
    window.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("401")) {
        complaints.add(message.text());
      }
    });
    window.onWebError(error -> complaints.add(error.error()));
    window.onRequest(request -> {
      if (!request.url().startsWith(address().toString())) {
        outside.add(request.url());
      }
    });
  }

  @AfterEach
  void stop() {
    traffic.shutdownNow();
    window.close();
    second.close();
    first.close();
    redis.close();
    assertThat(complaints).isEmpty();
    assertThat(outside).isEmpty();
  }

  private ConfigurableApplicationContext records(EmbeddedPostgreSql.Database database) {
    String[] properties = {
      "--server.port=0",
      "--server.address=127.0.0.1",
      "--server.servlet.context-path=/records",
      "--spring.autoconfigure.exclude="
          + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
          + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
          + "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration,"
          + "org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration",
      "--spring.datasource.url=" + database.url(),
      "--larder.key-prefix=records",
      "--larder.start-timeout=60s",
      "--larder.session.enabled=false",
      "--larder.console.enabled=true",
      "--larder.console.path=/admin/larder",
      "--larder.console.token=" + TOKEN,
      "--larder.console.actions=true",
      "--larder.console.token-sees-values=true",
      "--REDIS_URL=" + redis.uri()
    };
    return new SpringApplication(Records.class).run(properties);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:"
        + first.getEnvironment().getProperty("local.server.port")
        + "/records/admin/larder/");
  }

  @SuppressWarnings("unchecked")
  private static Cache<Long, Album> albums(ConfigurableApplicationContext of) {
    return of.getBean("albums", Cache.class);
  }

  private void read() {
    for (ConfigurableApplicationContext each : List.of(first, second)) {
      Cache<Long, Album> albums = albums(each);
      long[] next = {0};
      var unused = traffic.scheduleWithFixedDelay(
          () -> {
            for (int times = 0; times < 20; times++) {
              long id = next[0]++ % 200;
              albums.get(id, Records::read);
            }
          },
          0,
          10,
          TimeUnit.MILLISECONDS);
    }
  }

  private Page logIn(String page) {
    Page opened = window.newPage();
    opened.navigate(address() + "#/" + page);
    opened.getByLabel("Token").fill(TOKEN);
    button(opened, "Log in").click();
    assertThat(opened.locator("footer")).containsText("may act");
    return opened;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static LocatorAssertions.ContainsTextOptions patient() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  @Test
  void overview_movesWithTraffic_andShowsRedisDyingAndComingBack() {
    Page page = logIn("overview");
    Locator reads = page.locator("[data-tile=Reads] .figure");
    assertThat(page.locator("header")).containsText("2 nodes", patient());
    assertThat(reads).hasText(Pattern.compile("^0\\s*/s"));
    read();
    assertThat(reads)
        .hasText(
            Pattern.compile("[1-9].*/s"),
            new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
    Locator l2 = page.locator("header [data-tier=L2]");
    assertThat(l2).containsText("closed", patient());

    redis.kill();
    // Everything ends, so that reads go below L1: the database tier or the source answers them.
    first.getBean(Larder.class).clear();
    assertThat(l2).containsText("open", patient());
    assertThat(page.locator("header")).containsText("not in sync", patient());
    page.screenshot(new Page.ScreenshotOptions()
        .setFullPage(true)
        .setPath(Path.of("target", "pages", "console-outage.png")));

    redis.startAgain();
    assertThat(l2).containsText("closed", patient());
    assertThat(page.locator("reads-chart .marks")).containsText("circuit", patient());
    page.screenshot(new Page.ScreenshotOptions()
        .setFullPage(true)
        .setPath(Path.of("target", "pages", "console-after.png")));
  }

  @Test
  void inspector_invalidatesAKeyOnEveryTierAndNode() {
    albums(first).get(42L, Records::read);
    albums(second).get(42L, Records::read);
    Page page = logIn("keys");
    button(page, "Search").click();
    page.locator("keys-page tbody a").first().click();
    Locator copies = page.locator("inspector-page tbody").first();
    assertThat(copies.getByText("fresh")).hasCount(3);
    assertThat(page.locator("inspector-page")).containsText("artist:artist-2");
    assertThat(page.locator("inspector-page")).containsText("ConsoleIT");
    button(page, "Show value").click();
    assertThat(page.locator("pre")).containsText("<b>Title</b> 42");

    button(page, "Invalidate…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 stored entry");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).isVisible();
    assertThat(copies.getByText("fresh")).hasCount(0);
    assertThat(copies.getByText("absent")).hasCount(4);
    assertThat(page.locator("inspector-page")).containsText("token from 127.0.0.1");
  }
}
